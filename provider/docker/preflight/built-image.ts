import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Operation } from "../../heroku/client";
import { BuildFailure, type BuildOrder, buildImage } from "../build/build";
import type { Engine } from "../engine";
import type { ImageFacts } from "./image-issues";
import { SourceLines } from "./source-lines";

/** Takes everything that a build prints. */
const logFile = join(".local", "build.log");

/** The image of a process type. */
export interface ImageOrder extends Omit<BuildOrder, "logFile"> {
  /** The Dockerfile as the user knows it. @default as in the context */
  shownAs?: string | undefined;
  /** Command of the process type, for messages. @default that of the Dockerfile */
  command?: string | undefined;
  /** Memory of its dynos, MB. */
  memoryLimit: number;
}

/** An image that was built, with all that the checks need. */
export interface BuiltImage {
  processType: string;
  imageId: string;
  facts: ImageFacts;
  lines: SourceLines;
  /** What decides about the command, as the user knows it. */
  command: string;
  memoryLimit: number;
}

/** Builds the image of a process type and inspects it. `builder` is the platform of the builder itself. */
export async function buildAndInspect(
  engine: Engine,
  processType: string,
  image: ImageOrder,
  builder: string,
  { signal, progress }: Operation,
): Promise<BuiltImage> {
  const text = readFileSync(join(image.context, image.dockerfile), "utf8");
  const lines = new SourceLines(text, image.target, image.shownAs ?? image.dockerfile);
  const report = (message: string) => progress(message);
  const imageId = await buildImage(engine, { ...image, logFile }, signal, report).catch((error: unknown) => {
    throw error instanceof BuildFailure ? new Error(located(error, lines)) : error;
  });
  const facts = { ...(await factsOf(engine, imageId)), builder };
  const command =
    image.command === undefined
      ? lines.at(lines.command)
      : `processTypes.${processType}.command ${JSON.stringify(image.command)}`;
  return { processType, imageId, facts, lines, command, memoryLimit: image.memoryLimit };
}

function located(failure: BuildFailure, lines: SourceLines): string {
  const instruction = lines.step(failure.step ?? "") ?? lines.quotedIn(failure.fault);
  return instruction ? failure.describe(lines.at(instruction)) : failure.message;
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
