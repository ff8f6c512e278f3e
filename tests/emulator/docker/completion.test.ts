import { Readable } from "node:stream";
import Dockerode from "dockerode";
import { completion } from "../../../emulator/docker/completion";

describe("completion", () => {
  const docker = new Dockerode();
  const report = [{ stream: "Step 1/2 : FROM debian" }, { aux: { ID: "sha256:1" } }, { stream: "built\n" }]
    .map((event) => `${JSON.stringify(event)}\r\n`)
    .join("");

  it("passes on what a build prints, however the report is cut", async () => {
    for (const length of [5, 1_000]) {
      const printed: string[] = [];
      const chunks = report.match(new RegExp(`[^]{1,${length}}`, "g")) ?? [];
      await completion(docker, Readable.from(chunks), (text) => text && printed.push(text));
      expect(printed).toEqual(["Step 1/2 : FROM debian", "built\n"]);
    }
  });

  it("rejects with the error in the report", async () => {
    const fault = `${report}${JSON.stringify({ errorDetail: { code: 100 }, error: "exit code 100" })}\r\n`;
    await expect(completion(docker, Readable.from([fault]))).rejects.toThrow("exit code 100");
  });
});
