import { randomUUID } from "node:crypto";
import type { HerokuClient } from "../../heroku/client";
import { listDynos } from "../../heroku/dynos";
import type { App, Dyno, Release } from "../../heroku/types";
import { describeResponse } from "../../http/health";
import { awaitEcho } from "./echo";
import { Evidence } from "./evidence";
import { type HealthRequest, judge, request } from "./health-request";
import { RouterLog } from "./router-log";
import { UnhealthyError } from "./unhealthy";

/** How to decide that a release is healthy. Times in milliseconds. */
export interface HealthGate extends HealthRequest {
  /** Health route, with its query. */
  path: string;
  /** Further paths that have to respond once the health route does, each below 400 after redirects. */
  pages: readonly string[];
  /** A WebSocket that sends back what it is sent as `{"type": "ping", "echo": …}`. */
  webSocketPath: string | undefined;
  interval: number;
  timeout: number;
  /** Healthy responses in a row that each web dyno has to give. */
  threshold: number;
}

/**
 * Requests the health route until every web dyno has responded `threshold` times with no unhealthy response in between. A body
 * that names its release and dyno is taken at its word. Otherwise Heroku says which dyno it was (the router's log) and which
 * release that runs (the list of dynos).
 */
export async function awaitHealth(
  client: HerokuClient,
  app: App,
  release: Release,
  web: readonly Dyno[],
  gate: HealthGate,
): Promise<void> {
  const { runtime, operation } = client;
  const url = new URL(gate.path, app.web_url ?? undefined).href;
  const start = runtime.now();
  const isLate = () => runtime.now() - start >= gate.timeout;
  const log = RouterLog.open(client, app);
  try {
    const evidence = new Evidence(web, gate.threshold, log);
    for (;;) {
      const problem = await round(client, app, release, url, gate, evidence, web.length);
      evidence.update(runtime.now());
      if (problem !== undefined) evidence.clear();
      else if (evidence.isEnough) break;
      const seen = problem ?? `healthy: ${evidence.progress}`;
      if (isLate()) {
        throw new UnhealthyError(
          `GET ${url} must return ${expected(gate)} from release v${release.version} on ` +
            `${web.map(({ name }) => name).join(", ")} within ${gate.timeout / 1_000} s, got ${seen}; ` +
            "correct what it reports and run `pulumi up` again",
        );
      }
      operation.progress(`waiting for ${url} (${seen})`);
      await runtime.sleep(gate.interval, operation.signal);
    }
  } finally {
    log.close();
  }
  await awaitPages(client, app, gate, isLate);
  if (gate.webSocketPath !== undefined) {
    await awaitEcho(client, new URL(gate.webSocketPath, app.web_url ?? undefined).href, gate, start);
  }
  operation.progress(`${web.map(({ name }) => name).join(", ")} healthy as v${release.version}`);
}

/** One request per web dyno. Returns the first problem. */
async function round(
  client: HerokuClient,
  app: App,
  release: Release,
  url: string,
  gate: HealthGate,
  evidence: Evidence,
  count: number,
): Promise<string | undefined> {
  const ids = Array.from({ length: count }, () => randomUUID());
  const responses = await Promise.all(ids.map((id) => request(client, url, gate, id)));
  const judged = responses.map((response) => judge(response, gate));
  for (const one of judged) if (typeof one === "string") return one;
  const healthy = judged.filter((one) => typeof one !== "string");
  // A config change meanwhile makes a later release of the same images.
  const old = healthy.find(({ version }) => version !== undefined && version < release.version);
  if (old) return `${gate.status} from release v${old.version}`;
  if (healthy.some(({ version }) => version === undefined)) {
    const former = (await listDynos(client, app)).find(
      ({ type, state, release: { version } }) => type === "web" && state === "up" && version < release.version,
    );
    if (former) return `${gate.status} while ${former.name} of v${former.release.version} still runs`;
  }
  healthy.forEach(({ dyno }, i) => {
    evidence.add({ dyno, requestId: ids[i] ?? "", at: client.runtime.now() });
  });
  return undefined;
}

/** Every further page has to respond, tried until the gate's timeout. */
async function awaitPages(client: HerokuClient, app: App, gate: HealthGate, isLate: () => boolean): Promise<void> {
  for (const page of gate.pages) {
    const url = new URL(page, app.web_url ?? undefined).href;
    for (;;) {
      const response = await request(client, url, gate, randomUUID());
      if (typeof response !== "string" && response.status < 400) break;
      const problem = typeof response === "string" ? response : describeResponse(response);
      if (isLate()) {
        throw new UnhealthyError(
          `GET ${url} must return a status below 400, got ${problem}; correct the page, or healthCheck's pages, and run ` +
            "`pulumi up` again",
        );
      }
      client.operation.progress(`waiting for ${url} (${problem})`);
      await client.runtime.sleep(gate.interval, client.operation.signal);
    }
  }
}

const expected = ({ status, text }: HealthGate) =>
  text === undefined ? `${status}` : `${status} with ${JSON.stringify(text)} in its body`;
