import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { extract } from "tar-stream";
import { contextEntries, packContext } from "../../../../provider/docker/build/context";
import { IgnoreRules } from "../../../../provider/docker/build/ignore-rules";

describe("A build context", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "context-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(files: Record<string, string>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }

  async function packed(dockerfile: string): Promise<Record<string, string>> {
    const entries: Record<string, string> = {};
    const archive = packContext(folder, dockerfile).pipe(extract());
    for await (const entry of archive) {
      let text = "";
      for await (const chunk of entry) text += chunk;
      const { name, type, mode = 0, linkname, uid } = entry.header;
      entries[name] = [type, mode.toString(8), uid, linkname ?? text].join(" ");
    }
    return entries;
  }

  it("is walked folder by folder, in the order of the names", () => {
    write({ "a.txt": "", "a/b": "", B: "", é: "", z: "" });

    expect([...contextEntries(folder, IgnoreRules.parse(""))].map(({ path }) => path)).toEqual([
      "B",
      "a",
      "a/b",
      "a.txt",
      "z",
      "é",
    ]);
  });

  it("is packed without what is ignored, but with the Dockerfile and the list of what is ignored", async () => {
    write({ ".dockerignore": "*\n!src\nsrc/secret", "build/Dockerfile": "FROM x", "src/a": "1", "src/secret": "2" });
    chmodSync(join(folder, "src/a"), 0o755);
    symlinkSync("a", join(folder, "src/link"));

    expect(await packed("build/Dockerfile")).toEqual({
      ".dockerignore": "file 644 0 *\n!src\nsrc/secret",
      "build/Dockerfile": "file 644 0 FROM x",
      src: "directory 755 0 ",
      "src/a": "file 755 0 1",
      "src/link": "symlink 777 0 a",
    });
  });

  it("takes the Dockerfile's own list before that of the context", async () => {
    write({ ".dockerignore": "a", Dockerfile: "", "Dockerfile.dockerignore": "b", a: "", b: "" });

    expect(Object.keys(await packed("Dockerfile"))).toEqual([
      ".dockerignore",
      "Dockerfile",
      "Dockerfile.dockerignore",
      "a",
    ]);
  });
});
