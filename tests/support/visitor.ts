import { randomUUID } from "node:crypto";
import { request } from "node:http";
import type { LookupFunction } from "node:net";
import WebSocket from "ws";

/** Hosts under `.localhost` are this machine, which not every system resolver knows. */
export const lookup: LookupFunction = (_host, options, callback) => {
  if (options.all) callback(null, [{ address: "127.0.0.1", family: 4 }]);
  else callback(null, "127.0.0.1", 4);
};

/** What an address answered. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Requests an address of an app that Local Heroku runs. */
export function visit(url: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { lookup }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const { statusCode = 0, headers } = response;
        resolve({ status: statusCode, headers, body: Buffer.concat(chunks).toString() });
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}

/** A window on a board of skechwime, without a browser. */
export class BoardWindow {
  /** Every message the app has sent. */
  readonly received: Record<string, unknown>[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(private readonly socket: WebSocket) {
    socket.on("message", (data) => {
      this.received.push(JSON.parse(String(data)));
      for (const look of this.waiting) look();
    });
  }

  static async open(appUrl: string, board: string): Promise<BoardWindow> {
    const socket = new WebSocket(`${appUrl.replace(/^http/, "ws")}/ws/boards/${board}`, { lookup, origin: appUrl });
    const window = new BoardWindow(socket);
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    return window;
  }

  /** Draws a line and answers its id once the app has stored it. */
  async draw(): Promise<string> {
    const id = randomUUID();
    const stroke = { type: "stroke", id, author: randomUUID(), color: "#1d3557", width: 4, points: [10, 10, 200, 120] };
    this.socket.send(JSON.stringify(stroke));
    await this.message((message) => message.type === "ack" && message.id === id);
    return id;
  }

  /** Ids of all strokes that the board keeps. */
  async strokes(): Promise<string[]> {
    this.socket.send(JSON.stringify({ type: "join", after: 0 }));
    await this.message((message) => message.type === "sync" && message.last === true);
    const kept = this.received
      .filter(({ type }) => type === "sync")
      .flatMap(({ strokes }) => strokes as { id: string }[]);
    return [...new Set(kept.map(({ id }) => id))];
  }

  /** The first message that fits, past or to come. */
  message(
    fits: (message: Record<string, unknown>) => boolean,
    milliseconds = 10_000,
  ): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.received.find(fits);
        if (found === undefined) return;
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.waiting.delete(look);
        reject(new Error(`no such message within ${milliseconds} ms among ${JSON.stringify(this.received)}`));
      }, milliseconds);
      this.waiting.add(look);
      look();
    });
  }

  close(): void {
    this.socket.close();
  }
}
