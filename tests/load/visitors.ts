import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { RequestFigures } from "./request-stream";

const root = join(__dirname, "..", "..");

/** Who visits, and how much they do. */
export interface VisitPlan {
  /** Address of the app, without a slash at its end. */
  origin: string;
  /** The boards are called this, `-` and a number. */
  boards: string;
  boardCount: number;
  /** Windows over all boards, each with a WebSocket of its own. */
  windows: number;
  /** Pause between two strokes of a window. */
  strokeEveryMs: number;
  requestsPerSecond: number;
}

/** What the visitors saw. */
export interface VisitFigures {
  requests: RequestFigures;
  /** Windows whose board is live at the end. */
  held: number;
  reconnected: number;
  /** The longest time that a window was without a live board, in milliseconds. */
  longestOffline: number;
  /** How often sockets ended with which code. */
  codes: Record<string, number>;
  drawn: { id: string; board: string }[];
  acked: number;
  /** Strokes that a window of their board does not show, over all windows. */
  unseen: number;
}

/** Visitors in a process of their own, so that what they measure is not this process's business. */
export class Visitors {
  private output = "";

  private constructor(private readonly child: ChildProcess) {
    child.stderr?.on("data", (chunk: Buffer) => {
      this.output += chunk.toString();
    });
  }

  /** Resolves once every window is live and they have begun. */
  static async start(plan: VisitPlan): Promise<Visitors> {
    const visitors = new Visitors(
      fork(join(__dirname, "visitors-main.ts"), [JSON.stringify(plan)], {
        cwd: root,
        execArgv: ["--no-warnings", "--require", "sucrase/register/ts"],
        stdio: ["ignore", "ignore", "pipe", "ipc"],
      }),
    );
    await visitors.message();
    return visitors;
  }

  /** Ends drawing and asking, waits until everything is acknowledged, and tells what they saw. */
  async stop(): Promise<VisitFigures> {
    const figures = this.message<VisitFigures>();
    this.child.send("stop");
    return figures;
  }

  kill(): void {
    this.child.kill("SIGKILL");
  }

  private message<T>(): Promise<T> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`the visitors ended with ${code}: ${this.output}`));
      this.child.once("exit", ended);
      this.child.once("message", (message: T) => {
        this.child.off("exit", ended);
        resolve(message);
      });
    });
  }
}
