import type { Operation } from "../../heroku/client";
import { connectDocker, type Engine, engineFacts } from "../engine";
import { type ServicesOrder, withServices } from "../services/services";
import { bootIssue, type WebHealth } from "./boot";
import { type BuiltImage, buildAndInspect, type ImageOrder } from "./built-image";
import { IMAGE_CHECKS, imageWarnings, megabytes, platformIssue } from "./image-issues";
import { Issues } from "./issues";
import { commandIssue, stayUpIssue } from "./processes";
import { randomSecret, removeLeftovers, Trial } from "./trial";

/** An app to try: its images and what it will have on Heroku. */
export interface PreflightOrder {
  /** By process type. */
  images: Readonly<Record<string, ImageOrder>>;
  environment: Readonly<Record<string, string>>;
  /** Names of variables that get random values. */
  placeholders: readonly string[];
  services: ServicesOrder;
  health: WebHealth;
  /** Milliseconds that processes without a health route have to stay up. */
  settleTime: number;
  /** MB. */
  sizeLimit: number;
  /** Shell command that has to succeed in the image of "release", or else of "web". */
  releaseCheck?: string | undefined;
  /** Checks turned off. */
  skip: readonly string[];
}

const CONTAINERD_STORE =
  "Docker's image store must be the classic one, got containerd's, whose OCI manifests Heroku's registry refuses; " +
  'set {"features": {"containerd-snapshotter": false}} in the engine\'s daemon.json and restart it';

/**
 * Builds an app's images and runs them as Heroku would: the release phase on an empty database, then every process type.
 * @throws Error with everything that is wrong
 */
export async function preflight(
  order: PreflightOrder,
  operation: Operation,
  bootTimeout?: number,
): Promise<Record<string, { imageId: string; sizeMb: number }>> {
  const engine = await connectDocker();
  await removeLeftovers(engine);
  const { containerdStore, platform } = await engineFacts(engine);
  const built: BuiltImage[] = [];
  // One after another: what they share is built once, and reported once.
  for (const [type, image] of Object.entries(order.images))
    built.push(await buildAndInspect(engine, type, image, platform, operation));
  const issues = new Issues(order.skip);
  if (containerdStore) issues.add("Docker", CONTAINERD_STORE);
  for (const { processType, facts, lines } of built) {
    for (const [check, issueOf] of Object.entries(IMAGE_CHECKS)) {
      issues.check(check, processType, () => issueOf(facts, lines, order.sizeLimit));
    }
  }
  for (const warning of new Set(built.flatMap(({ facts, lines }) => imageWarnings(facts, lines)))) {
    await operation.tell(warning, "warning");
  }
  // An image for another machine, or without a command, need not be run to know that it fails.
  const runnable = built.filter(
    ({ facts, lines }) => platformIssue(facts, lines) === undefined && facts.command.length > 0,
  );
  await run(engine, order, runnable, issues, operation, bootTimeout);
  issues.throwIfAny();
  return Object.fromEntries(
    built.map(({ processType, imageId, facts }) => [processType, { imageId, sizeMb: megabytes(facts.size) }]),
  );
}

/** Runs everything that is to run, with the services that it needs. */
async function run(
  engine: Engine,
  order: PreflightOrder,
  built: readonly BuiltImage[],
  issues: Issues,
  operation: Operation,
  bootTimeout?: number,
): Promise<void> {
  const { signal } = operation;
  const progress = (message: string) => operation.progress(message);
  const release = built.find(({ processType }) => processType === "release");
  const processes = built.filter((one) => one !== release);
  const random = Object.fromEntries(order.placeholders.map((name) => [name, randomSecret()]));
  await withServices(engine, order.services, signal, progress, async ({ network, environment: urls }) => {
    const environment = { ...urls, ...order.environment, ...random };
    const processOf = ({ imageId, processType, command, memoryLimit }: BuiltImage) => {
      return { image: imageId, processType, command, memoryLimit, environment, network };
    };
    if (release !== undefined) {
      await warnWithoutCurl(engine, release, processOf(release), operation);
      await issues.run("release", "release", progress, "running the release phase", () => {
        const what = release.command;
        return commandIssue(
          engine,
          processOf(release),
          { what, fix: "correct what it reports", dyno: "release.1" },
          signal,
        );
      });
    }
    const checked = release ?? processes.find(({ processType }) => processType === "web");
    const { releaseCheck } = order;
    if (releaseCheck !== undefined && checked !== undefined) {
      await issues.run("releaseCheck", checked.processType, progress, `running ${releaseCheck}`, () => {
        const names = { what: `preflight.releaseCheck "${releaseCheck}"`, fix: "correct what it finds", dyno: "run.1" };
        return commandIssue(engine, { ...processOf(checked), shell: releaseCheck }, names, signal);
      });
    }
    // What the release phase could not prepare, no process can use.
    if (issues.of("release") > 0) return;
    const boots = processes.map((one) =>
      issues.run(
        "boot",
        one.processType,
        progress,
        `booting ${processes.map((one) => one.processType).join(", ")}`,
        () =>
          one.processType === "web"
            ? bootIssue(engine, processOf(one), order.health, signal, bootTimeout)
            : stayUpIssue(engine, processOf(one), order.settleTime, signal),
      ),
    );
    const failed = (await Promise.allSettled(boots)).find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
  });
}

async function warnWithoutCurl(
  engine: Engine,
  { lines }: BuiltImage,
  order: Parameters<typeof Trial.with>[1],
  operation: Operation,
): Promise<void> {
  if (await Trial.with(engine, order, (trial) => trial.hasExecutable("curl"))) return;
  await operation.tell(
    `${lines.at(lines.stage)} has no curl, without which Heroku shows no output of the release phase`,
    "warning",
  );
}
