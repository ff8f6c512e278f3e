import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it arrived. */
export interface Seen {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: unknown;
}

/** One answer of the script. */
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  /** JSON, or a string that is sent as it is. */
  body?: unknown;
  /** Cuts the connection instead of answering. */
  cut?: true;
  /** Never answers. */
  hang?: true;
}

type Reply = Answer | ((seen: Seen) => Answer);

/**
 * A real HTTP server that answers what the test tells it to: for Heroku's rare moods, which Local Heroku does not have.
 * A route with several answers gives them one after another, and the last one for good.
 */
export class ScriptedHeroku {
  readonly seen: Seen[] = [];
  private readonly script = new Map<string, Reply[]>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ScriptedHeroku> {
    const server = createServer((request, response) => void heroku.serve(request, response));
    const heroku = new ScriptedHeroku(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return heroku;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Scripts a route, `GET /apps/demo`; a query is not part of it. */
  on(route: string, ...replies: Reply[]): this {
    this.script.set(route, replies);
    return this;
  }

  /** Routes asked for, in order. */
  get routes(): string[] {
    return this.seen.map(({ method, path }) => `${method} ${path}`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    const seen = { method: request.method ?? "", path, headers: request.headers, body: text && JSON.parse(text) };
    this.seen.push(seen);
    const replies = this.script.get(`${seen.method} ${path}`) ?? [];
    const reply = replies.length > 1 ? replies.shift() : replies[0];
    const answer = typeof reply === "function" ? reply(seen) : (reply ?? notFound);
    if (answer.hang) return;
    if (answer.cut) {
      request.socket.destroy();
      return;
    }
    const { body = {} } = answer;
    response.writeHead(answer.status ?? 200, { "content-type": "application/json", ...answer.headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  }
}

export const notFound: Answer = {
  status: 404,
  body: { id: "not_found", message: "Couldn't find that resource." },
};

/** Heroku's error answer. */
export function refusal(status: number, id: string, message: string, headers?: Record<string, string>): Answer {
  return { status, body: { id, message }, ...(headers ? { headers } : {}) };
}
