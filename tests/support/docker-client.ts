import { execFileSync } from "node:child_process";
import { delimiter, join } from "node:path";

const folders = (process.env.PATH ?? "").split(delimiter);

/** The folder of a Docker client that builds as Heroku's CLI asks it to: from version 24 on that takes buildx. */
export const dockerFolder = folders.find((folder) => {
  const docker = join(folder, "docker");
  const major = Number.parseInt(output(docker, "version", "--format", "{{.Client.Version}}") ?? "", 10);
  return major < 24 || (major >= 24 && output(docker, "buildx", "version") !== undefined);
});

/** What a program prints; nothing if it is missing or fails. */
function output(program: string, ...args: string[]): string | undefined {
  try {
    return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return undefined;
  }
}
