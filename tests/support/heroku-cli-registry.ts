import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { CLI_HOST } from "../../emulator/certificate";
import { herokuCliPath } from "./heroku-cli";

const folders = (process.env.PATH ?? "").split(delimiter);

/** The folder of a Docker client that builds as the CLI asks it to: from version 24 on that takes buildx. */
export const dockerFolder = folders.find((folder) => {
  const docker = join(folder, "docker");
  const major = Number.parseInt(output(docker, "version", "--format", "{{.Client.Version}}") ?? "", 10);
  return major < 24 || (major >= 24 && output(docker, "buildx", "version") !== undefined);
});

/** Why the CLI's `container:*` cannot get through on this machine, for the title of what is skipped. */
export const registryMissing = reason();

function reason(): string | undefined {
  if (herokuCliPath === undefined) return "the heroku CLI is not installed";
  if (!readFileSync("/etc/hosts", "utf8").includes(`registry.${CLI_HOST}`)) {
    return `/etc/hosts does not lead api.${CLI_HOST} and registry.${CLI_HOST} to 127.0.0.1`;
  }
  const listen =
    "require('net').createServer().on('error', () => process.exit(1)).listen(443, '127.0.0.1', process.exit)";
  if (output(process.execPath, "--eval", listen) === undefined) return "port 443 is taken or not for this user";
  if (dockerFolder === undefined) return "no Docker client with buildx is installed";
  return undefined;
}

/** What a program prints; nothing if it is not there or fails. */
function output(program: string, ...args: string[]): string | undefined {
  try {
    return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return undefined;
  }
}
