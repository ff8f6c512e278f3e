import { HerokuClient, type HerokuRuntime, type Operation } from "../../../provider/heroku/client";
import { defaultRetries } from "../../../provider/heroku/retry";
import type { Answer, Visitor } from "../../../provider/http/visitor";

/** A runtime whose sleeps take no time and are kept; the clock moves by them. */
export class TestRuntime implements HerokuRuntime {
  /** Milliseconds of every sleep. */
  readonly sleeps: number[] = [];
  readonly retries = defaultRetries;
  /** URLs requested from apps. */
  readonly visits: string[] = [];
  /** What apps respond. */
  answer: (url: string, headers: Readonly<Record<string, string>>) => Answer = () => ({
    status: 404,
    body: "no response is scripted",
  });
  /** What the app sends back to a text sent into a WebSocket; throws when none opens. */
  sendBack: (text: string) => string = (text) => text;
  readonly visitor: Visitor = {
    get: async (url, _signal, headers = {}) => {
      this.visits.push(url);
      return this.answer(url, headers);
    },
    echo: async (url, text, wanted) => {
      this.visits.push(url);
      const message = this.sendBack(text);
      if (!message.includes(wanted)) throw new Error("no answer");
      return message;
    },
  };
  private time = 0;

  constructor(readonly fetch: typeof globalThis.fetch = globalThis.fetch) {}

  now = () => this.time;
  random = () => 1;

  sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    this.sleeps.push(milliseconds);
    this.time += milliseconds;
    // Streams and other requests get their turn.
    await new Promise((resolve) => setTimeout(resolve, 1));
    signal.throwIfAborted();
  };
}

/** A client with the key `secret-key` whose three servers are one. */
export function clientOf(url: string, runtime: HerokuRuntime = new TestRuntime()) {
  const stop = new AbortController();
  const messages: string[] = [];
  const settings = { apiKey: "secret-key", apiUrl: url, dataUrl: url, registryUrl: url };
  /** Messages that stay, with their severity. */
  const told: string[] = [];
  const operation: Operation = {
    signal: stop.signal,
    progress: (message) => messages.push(message),
    tell: async (message, severity) => {
      told.push(`${severity}: ${message}`);
    },
  };
  return { client: new HerokuClient(settings, runtime, operation), stop, messages, told };
}
