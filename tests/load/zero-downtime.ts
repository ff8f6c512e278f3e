import { setTimeout as sleep } from "node:timers/promises";
import { LocalHerokuProcess } from "../support/local-heroku-process";
import { BoardWindow } from "../support/visitor";
import { DeployedSkechwime } from "./deployed-skechwime";
import type { RequestFigures } from "./request-stream";
import { type VisitFigures, Visitors, type VisitPlan } from "./visitors";

/** One thing that moves dynos. */
export type Move = "release" | "rollback" | "config" | { scale: number };

/** Ten releases, ten config changes, three rollbacks and five scalings. */
export const ALL_MOVES: Move[] = [
  ...["release", "config", "release", { scale: 3 }, { scale: 2 }, "config", "release", "config", "rollback"],
  ...["release", "config", "release", "config", { scale: 1 }, { scale: 2 }, "release", "config", "rollback"],
  ...["release", "config", "release", "config", "release", "config", "rollback", "release", "config", { scale: 3 }],
] as Move[];

export interface ZeroDowntimeFigures {
  /** Seconds that the moves took. */
  seconds: number;
  busy: VisitFigures;
  /** The same visitors for as long with no move; undefined when not asked for. */
  quiet: RequestFigures | undefined;
  /** Strokes drawn that the boards do not keep. */
  lost: number;
  /** The most connections seen, by plan, and what the plan allows. */
  connections: Record<string, { most: number; limit: number }>;
  routerErrors: string[];
}

/** Moves skechwime's dynos about while windows draw on its boards and requests flow, and tells what got lost. */
export async function measureZeroDowntime(
  moves: readonly Move[],
  visit: Omit<VisitPlan, "origin" | "boards">,
  { withQuiet }: { withQuiet: boolean },
): Promise<ZeroDowntimeFigures> {
  const heroku = await LocalHerokuProcess.start();
  let deployed: DeployedSkechwime | undefined;
  try {
    deployed = await DeployedSkechwime.create(heroku);
    return await measure(deployed, moves, visit, withQuiet);
  } finally {
    await heroku.destroy();
    await deployed?.removeImages();
  }
}

async function measure(
  deployed: DeployedSkechwime,
  moves: readonly Move[],
  visit: Omit<VisitPlan, "origin" | "boards">,
  withQuiet: boolean,
): Promise<ZeroDowntimeFigures> {
  const { origin } = deployed;
  const routerErrors = await deployed.routerErrors();
  const since = performance.now();
  const { result: busy, connections } = await countingConnections(deployed, () =>
    during({ ...visit, origin, boards: "busy" }, async () => {
      for (const move of moves) await make(deployed, move);
      await deployed.left();
    }),
  );
  const seconds = (performance.now() - since) / 1_000;
  const lost = await lostStrokes(origin, busy.drawn);
  const wait = () => sleep(seconds * 1_000);
  const quiet = withQuiet ? (await during({ ...visit, origin, boards: "quiet" }, wait)).requests : undefined;
  return { seconds, busy, quiet, lost, connections, routerErrors };
}

async function during(plan: VisitPlan, work: () => Promise<unknown>): Promise<VisitFigures> {
  const visitors = await Visitors.start(plan);
  try {
    await work();
    return await visitors.stop();
  } finally {
    visitors.kill();
  }
}

async function make(deployed: DeployedSkechwime, move: Move): Promise<void> {
  if (move === "release") await deployed.release();
  else if (move === "rollback") await deployed.rollBack();
  else if (move === "config") await deployed.configure(new Date().toISOString());
  else await deployed.scale(move.scale);
}

/** Reads every board as a new window does. */
async function lostStrokes(origin: string, drawn: VisitFigures["drawn"]): Promise<number> {
  const kept = new Set<string>();
  for (const board of new Set(drawn.map((stroke) => stroke.board))) {
    const window = await BoardWindow.open(origin, board);
    for (const id of await window.strokes()) kept.add(id);
    window.close();
  }
  return drawn.filter(({ id }) => !kept.has(id)).length;
}

/** Looks at the data services' connections again and again during some work. */
async function countingConnections<T>(deployed: DeployedSkechwime, work: () => Promise<T>) {
  const connections: ZeroDowntimeFigures["connections"] = {};
  let going = true;
  const count = async () => {
    for (; going; await sleep(300)) {
      for (const [plan, { open, limit }] of Object.entries(await deployed.connections())) {
        connections[plan] = { most: Math.max(open, connections[plan]?.most ?? 0), limit };
      }
    }
  };
  const worked = work().finally(() => {
    going = false;
  });
  const [result] = await Promise.all([worked, count()]);
  return { result, connections };
}
