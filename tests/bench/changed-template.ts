import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalHerokuProcess } from "../support/local-heroku-process";
import { StackDriver } from "../support/stack-driver";
import { median, seconds } from "./median";
import { durations, type TimedLine } from "./update-timing";

const RUNS = 3;

/** Seconds of an `up` with a changed template, from the saved file to the app that answers with it. */
export interface ChangedTemplateFigures {
  whole: number;
  /** The same with neither preflight nor health gate. */
  bare: number;
  /** Building the images and trying them. */
  preflight: number;
  push: number;
  /** Ordering the release and waiting for its release phase. */
  releasePhase: number;
  /** Waiting for the dynos, and asking them. */
  gate: number;
  /** Engine, program, and all that is compared. */
  rest: number;
}

/** Measures skechwime's stack on a Local Heroku of its own. */
export async function measureChangedTemplate(): Promise<ChangedTemplateFigures> {
  const heroku = await LocalHerokuProcess.start();
  const stack = await StackDriver.create("local", heroku.url);
  try {
    await stack.up();
    const runs: Awaited<ReturnType<typeof changedTemplate>>[] = [];
    for (let run = 0; run < RUNS; run++) runs.push(await changedTemplate(heroku, stack));
    const middle = (part: keyof (typeof runs)[0]) => median(runs.map((times) => times[part]));
    stack.configure({ "skechwime:preflight": { enabled: false }, "skechwime:healthCheck": { enabled: false } });
    await stack.up();
    const bare: number[] = [];
    for (let run = 0; run < RUNS; run++) bare.push((await changedTemplate(heroku, stack)).whole);
    return {
      whole: middle("whole"),
      bare: median(bare),
      preflight: middle("preflight"),
      push: middle("push"),
      releasePhase: middle("releasePhase"),
      gate: middle("gate"),
      rest: middle("rest"),
    };
  } finally {
    await stack.run("destroy", "--yes", "--skip-preview");
    await heroku.destroy();
    stack.remove();
  }
}

async function changedTemplate(heroku: LocalHerokuProcess, stack: StackDriver) {
  const template = join(stack.folder, "app/boards/templates/boards/board.html");
  writeFileSync(template, `${readFileSync(template, "utf8")}<!-- changed -->\n`);
  await heroku.clearRequests();
  const lines: TimedLine[] = [];
  const begun = performance.now();
  const onLine = (text: string) => lines.push({ at: performance.now() - begun, text });
  const whole = await seconds(() => stack.succeedWith(onLine, "up", "--yes", "--skip-preview"));
  const took = durations(lines);
  // Web and release are pushed side by side.
  const slowest = (type: string) =>
    Math.max(0, ...[...took].filter(([key]) => key.startsWith(`${type} `)).map(([, ms]) => ms / 1_000));
  const [preflight, push, release] = [slowest("AppPreflight"), slowest("Image"), slowest("ContainerRelease")];
  const releasePhase = await untilDynosAreAsked(heroku);
  return {
    whole,
    preflight,
    push,
    releasePhase,
    gate: release - releasePhase,
    rest: whole - preflight - push - release,
  };
}

/** Seconds from the order of a release to the first look at its dynos, which is when its release phase has ended. */
async function untilDynosAreAsked(heroku: LocalHerokuProcess): Promise<number> {
  const requests = await heroku.requests();
  const order = requests.find(({ method, path }) => method === "PATCH" && path.endsWith("/formation"));
  const look = requests.find(({ at, path }) => path.endsWith("/dynos") && at >= (order?.at ?? ""));
  if (order === undefined || look === undefined) throw new Error("the update made no release");
  return (Date.parse(look.at) - Date.parse(order.at)) / 1_000;
}
