import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Store } from "../../../emulator/store/store";

const root = join(__dirname, "../../..");

/** Writes pairs of records forever, and prints the number of each durable pair. */
const WRITER = `
  const { Store } = require("./emulator/store/store");
  const store = Store.open(process.argv[1]);
  const settings = store.collection("settings");
  const begin = settings.all().length / 2;
  const write = (i) => {
    store.transaction(() => {
      settings.put({ id: "left " + i, value: i });
      settings.put({ id: "right " + i, value: i });
    });
    process.stdout.write(i + "\\n", () => write(i + 1));
  };
  write(begin);
`;

/** Runs the writer until it is killed; returns the number of its last durable pair. */
async function writeUntilKilled(folder: string, milliseconds: number): Promise<number> {
  const writer = spawn(process.execPath, ["--require", "sucrase/register/ts", "--eval", WRITER, folder], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  writer.stdout.on("data", (chunk) => {
    output += chunk;
  });
  await once(writer.stdout, "data");
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  writer.kill("SIGKILL");
  await once(writer, "close");
  return Number(output.trimEnd().split("\n").at(-1));
}

describe("Store under kill -9", () => {
  it("keeps every acknowledged change, and no half of one", async () => {
    const folder = mkdtempSync(join(tmpdir(), "durability-"));
    for (const milliseconds of [5, 37, 80]) {
      const acknowledged = await writeUntilKilled(folder, milliseconds);

      const store = Store.open(folder);
      const settings = store.collection("settings");
      for (let i = 0; i <= acknowledged; i += 1) {
        expect([settings.get(`left ${i}`)?.value, settings.get(`right ${i}`)?.value]).toEqual([i, i]);
      }
      const sides = settings.all().map(({ id }) => id.split(" ")[0]);
      expect(sides.filter((side) => side === "left").length).toBe(sides.filter((side) => side === "right").length);
      await store.close();
    }
    rmSync(folder, { recursive: true });
  }, 60_000);
});
