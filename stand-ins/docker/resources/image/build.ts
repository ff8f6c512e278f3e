import { relative } from "node:path";
import { buildImage } from "../../../../provider/docker/build/build";
import { connectDocker } from "../../../../provider/docker/engine";
import type { Operation } from "../../../../provider/heroku/client";
import type { InputsOf, ValuesOf } from "../../../../provider/schema/definition";
import type { image as definition } from "./definition";
import { push } from "./push";
import { type ImageReference, parseReference } from "./reference";

type Inputs = InputsOf<typeof definition>;
export type ImageOutputs = ValuesOf<(typeof definition)["outputs"]> & Pick<Inputs, "imageName">;

/** Builds an image and, unless told otherwise, pushes it. */
export async function made(inputs: Inputs, { signal, progress }: Operation): Promise<ImageOutputs> {
  const { imageName, registry = {}, skipPush } = inputs;
  // The check has completed these.
  const {
    context = ".",
    dockerfile = "Dockerfile",
    platform = "",
    target,
    args,
    addHosts,
    network,
  } = inputs.build ?? {};
  const reference = parseReference(imageName);
  if (reference === undefined)
    throw new Error(`imageName must be the name of an image, got "${imageName}"; correct it`);
  const engine = await connectDocker();
  const path = relative(context, dockerfile);
  const order = {
    context,
    dockerfile: path,
    platform,
    target,
    args,
    hosts: addHosts,
    network,
    logFile: logOf(reference),
  };
  progress("building the image");
  const id = await buildImage(engine, order, signal, progress);
  const { repository, tag } = reference;
  const name = reference.registry === undefined ? repository : `${reference.registry}/${repository}`;
  await engine.docker.getImage(id).tag({ repo: name, tag });
  const outputs = {
    baseImageName: imageName,
    context,
    dockerfile: path,
    imageName,
    platform,
    registryServer: registry.server ?? "",
  };
  if (skipPush) return { ...outputs, repoDigest: id };
  progress(`pushing ${name}`);
  return { ...outputs, repoDigest: `${name}@${await push(engine.docker, { name, tag }, registry, signal)}` };
}

/** Not the preflight's log of the same image, whose steps this build finds in the cache. */
const logOf = ({ repository }: ImageReference) => `.local/build-image-${repository.replace(/^.*\//, "")}.log`;
