import { existsSync } from "node:fs";
import { isAbsolute, join, posix, relative } from "node:path";
import { type CheckFailure, isObject } from "../../../../provider/schema/check";
import { isUnknown, type PropertyValues } from "../../../../provider/schema/property";
import { installOfficial } from "../../official";
import { contextDigest } from "./context-digest";
import { isLoopback, parseReference } from "./reference";

/** Inputs as they stand in the state: with the defaults, and a digest of the context by which a change of it is seen. */
export async function completedInputs(
  given: PropertyValues,
): Promise<{ inputs: PropertyValues; failures: CheckFailure[] }> {
  const failures = registryFaults(given);
  const { buildOnPreview = false } = given;
  const inputs: PropertyValues = { ...given, buildOnPreview: isUnknown(buildOnPreview) ? false : buildOnPreview };
  if (isUnknown(given.build)) return { inputs, failures };
  const build = completedBuild(isObject(given.build) ? given.build : {});
  const { context, dockerfile } = build;
  if (typeof context === "string" && typeof dockerfile === "string") {
    const fault = buildFault(context, dockerfile);
    if (fault) failures.push(fault);
    else build.contextDigest = await contextDigest(context, dockerfile);
  }
  return { inputs: { ...inputs, build }, failures };
}

function completedBuild(given: PropertyValues): PropertyValues {
  const { context = ".", platform = `linux/${architecture()}` } = given;
  const inContext = typeof context === "string" ? posix.join(context, "Dockerfile") : undefined;
  const dockerfile = given.dockerfile ?? inContext;
  return { ...given, context, platform, ...(dockerfile === undefined ? {} : { dockerfile }) };
}

/** This machine's, under the name that Docker has for it. */
const architecture = () => (process.arch === "x64" ? "amd64" : process.arch);

function buildFault(context: string, dockerfile: string): CheckFailure | undefined {
  if (!existsSync(context)) {
    return { property: "build.context", reason: `build.context must be a folder, got "${context}"; correct the path` };
  }
  const property = "build.dockerfile";
  if (!existsSync(dockerfile)) {
    const inContext = join(context, dockerfile);
    const fix = existsSync(inContext) ? `write "${inContext}"` : "correct the path";
    return { property, reason: `${property} must be a file, got "${dockerfile}"; ${fix}` };
  }
  const path = relative(context, dockerfile);
  if (!path.startsWith("..") && !isAbsolute(path)) return undefined;
  return { property, reason: `${property} must lie in the context "${context}", got "${dockerfile}"; move it there` };
}

/** Nothing is pushed, and no password sent, to another machine. */
function registryFaults({ imageName, registry, skipPush }: PropertyValues): CheckFailure[] {
  if (skipPush === true) return [];
  const failures: CheckFailure[] = [];
  const server = isObject(registry) ? registry.server : undefined;
  const refuse = (property: string, got: string) => {
    const reason =
      `${property} must be of a registry on this machine (localhost, 127.0.0.1 or [::1]), got "${got}"; ` +
      `the stand-in for docker pushes to no other: ${installOfficial}`;
    failures.push({ property, reason });
  };
  if (typeof imageName === "string" && !isLoopback(parseReference(imageName)?.registry ?? "")) {
    refuse("imageName", imageName);
  }
  if (typeof server === "string" && !isLoopback(server)) refuse("registry.server", server);
  return failures;
}
