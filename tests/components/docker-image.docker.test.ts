import { symlinkSync } from "node:fs";
import { join } from "node:path";
import Docker from "dockerode";
import { stageImages } from "../../components/docker-image";
import { buildImage } from "../../provider/docker/build/build";
import { connectDocker } from "../../provider/docker/engine";
import { GitFolder } from "../support/git-folder";

const dockerfile = `FROM debian:trixie-slim AS app
COPY . /app
RUN sh /app/bin/prepare
FROM app AS release
FROM app AS web
CMD ["sh"]
`;

describe("DockerImage, built from a commit", () => {
  const home = process.cwd();
  const folders: GitFolder[] = [];

  afterEach(() => {
    process.chdir(home);
    for (const folder of folders.splice(0)) folder.remove();
  });

  /** Builds as the program does, in the folder of a clone. */
  const build = async (clone: GitFolder, target?: string, args = { context: "./app", dockerfile: "Dockerfile" }) => {
    process.chdir(clone.path);
    const { image: staged } = stageImages(args, { image: { target } });
    const order = {
      context: join(clone.path, staged.folder),
      dockerfile: staged.dockerfile,
      target: staged.target,
      logFile: join(clone.path, "build.log"),
    };
    const id = await buildImage(await connectDocker(), order, new AbortController().signal, () => {});
    return new Docker().getImage(id).inspect();
  };

  /** What a shell command in an image prints. */
  const printedBy = async (image: string, command: string) => {
    const docker = new Docker();
    const container = await docker.createContainer({ Image: image, Cmd: ["sh", "-c", command], Tty: true });
    try {
      await container.start();
      await container.wait();
      return String(await container.logs({ stdout: true }))
        .trim()
        .split(/\r?\n/);
    } finally {
      await container.remove({ force: true });
    }
  };

  it("is the same image from every clone and names its commit", async () => {
    const origin = GitFolder.create();
    origin.write({ "app/Dockerfile": dockerfile, "app/bin/prepare": "date > /app/built\n" });
    const revision = origin.commit("2026-03-01T10:00:00+02:00");
    origin.write({ "README.md": "another commit" });
    origin.commit("2026-03-02T10:00:00Z");
    const one = origin.clone();
    const umask = process.umask(0o077);
    const other = origin.clone();
    process.umask(umask);
    folders.push(origin, one, other);

    const [first, second] = [await build(one, "web"), await build(other, "web")];
    expect(second.Id).toBe(first.Id);
    expect(first.Config.Labels).toMatchObject({
      "org.opencontainers.image.revision": revision,
      "org.opencontainers.image.created": "2026-03-01T08:00:00Z",
    });

    const release = await build(one, "release");
    expect(release.RootFS.Layers).toEqual(first.RootFS.Layers);

    other.write({ "app/bin/prepare": "date > /app/built; : changed\n" });
    expect((await build(other, "web")).Config.Labels).toMatchObject({
      "org.opencontainers.image.revision": `${revision}-dirty`,
    });
  });

  it("builds a context that is the project, with a nameless last stage and a continued line", async () => {
    const project = GitFolder.create();
    folders.push(project);
    project.write({
      "docker/Dockerfile":
        'FROM debian:trixie-slim AS BASE\nFROM base\nCOPY . /app\nRUN echo "hello \\\nfrom us" > /app/banner\n',
      ".dockerignore": "docker\n",
      "Pulumi.yaml": "name: x\n",
      page: "a page\n",
      secret: "hunter2\n",
    });
    symlinkSync("../../secret", join(project.path, "link"));
    project.commit("2026-03-01T10:00:00Z");
    const image = await build(project, undefined, { context: ".", dockerfile: "./docker/Dockerfile" });
    const look = "cat /app/banner; find /app -type f -printf '%P\\n' -o -type l -printf '%P -> %l\\n' | sort";
    expect(await printedBy(image.Id, look)).toEqual([
      "hello from us",
      ".dockerignore",
      "banner",
      "docker/Dockerfile",
      "link -> ../../secret",
      "page",
      "secret",
    ]);
  });
});
