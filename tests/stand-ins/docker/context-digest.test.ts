import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { contextDigest } from "../../../stand-ins/docker/resources/image/context-digest";

/** Digests that the official provider 5.0.0 gave to the same files. */
const official = {
  base: "4b17f91296f58f6e988029a4b0ece75c9d8fe4e8bae801ec31958b6404edfd62",
  executable: "c4d358254529cfda240b62be7c4581eca4fee1cbf242eb247b86d2ec4ef71a07",
  setuid: "c58507e99cb96128b9e81739a8647dd7dab2f1ad331ffd7f174e732d6eb98550",
  content: "7666d327cfe642fc273782afc43485b2ab8f9c57b29c68f6599bc3eeb23b0176",
  chainOfLinks: "621cfc5ffbb82d40d72fbee76077fe230eb6599d6270850ce19f60a7ab5cfecd",
  brokenLink: "1757b2a424b6c11915ae1661c3da656d85b3ea46cb911039e4a4c47ddda1d91b",
  otherDockerfile: "80a9aa6c1b825b5f20bfdc6c569526ebaa0ee14f309961bced1d8e4f55b6b74b",
  ownIgnoreFile: "93a984259b7254d9a70439948232524c561b0034e59354718cf03555580b6f66",
};

describe("contextDigest", () => {
  const home = process.cwd();
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "digest-"));
    process.chdir(folder);
    write("Dockerfile", "FROM scratch\nCOPY . /\n");
    write(".dockerignore", "*.log\nsecret\n!secret/kept.txt\n");
    write("a.txt", "hi\n");
    write("a/b.sh", "echo\n", 0o755);
    write("debug.log", "x");
    write("secret/kept.txt", "kept", 0o600);
    write("secret/other", "y", 0o600);
    symlinkSync("../a.txt", "context/a/link");
    symlinkSync("a", "context/up");
  });
  afterEach(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });

  function write(path: string, text: string, mode = 0o644): void {
    const file = join("context", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, mode);
  }

  const digest = (dockerfile = "Dockerfile") => contextDigest("context", join("context", dockerfile));

  it("is that of the official provider", async () => {
    expect(await digest()).toBe(official.base);
    expect(await contextDigest("./context/", "context/Dockerfile")).toBe(official.base);
  });

  it("counts nothing that is ignored, nor when a file was written", async () => {
    write("debug.log", "changed");
    write("secret/other", "changed");
    write("a.txt", "hi\n");

    expect(await digest()).toBe(official.base);
  });

  it("counts modes and contents", async () => {
    write("a.txt", "hi\n", 0o755);
    expect(await digest()).toBe(official.executable);

    write("a.txt", "ho\n");
    expect(await digest()).toBe(official.content);

    write("a.txt", "hi\n");
    chmodSync("context/a/b.sh", 0o4755);
    expect(await digest()).toBe(official.setuid);
  });

  it("counts where a link leads in the end", async () => {
    renameSync("context/a.txt", "context/c.txt");
    symlinkSync("c.txt", "context/a.txt");

    expect(await digest()).toBe(official.chainOfLinks);
  });

  it("passes the rest of a folder over after a link that leads nowhere, as the official provider does", async () => {
    symlinkSync("nowhere", "context/a/gone");

    expect(await digest()).toBe(official.brokenLink);
  });

  it("refuses links that lead in a circle", async () => {
    symlinkSync("two", "context/one");
    symlinkSync("one", "context/two");

    await expect(digest()).rejects.toThrow(
      "a link in the build context must lead somewhere, got a circle at context/one; remove it",
    );
  });

  it("counts a Dockerfile of any name as the Dockerfile, and uses the list of what is ignored beside it", async () => {
    write("Dockerfile.dockerignore", "a\n");
    expect(await digest()).toBe(official.ownIgnoreFile);

    rmSync("context/Dockerfile.dockerignore");
    write("other.Dockerfile", "FROM scratch\n");
    expect(await digest("other.Dockerfile")).toBe(official.otherDockerfile);
  });
});
