import { execFile } from "node:child_process";
import { promisify } from "node:util";
import Docker from "dockerode";
import type { Maker } from "../resource";
import { text } from "../resource";

/** A failed build says why in its output, which may be long. */
const maxBuffer = 16 * 1_024 * 1_024;

/** `docker.Image`: builds with the engine's builder and pushes. */
export const makeImage: Maker = async ({ name, inputs }, { progress }) => {
  const docker = new Docker();
  const imageName = text(inputs, "imageName");
  const build = { ...(inputs.build as Record<string, unknown>) };
  const context = text(build, "context");

  progress(`building ${name}`);
  const target = build.target === undefined ? [] : ["--target", text(build, "target")];
  const file = ["--file", text(build, "dockerfile"), "--platform", text(build, "platform")];
  await promisify(execFile)("docker", ["build", "--quiet", "--tag", imageName, ...target, ...file, context], {
    maxBuffer,
  });

  progress(`pushing ${name}`);
  const registry = inputs.registry as { server: string; username: string; password: string };
  const authconfig = { username: registry.username, password: registry.password, serveraddress: registry.server };
  const events = await finish(docker, await docker.getImage(imageName).push({ authconfig }));
  const digest = events.map((event) => event.aux?.Digest).find((found) => found !== undefined);
  if (digest === undefined) throw new Error(`the push of ${imageName} reported no digest`);
  return { id: name, state: { repoDigest: `${imageName.replace(/:latest$/, "")}@${digest}` } };
};

interface DockerEvent {
  error?: string;
  aux?: { Digest?: string };
}

/** Waits for a stream's end. Docker reports failures in it, with status 200. */
async function finish(docker: Docker, stream: NodeJS.ReadableStream): Promise<DockerEvent[]> {
  const events = await new Promise<DockerEvent[]>((resolve, reject) => {
    docker.modem.followProgress(stream, (fault, result) => (fault ? reject(fault) : resolve(result)));
  });
  const failed = events.find((event) => event.error !== undefined);
  if (failed?.error) throw new Error(failed.error.trim());
  return events;
}
