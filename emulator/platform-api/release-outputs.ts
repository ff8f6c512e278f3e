import type { Store } from "../store/store";

interface Live {
  chunks: string[];
  hasEnded: boolean;
  /** Called at each change. */
  readonly waiting: Set<() => void>;
}

const encoder = new TextEncoder();

/** The output of release phases: streamed while they run, stored afterwards. */
export class ReleaseOutputs {
  private readonly live = new Map<string, Live>();

  constructor(private readonly store: Store) {}

  /** Starts a release's output; discards that of an interrupted run. */
  start(releaseId: string): void {
    this.liveOf(releaseId).chunks = [];
  }

  write(releaseId: string, chunk: string): void {
    const live = this.live.get(releaseId);
    live?.chunks.push(chunk);
    wake(live);
  }

  /** Stores the output; belongs in the transaction that settles the release. */
  save(releaseId: string): void {
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

  /** The output so far and, until the phase has ended, all that follows. */
  follow(releaseId: string, pending: boolean): ReadableStream<Uint8Array> {
    const { text = "" } = this.store.collection("releaseOutputs").get(releaseId) ?? {};
    const saved: Live = { chunks: text === "" ? [] : [text], hasEnded: true, waiting: new Set() };
    const live = pending ? this.liveOf(releaseId) : saved;
    let read = 0;
    let hasLeft = false;
    return new ReadableStream({
      // A slow reader gets everything since its last read in one piece.
      pull: async (controller) => {
        while (read === live.chunks.length && !live.hasEnded && !hasLeft) {
          await new Promise<void>((resolve) => live.waiting.add(resolve));
        }
        if (hasLeft) return;
        if (read < live.chunks.length) controller.enqueue(encoder.encode(live.chunks.slice(read).join("")));
        else controller.close();
        read = live.chunks.length;
      },
      cancel: () => {
        hasLeft = true;
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
