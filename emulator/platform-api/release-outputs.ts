import type { Store } from "../store/store";

interface Live {
  chunks: string[];
  hasEnded: boolean;
  /** Told of each change. */
  readonly waiting: Set<() => void>;
}

const encoder = new TextEncoder();

/** What release phases print: followed while they run, kept afterwards. */
export class ReleaseOutputs {
  private readonly live = new Map<string, Live>();

  constructor(private readonly store: Store) {}

  /** Begins a release's output; what an interrupted run printed is forgotten. */
  begin(releaseId: string): void {
    this.liveOf(releaseId).chunks = [];
  }

  write(releaseId: string, chunk: string): void {
    const live = this.live.get(releaseId);
    live?.chunks.push(chunk);
    wake(live);
  }

  /** Keeps what was printed; belongs into the transaction that settles the release. */
  keep(releaseId: string): void {
    const live = this.live.get(releaseId);
    if (live)
      this.store.collection("releaseOutputs").put({ id: releaseId, text: live.chunks.join(""), finished: true });
  }

  /** Ends the readers' streams. */
  end(releaseId: string): void {
    const live = this.live.get(releaseId);
    this.live.delete(releaseId);
    if (live) live.hasEnded = true;
    wake(live);
  }

  /** The output so far and, while the phase is still to come or running, all that follows. */
  follow(releaseId: string, pending: boolean): ReadableStream<Uint8Array> {
    const { text = "" } = this.store.collection("releaseOutputs").get(releaseId) ?? {};
    const kept: Live = { chunks: text === "" ? [] : [text], hasEnded: true, waiting: new Set() };
    const live = pending ? this.liveOf(releaseId) : kept;
    let read = 0;
    let isLeft = false;
    return new ReadableStream({
      // However fast it is printed: a reader gets what has come since it last asked, in one piece.
      pull: async (controller) => {
        while (read === live.chunks.length && !live.hasEnded && !isLeft) {
          await new Promise<void>((resolve) => live.waiting.add(resolve));
        }
        if (isLeft) return;
        if (read < live.chunks.length) controller.enqueue(encoder.encode(live.chunks.slice(read).join("")));
        else controller.close();
        read = live.chunks.length;
      },
      cancel: () => {
        isLeft = true;
        wake(live);
      },
    });
  }

  private liveOf(releaseId: string): Live {
    const live = this.live.get(releaseId) ?? { chunks: [], hasEnded: false, waiting: new Set() };
    this.live.set(releaseId, live);
    return live;
  }
}

function wake(live: Live | undefined): void {
  const waiting = [...(live?.waiting ?? [])];
  live?.waiting.clear();
  for (const resolve of waiting) resolve();
}
