import { setTimeout as sleep } from "node:timers/promises";
import { codes, loadPage, PageWindow } from "./page-window";
import { RequestStream } from "./request-stream";
import type { VisitFigures, VisitPlan } from "./visitors";

/** How long windows may take to be live, and at the end to get everything acknowledged. */
const PATIENCE_MS = 90_000;

async function main(plan: VisitPlan): Promise<void> {
  const modules = await loadPage();
  const windows = Array.from({ length: plan.windows }, (_, i) => {
    return new PageWindow(modules, plan.origin, `${plan.boards}-${i % plan.boardCount}`);
  });
  for (const window of windows) window.open();
  await until("all windows are live", () => windows.every(({ isLive }) => isLive));

  const requests = new RequestStream(plan.origin, [
    [`/boards/${plan.boards}-0`, 200],
    ["/health", 200],
    ["/new", 302],
    ["/boards/lobby", 200],
  ]);
  requests.start(plan.requestsPerSecond);
  const pens = windows.map((window, i) => {
    // Spread over the pause, so that not all draw at once.
    const wait = (plan.strokeEveryMs * i) / windows.length;
    return setTimeout(() => {
      pens[i] = setInterval(() => window.draw(), plan.strokeEveryMs);
    }, wait);
  });
  process.send?.("ready");

  await new Promise((resolve) => process.once("message", resolve));
  for (const pen of pens) clearInterval(pen);
  const requestFigures = await requests.stop();
  const drawn = windows.flatMap((window) => window.drawn.map((id) => ({ id, board: window.board })));
  const unseen = () =>
    windows.flatMap((window) => drawn.filter(({ id, board }) => board === window.board && !window.shows(id)));
  const settled = () => windows.every(({ waiting, isLive }) => waiting === 0 && isLive) && unseen().length === 0;
  await until("all windows show all strokes", settled).catch(() => {});
  const figures: VisitFigures = {
    requests: requestFigures,
    held: windows.filter(({ isLive }) => isLive).length,
    reconnected: windows.reduce((sum, window) => sum + window.reconnected, 0),
    longestOffline: Math.max(...windows.map(({ longestOffline }) => longestOffline)),
    codes: Object.fromEntries(codes),
    drawn,
    acked: drawn.length - windows.reduce((sum, { waiting }) => sum + waiting, 0),
    unseen: unseen().length,
  };
  process.send?.(figures, () => process.exit(0));
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !holds(); await sleep(100)) {
    if (Date.now() > end) throw new Error(`it did not come about within ${PATIENCE_MS} ms that ${what}`);
  }
}

main(JSON.parse(process.argv[2] ?? "")).catch((error: Error) => {
  console.error(error);
  process.exit(1);
});
