import { Readable } from "node:stream";
import { completion } from "../../../emulator/docker/completion";

describe("completion", () => {
  const report = [{ stream: "Step 1/2 : FROM debian" }, { aux: { ID: "sha256:1" } }, { stream: "built\n" }]
    .map((event) => `${JSON.stringify(event)}\r\n`)
    .join("");

  it("hands over what a build prints, however the report is cut", async () => {
    for (const length of [5, 1_000]) {
      const printed: string[] = [];
      const chunks = report.match(new RegExp(`[^]{1,${length}}`, "g")) ?? [];
      await completion(Readable.from(chunks), (text) => printed.push(text));
      expect(printed).toEqual(["Step 1/2 : FROM debian", "built\n"]);
    }
  });

  it("rejects with the fault that the report tells of", async () => {
    const fault = `${report}${JSON.stringify({ errorDetail: { code: 100 }, error: "exit code 100" })}`;
    await expect(completion(Readable.from([fault]))).rejects.toThrow("exit code 100");
  });
});
