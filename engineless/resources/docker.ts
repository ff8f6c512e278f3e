import { relative } from "node:path";
import type Docker from "dockerode";
import { buildImage } from "../../provider/docker/build/build";
import { connectDocker } from "../../provider/docker/engine";
import type { Maker } from "../resource";
import { text } from "../resource";

/** `docker.Image`: builds with BuildKit, so that the image is the one that the preflight tried, and pushes. */
export const makeImage: Maker = async ({ name, inputs }, { progress }) => {
  const engine = await connectDocker();
  const { docker } = engine;
  const imageName = text(inputs, "imageName");
  const build = { ...(inputs.build as Record<string, unknown>) };
  const context = text(build, "context");

  progress(`building ${name}`);
  const order = {
    context,
    dockerfile: relative(context, text(build, "dockerfile")),
    tag: imageName,
    ...(build.target === undefined ? {} : { target: text(build, "target") }),
  };
  await buildImage(engine, order, new AbortController().signal, () => {});

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
