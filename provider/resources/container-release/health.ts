import { randomUUID } from "node:crypto";
import type { HerokuClient } from "../../heroku/client";
import type { App, Dyno, Release } from "../../heroku/types";
import type { Answer } from "../../http/visitor";
import { describeAnswer, UnhealthyError } from "./unhealthy";

/** When a release counts as well. Times in milliseconds. */
export interface HealthGate {
  /** Answers 200 and `{"release": "v7", "dyno": "web.1"}`. */
  path: string;
  /** A WebSocket that sends back what it is sent as `{"type": "ping", "echo": …}`. */
  webSocketPath: string | undefined;
  interval: number;
  timeout: number;
  /** Good answers in a row that each web dyno has to give. */
  threshold: number;
}

/** How long one answer may take: Heroku's router gives up after 30 s too. */
const answerTimeout = 30_000;

/**
 * Asks the app until every web dyno has answered well `threshold` times with no other answer in between. While preboot lets
 * dynos of the former release serve, their answers are no fault, but they start the count anew.
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
  const good = new GoodAnswers(web, gate.threshold);
  for (;;) {
    const answers = await Promise.all(web.map(() => ask(client, url)));
    const faults = answers.flatMap((answer) => good.take(answer, release) ?? []);
    if (good.enough) break;
    const [fault] = faults;
    const said = fault ?? `healthy: ${good.progress}`;
    if (runtime.now() - start >= gate.timeout) {
      throw new UnhealthyError(
        `GET ${url} must answer 200 with release v${release.version} on ${web.map(({ name }) => name).join(", ")} ` +
          `within ${gate.timeout / 1_000} s, got ${said}; correct what it reports and run \`pulumi up\` again`,
      );
    }
    operation.progress(`waiting for ${url} (${said})`);
    await runtime.sleep(gate.interval, operation.signal);
  }
  if (gate.webSocketPath !== undefined) {
    await awaitEcho(client, new URL(gate.webSocketPath, app.web_url ?? undefined).href, gate, start);
  }
  operation.progress(`${web.map(({ name }) => name).join(", ")} answered as v${release.version}`);
}

/** What each web dyno has answered in a row. */
class GoodAnswers {
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly web: readonly Dyno[],
    private readonly threshold: number,
  ) {}

  /** Counts an answer; says what is wrong with it. */
  take(answer: Answer | string, release: Release): string | undefined {
    const read = typeof answer === "string" ? answer : healthIn(answer, release);
    if (typeof read === "string") {
      this.counts.clear();
      return read;
    }
    // An app that does not name its dyno has to answer as often as all together.
    this.counts.set(read.dyno, (this.counts.get(read.dyno) ?? 0) + 1);
    return undefined;
  }

  get enough(): boolean {
    const anonymous = (this.counts.get("") ?? 0) >= this.threshold * this.web.length;
    return anonymous || this.web.every(({ name }) => (this.counts.get(name) ?? 0) >= this.threshold);
  }

  get progress(): string {
    const counted = [...this.counts].map(([dyno, count]) => `${dyno || "app"} ${count} of ${this.threshold} times`);
    return counted.join(", ") || "no answer yet";
  }
}

/** The dyno that answered well, or what is wrong with the answer. */
function healthIn(answer: Answer, release: Release): { dyno: string } | string {
  if (answer.status !== 200) return describeAnswer(answer);
  let body: unknown;
  try {
    body = JSON.parse(answer.body);
  } catch {
    return `${describeAnswer(answer)} (no JSON)`;
  }
  const { release: told, dyno } = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const version = /^v?(\d+)$/.exec(String(told ?? ""))?.[1];
  if (version === undefined) return `${describeAnswer(answer)} (no release, as HEROKU_RELEASE_VERSION has it)`;
  // A config change meanwhile makes a later release of the same images.
  if (Number(version) < release.version) return `200 with the release v${version}`;
  return { dyno: typeof dyno === "string" ? dyno : "" };
}

async function ask(client: HerokuClient, url: string): Promise<Answer | string> {
  const { runtime, operation } = client;
  try {
    return await runtime.visitor.get(url, AbortSignal.any([operation.signal, AbortSignal.timeout(answerTimeout)]));
  } catch (error) {
    operation.signal.throwIfAborted();
    return `no answer (${error instanceof Error ? error.message : String(error)})`;
  }
}

async function awaitEcho(client: HerokuClient, url: string, gate: HealthGate, start: number): Promise<void> {
  const { runtime, operation } = client;
  for (;;) {
    const echo = randomUUID();
    try {
      const signal = AbortSignal.any([operation.signal, AbortSignal.timeout(answerTimeout)]);
      await runtime.visitor.echo(url, JSON.stringify({ type: "ping", echo }), echo, signal);
      return;
    } catch (error) {
      operation.signal.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      if (runtime.now() - start >= gate.timeout) {
        throw new UnhealthyError(
          `WebSocket ${url} must open and send back the echo of {"type": "ping", "echo": …}, got "${reason}"; ` +
            "correct the app's WebSocket, or healthCheck's webSocketPath, and run `pulumi up` again",
        );
      }
      operation.progress(`waiting for ${url} (${reason})`);
      await runtime.sleep(gate.interval, operation.signal);
    }
  }
}
