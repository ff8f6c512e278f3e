import { processCommand, withPort } from "../../../emulator/dynos/process-command";

describe("processCommand", () => {
  it("has a shell run a command without ENTRYPOINT, also one that is an array", () => {
    expect(processCommand({ entrypoint: [], command: ["uwsgi", "--http=0.0.0.0:$PORT"] }, 8122)).toEqual([
      "/bin/sh",
      "-c",
      "exec uwsgi --http\\=0.0.0.0:\\8122",
    ]);
  });

  it("leaves every variable but PORT in the words of an array", () => {
    const [, , text] = processCommand({ entrypoint: [], command: ["echo", "$HOME", "$PORTS", "a b"] }, 8122) ?? [];

    expect(text).toBe("exec echo \\$HOME \\$PORTS a\\ b");
  });

  it("gives an ENTRYPOINT the words one by one", () => {
    const command = ["/bin/sh", "-c", "gunicorn --bind 0.0.0.0:$PORT"];

    expect(processCommand({ entrypoint: ["/entrypoint.sh"], command }, 8122)).toEqual([
      "/bin/sh",
      "-c",
      "gunicorn --bind 0.0.0.0:8122",
    ]);
    expect(processCommand({ entrypoint: ["/entrypoint.sh"], command: [] }, 8122)).toBeUndefined();
  });

  it("replaces nothing for a process without a port", () => {
    expect(processCommand({ entrypoint: [], command: ["worker", "$PORT"] }, null)).toEqual([
      "/bin/sh",
      "-c",
      "exec worker \\$PORT",
    ]);
    expect(withPort("worker \\$PORT", null)).toBe("worker \\$PORT");
  });
});
