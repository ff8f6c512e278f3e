import { readFileSync } from "node:fs";
import { join } from "node:path";
import Docker from "dockerode";
import { stageContext } from "../../components/image-build/context";
import { withLabels } from "../../components/image-build/dockerfile";
import { imageLabels } from "../../components/image-build/labels";
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

describe("the image of a commit", () => {
  const home = process.cwd();
  const folders: GitFolder[] = [];

  afterEach(() => {
    process.chdir(home);
    for (const folder of folders.splice(0)) folder.remove();
  });

  /** Builds as the program does, in the folder of a clone. */
  const build = async (clone: GitFolder, target = "web") => {
    process.chdir(clone.path);
    const context = { context: "./app", dockerfile: "Dockerfile" };
    const text = readFileSync("app/Dockerfile", "utf8");
    const labelled = withLabels(text, imageLabels(context).labels, target);
    const staged = join(clone.path, stageContext(context, labelled.text));
    const order = {
      context: staged,
      dockerfile: "Dockerfile",
      target: labelled.target,
      logFile: join(clone.path, "build.log"),
    };
    const id = await buildImage(await connectDocker(), order, new AbortController().signal, () => {});
    return new Docker().getImage(id).inspect();
  };

  it("is one, whatever clone it is built in, and says which commit it is", async () => {
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

    const [first, second] = [await build(one), await build(other)];
    expect(second.Id).toBe(first.Id);
    expect(first.Config.Labels).toMatchObject({
      "org.opencontainers.image.revision": revision,
      "org.opencontainers.image.created": "2026-03-01T08:00:00Z",
    });

    const release = await build(one, "release");
    expect(release.RootFS.Layers).toEqual(first.RootFS.Layers);

    other.write({ "app/bin/prepare": "date > /app/built; : changed\n" });
    expect((await build(other)).Config.Labels).toMatchObject({
      "org.opencontainers.image.revision": `${revision}-dirty`,
    });
  });
});
