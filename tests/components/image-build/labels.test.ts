import { join } from "node:path";
import { readContext } from "../../../components/image-build/context";
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
      "app/deep/in/migrations/helper.py": "",
    });
  });

  afterEach(() => repository.remove());

  const labels = (more = {}) =>
    imageLabels(readContext({ context: join(repository.path, "app"), dockerfile: "Dockerfile" }), more);

  it("contain commit, time, source and migrations", () => {
    repository.git("remote", "add", "origin", "https://ann:hunter2@git.example.com/us/app.git");
    const revision = repository.commit("2026-03-01T10:00:00Z");
    expect(labels()).toEqual({
      labels: {
        "org.opencontainers.image.revision": revision,
        "org.opencontainers.image.created": "2026-03-01T10:00:00Z",
        "org.opencontainers.image.source": "https://git.example.com/us/app",
        "skechwime.migrations": "accounts.0001_initial,boards.0001_initial,boards.0002_name,in.0001_initial",
      },
    });
  });

  it("use the given source and pattern of migrations", () => {
    repository.commit("2026-03-01T10:00:00Z");
    const asked = { source: "https://example.com/mirror", migrations: "*/in/migrations/0*.py" };
    expect(labels(asked).labels).toMatchObject({
      "org.opencontainers.image.source": "https://example.com/mirror",
      "skechwime.migrations": "in.0001_initial",
    });
  });

  it("include changes of a Dockerfile outside the context", () => {
    repository.write({ "Dockerfile.web": "FROM scratch\n", "notes.txt": "" });
    const first = repository.commit("2026-03-01T10:00:00Z");
    const revision = () => {
      const context = readContext({ context: join(repository.path, "app"), dockerfile: "../Dockerfile.web" });
      return imageLabels(context).labels["org.opencontainers.image.revision"];
    };
    repository.write({ "notes.txt": "not in the image" });
    repository.commit("2026-03-02T10:00:00Z");
    expect(revision()).toBe(first);
    repository.write({ "Dockerfile.web": "FROM scratch\nCMD x\n" });
    expect(revision()).toBe(`${first}-dirty`);
    expect(revision()).not.toBe(repository.commit("2026-03-03T10:00:00Z"));
    expect(revision()).toMatch(/^[0-9a-f]{40}$/);
  });

  it("give the reason if the commit is unknown", () => {
    expect(labels({ migrations: "none" })).toEqual({ labels: {}, noCommit: "no commit holds these files" });
  });
});
