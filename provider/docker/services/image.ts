import { join } from "node:path";
import { buildImage } from "../build/build";
import type { Engine } from "../engine";

/** Label of a local image that has the programs of both data services on its PATH. */
const LABEL = "skechwime.services";
const PROGRAMS = "postgresql valkey";

/** Id of an image with PostgreSQL and Valkey: one that is there, Local Heroku's for example, or else built. */
export async function servicesImage(
  engine: Engine,
  signal: AbortSignal,
  progress: (line: string) => void,
): Promise<string> {
  const [found] = await engine.docker.listImages({ filters: { label: [`${LABEL}=${PROGRAMS}`] } });
  if (found) return found.Id;
  progress("building the image of the throwaway data services; this happens once and takes a minute");
  const order = { context: __dirname, dockerfile: "Dockerfile", logFile: join(".local", "build.log") };
  return buildImage(engine, order, signal, progress);
}
