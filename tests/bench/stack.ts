import { LocalHerokuProcess } from "../support/local-heroku-process";
import { StackDriver } from "../support/stack-driver";
import { medianSeconds, seconds } from "./median";
import { criticalPath, durations, type TimedLine } from "./update-timing";

const POSTGRES_DELAY = 20;
const REDIS_DELAY = 10;

/** What one life of a stack comes to. */
export interface StackFigures {
  up: { seconds: number; criticalPath: number; requests: number; releases: number; forcedReleases: number };
  noOpUp: { requests: number; releases: number };
  refresh: { requests: number; releases: number };
  preview: { seconds: number; empty: number };
}

/** Measures one stack from nothing to nothing, on a Local Heroku whose data services take their time. */
export async function measureStack(): Promise<StackFigures> {
  const heroku = await LocalHerokuProcess.start(
    "--postgres-delay",
    `${POSTGRES_DELAY}`,
    "--redis-delay",
    `${REDIS_DELAY}`,
  );
  const stack = await StackDriver.create("local", heroku.url);
  try {
    return await measure(heroku, stack);
  } finally {
    await stack.run("destroy", "--yes", "--skip-preview");
    await heroku.destroy();
    stack.remove();
  }
}

async function measure(heroku: LocalHerokuProcess, stack: StackDriver): Promise<StackFigures> {
  const counted = async (work: () => Promise<unknown>) => {
    const before = await releaseCount(heroku);
    await heroku.clearRequests();
    await work();
    const requests = (await heroku.requests()).filter(({ path }) => !path.startsWith("/v2/")).length;
    return { requests, releases: (await releaseCount(heroku)) - before };
  };

  const lines: TimedLine[] = [];
  const begun = performance.now();
  const onLine = (text: string) => lines.push({ at: performance.now() - begun, text });
  let took = 0;
  const up = await counted(async () => {
    took = await seconds(() => stack.succeedWith(onLine, "up", "--yes", "--skip-preview"));
  });
  const { resources } = JSON.parse(await stack.export()).deployment;
  const parts = durations(lines);
  // What Heroku itself takes for the database counts as announced, not as the provider noticed it.
  parts.set("Addon database", POSTGRES_DELAY * 1_000);
  parts.set("Addon redis", REDIS_DELAY * 1_000);

  const noOpUp = await counted(stack.up);
  const refresh = await counted(stack.refresh);
  const preview = await medianSeconds(5, () => stack.succeed("preview"));
  const empty = await emptyPreview(stack);
  return {
    up: { seconds: took, criticalPath: criticalPath(resources, parts) / 1_000, ...up, forcedReleases: 8 },
    noOpUp,
    refresh,
    preview: { seconds: preview, empty },
  };
}

/** The yardstick: a program that declares nothing, on the same engine, runtime and machine. */
async function emptyPreview(stack: StackDriver): Promise<number> {
  const runtime = "runtime: {name: nodejs, options: {typescript: false, nodeargs: --require sucrase/register/ts}}";
  const empty = stack.otherProject("empty", `name: empty\n${runtime}\nmain: index.ts\n`, "export {};\n");
  await empty.succeed("stack", "init", "empty");
  return medianSeconds(5, () => empty.succeed("preview"));
}

async function releaseCount(heroku: LocalHerokuProcess): Promise<number> {
  const apps = await heroku.api<{ id: string }[]>("GET", "/apps");
  const [app] = apps;
  return app === undefined ? 0 : (await heroku.api<unknown[]>("GET", `/apps/${app.id}/releases`)).length;
}
