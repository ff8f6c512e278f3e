import { spawnSync } from "node:child_process";
import { bashEnvironment } from "../../init/bash-environment";
import { databaseExports, withExports } from "../../init/shell-exports";

const parts = new Map([
  ["USER", "DB_USER"],
  ["PASSWORD", "DB_PASSWORD"],
  ["HOST", "DB_HOST"],
  ["PORT", "DB_PORT"],
  ["NAME", "DB_NAME"],
]);
const show = "printenv DB_USER DB_PASSWORD DB_HOST DB_PORT DB_NAME";
const urls: [string, string[]][] = [
  ["postgres://u1:p%40ss@db.example.com:5432/d1", ["u1", "p%40ss", "db.example.com", "5432", "d1"]],
  ["postgresql://u:p:q@10.0.0.1:6432/d?sslmode=require", ["u", "p:q", "10.0.0.1", "6432", "d"]],
];

describe("Shell exports", () => {
  it.each(urls)("take %s apart in a POSIX shell", (url, values) => {
    const line = withExports(show, databaseExports(parts), true);
    const { stdout, stderr } = spawnSync("sh", ["-euc", line], {
      env: { ...process.env, DATABASE_URL: url },
      encoding: "utf8",
    });

    expect(stderr).toBe("");
    expect(stdout.trim().split("\n")).toEqual(values);
  });

  it("add to REDIS_URL in its own place", () => {
    const line = withExports(
      "echo $BROKER $REDIS_URL",
      [
        { name: "BROKER", value: "$REDIS_URL?tls=no" },
        { name: "REDIS_URL", value: "$REDIS_URL?tls=no" },
      ],
      false,
    );
    const { stdout } = spawnSync("sh", ["-c", line], {
      env: { ...process.env, REDIS_URL: "rediss://r" },
      encoding: "utf8",
    });

    expect(stdout).toBe("rediss://r?tls=no rediss://r?tls=no\n");
  });

  it.each(urls)("reach a bash script before its first line by BASH_ENV, from %s", (url, values) => {
    const script = { path: "entrypoint", text: "#!/bin/bash\n" };
    const entryPoint = { kind: "runs" as const, at: "Dockerfile:1", script };
    const [found] = bashEnvironment({ entryPoint, databaseParts: new Map() }, parts);
    const env = { ...process.env, DATABASE_URL: url, BASH_ENV: String(found?.value) };
    // With a socket as its input, bash takes itself for a remote shell and reads the machine's own bashrc.
    const { stdout, stderr } = spawnSync("bash", ["-euc", show], {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });

    expect(stderr).toBe("");
    expect(stdout.trim().split("\n")).toEqual(values);
  });

  it("leave a script for another shell alone", () => {
    const entryPoint = {
      kind: "runs" as const,
      at: "Dockerfile:1",
      script: { path: "entrypoint", text: "#!/bin/sh\n" },
    };
    expect(bashEnvironment({ entryPoint, databaseParts: new Map() }, parts)).toEqual([]);
  });
});
