import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Operation } from "../heroku/client";
import { bootFault, commandFault } from "./boot";
import { BuildFailure, type BuildOrder, buildImage } from "./build/build";
import { connectDocker, type Engine, engineFacts } from "./engine";
import { type ImageFacts, ignoredInstructions, imageFaults, megabytes, platformFault } from "./image-issues";
import { SourceLines } from "./source-lines";
import { randomSecret, removeLeftovers, Trial } from "./trial";

/** An image to try, and what it will have on Heroku. */
export interface PreflightOrder extends Omit<BuildOrder, "logFile"> {
  processType: string;
  /** The Dockerfile as the user knows it. */
  shownAs?: string;
  healthPath: string;
  /** MB. */
  memoryLimit: number;
  /** MB. */
  sizeLimit: number;
  environment: Readonly<Record<string, string>>;
  /** Names of variables that get random values. */
  placeholders: readonly string[];
  /** Shell command to try in the image. */
  releaseCheck?: string;
}

const CONTAINERD_STORE =
  "Docker's image store must be the classic one, got containerd's, whose OCI manifests Heroku's registry refuses; " +
  'set {"features": {"containerd-snapshotter": false}} in the engine\'s daemon.json and start it anew';

/** Where one looks what a build printed. */
const logFile = ".local/build.log";

/**
 * Builds an image and tries it as Heroku would run it.
 * @throws Error that tells of everything that is wrong
 */
export async function preflight(
  order: PreflightOrder,
  operation: Operation,
  bootTimeout?: number,
): Promise<{ imageId: string; sizeMb: number }> {
  const { signal } = operation;
  const progress = (message: string) => operation.progress(message);
  const engine = await connectDocker();
  await removeLeftovers(engine);
  const text = readFileSync(join(order.context, order.dockerfile), "utf8");
  const lines = new SourceLines(text, order.target, order.shownAs ?? order.dockerfile);
  const imageId = await buildImage(engine, { ...order, logFile }, signal, progress).catch((error: unknown) => {
    throw error instanceof BuildFailure ? new Error(located(error, lines)) : error;
  });
  const { containerdStore, platform } = await engineFacts(engine);
  const image = { ...(await factsOf(engine, imageId)), builder: platform };
  const faults = containerdStore ? [CONTAINERD_STORE] : [];
  faults.push(...imageFaults(image, lines, order.sizeLimit));
  const collect = (fault: string | undefined) => fault !== undefined && faults.push(fault);
  for (const ignored of ignoredInstructions(lines)) await operation.tell(ignored, "warning");

  const placeholders = order.placeholders.map((name) => [name, randomSecret()] as const);
  const environment = { ...order.environment, ...Object.fromEntries(placeholders) };
  const trial = { image: imageId, environment, memoryLimit: order.memoryLimit };
  const { processType, healthPath, releaseCheck } = order;
  // What is made for another machine, or names nothing to run, need not be tried to know that it fails.
  const foreign = platformFault(image, lines) !== undefined;
  if (processType === "web" && !foreign && image.command.length > 0) {
    progress(`booting the image until ${healthPath} answers`);
    collect(await bootFault(engine, { ...trial, healthPath }, lines, signal, bootTimeout));
  }
  if (processType === "release") {
    const hasCurl = await Trial.with(engine, trial, (one) => one.hasExecutable("curl"));
    const noCurl = `${lines.at(lines.stage)} holds no curl, and without it Heroku shows no output while it runs`;
    if (!hasCurl) await operation.tell(noCurl, "warning");
  }
  if (releaseCheck !== undefined && !foreign) {
    progress(`running ${releaseCheck}`);
    collect(await commandFault(engine, { ...trial, shell: releaseCheck }, signal));
  }
  if (faults.length > 0) throw new Error(refusal(processType, faults));
  return { imageId, sizeMb: megabytes(image.size) };
}

function located(failure: BuildFailure, lines: SourceLines): string {
  const { step, fault } = failure;
  // Of two builds that share a step only one may be told which of them failed.
  const instruction = step === undefined ? lines.quotedIn(fault) : lines.step(step);
  return failure.describe(instruction ? lines.at(instruction) : (step ?? "the image"));
}

function refusal(processType: string, faults: readonly string[]): string {
  const many = faults.length === 1 ? "" : `, ${faults.length} faults`;
  return `image of process type "${processType}" is not fit for Heroku${many}:\n${faults.map((fault) => `- ${fault}`).join("\n")}`;
}

async function factsOf({ docker }: Engine, id: string): Promise<Omit<ImageFacts, "builder">> {
  const image = docker.getImage(id);
  const { Os, Architecture, Config, Size } = await image.inspect();
  const history: { Size: number }[] = await image.history();
  const words = (value: string | string[] | null | undefined) => [value ?? []].flat();
  return {
    platform: `${Os}/${Architecture}`,
    command: [...words(Config.Entrypoint), ...words(Config.Cmd)],
    user: Config.User,
    size: Size,
    history: history.map((entry) => ({ size: entry.Size })).reverse(),
  };
}
