import { join } from "node:path";
import { imageLabels } from "../../../components/image-build/labels";
import { GitFolder } from "../../support/git-folder";

describe("imageLabels", () => {
  let repository: GitFolder;

  beforeEach(() => {
    repository = GitFolder.create();
    repository.write({
      "app/Dockerfile": "FROM scratch\n",
      "app/.dockerignore": "gone\n",
      "app/boards/migrations/__init__.py": "",
      "app/boards/migrations/0002_name.py": "",
      "app/boards/migrations/0001_initial.py": "",
      "app/accounts/migrations/0001_initial.py": "",
      "app/gone/migrations/0001_initial.py": "",
      "app/deep/in/migrations/0001_initial.py": "",
    });
  });

  afterEach(() => repository.remove());

  const labels = (more = {}) =>
    imageLabels({ context: join(repository.path, "app"), dockerfile: "Dockerfile", ...more });

  it("tell commit, time, source and migrations", () => {
    repository.git("remote", "add", "origin", "https://ann:hunter2@git.example.com/us/app.git");
    const revision = repository.commit("2026-03-01T10:00:00Z");
    expect(labels()).toEqual({
      labels: {
        "org.opencontainers.image.revision": revision,
        "org.opencontainers.image.created": "2026-03-01T10:00:00Z",
        "org.opencontainers.image.source": "https://git.example.com/us/app",
        "skechwime.migrations": "accounts.0001_initial,boards.0001_initial,boards.0002_name",
      },
    });
  });

  it("take the source and the migrations that are asked for", () => {
    repository.commit("2026-03-01T10:00:00Z");
    const asked = { source: "https://example.com/mirror", migrations: "**/in/migrations/*.py" };
    expect(labels(asked).labels).toMatchObject({
      "org.opencontainers.image.source": "https://example.com/mirror",
      "skechwime.migrations": "in.0001_initial",
    });
  });

  it("leave the commit out where it is not known, and say why", () => {
    expect(labels({ migrations: "none" })).toEqual({ labels: {}, untold: "no commit holds it" });
  });
});
