import { join } from "node:path";
import WebSocket from "ws";
import { lookup } from "../support/visitor";

const page = join(__dirname, "..", "..", "app", "boards", "static", "boards");

/** A stroke as the page's session takes it. */
interface Stroke {
  id: string;
  color: string;
  width: number;
  points: number[];
}

interface Session extends EventTarget {
  state: string;
  readonly waiting: number;
  draw(stroke: Stroke): void;
}

/** What the page's own modules export, as far as a window without a screen needs them. */
interface PageModules {
  Connection: new (url: string) => EventTarget & { open(): void };
  Drawing: new () => { strokes: Map<string, unknown> };
  Outbox: new (storage: Pick<Storage, "getItem" | "setItem">, key: string) => unknown;
  Session: new (connection: unknown, drawing: unknown, outbox: unknown, author: string) => Session;
}

/** The page's WebSocket: sent from the app's own origin, and found where system resolvers know no `.localhost`. */
class BrowserSocket extends WebSocket {
  constructor(url: string) {
    super(url, { lookup, origin: new URL(url).origin.replace(/^ws/, "http") });
    // A browser tells of a failed connection by its end alone.
    this.on("error", () => {});
    this.on("close", (code) => codes.set(code, (codes.get(code) ?? 0) + 1));
  }
}

/** How often sockets ended with which code. */
export const codes = new Map<number, number>();

/** Loads the page's modules and gives them what they find in a browser. */
export async function loadPage(): Promise<PageModules> {
  const document = Object.assign(new EventTarget(), { hidden: false });
  Object.assign(globalThis, { WebSocket: BrowserSocket, document, addEventListener: () => {} });
  const modules = await Promise.all(
    ["connection.js", "drawing.js", "outbox.js", "session.js"].map((file) => import(join(page, file))),
  );
  return Object.assign({}, ...modules);
}

/** A window on a board that runs the page's own code. It goes on drawing strokes and notes what becomes of them. */
export class PageWindow {
  readonly drawn: string[] = [];
  /** How often the board was live again after it had been offline. */
  reconnected = 0;
  /** The longest time without a live board, in milliseconds. */
  longestOffline = 0;
  private readonly session: Session;
  private readonly drawing: { strokes: Map<string, unknown> };
  private readonly connection: { open(): void };
  private offlineSince: number | undefined;

  constructor(
    { Connection, Drawing, Outbox, Session }: PageModules,
    origin: string,
    readonly board: string,
  ) {
    const connection = new Connection(`${origin.replace(/^http/, "ws")}/ws/boards/${board}`);
    this.connection = connection;
    this.drawing = new Drawing();
    const storage = { getItem: () => null, setItem: () => {} };
    this.session = new Session(connection, this.drawing, new Outbox(storage, board), crypto.randomUUID());
    connection.addEventListener("close", () => {
      this.offlineSince ??= performance.now();
    });
    this.session.addEventListener("joined", () => {
      if (this.offlineSince === undefined) return;
      this.reconnected += 1;
      this.longestOffline = Math.max(this.longestOffline, performance.now() - this.offlineSince);
      this.offlineSince = undefined;
    });
  }

  open(): void {
    this.connection.open();
  }

  get isLive(): boolean {
    return this.session.state === "live";
  }

  /** Strokes that the server has not acknowledged. */
  get waiting(): number {
    return this.session.waiting;
  }

  draw(): void {
    const id = crypto.randomUUID();
    this.drawn.push(id);
    const points = Array.from({ length: 16 }, () => Math.floor(Math.random() * 10_000));
    this.session.draw({ id, color: "#1d3557", width: 40, points });
  }

  /** Whether it shows a stroke. */
  shows(id: string): boolean {
    return this.drawing.strokes.has(id);
  }
}
