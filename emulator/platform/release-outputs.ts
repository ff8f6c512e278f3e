import type { Store } from "../store/store";

interface Live {
  text: string;
  readonly readers: Set<ReadableStreamDefaultController<Uint8Array>>;
}

const encoder = new TextEncoder();

/** What release phases print: followed while they run, kept afterwards. */
export class ReleaseOutputs {
  private readonly live = new Map<string, Live>();

  constructor(private readonly store: Store) {}

  /** Begins a release's output; what an interrupted run printed is forgotten. */
  begin(releaseId: string): void {
    const readers = this.live.get(releaseId)?.readers ?? new Set();
    this.live.set(releaseId, { text: "", readers });
  }

  write(releaseId: string, chunk: string): void {
    const live = this.live.get(releaseId);
    if (live === undefined) return;
    live.text += chunk;
    for (const reader of live.readers) reader.enqueue(encoder.encode(chunk));
  }

  /** Keeps what was printed; belongs into the transaction that settles the release. */
  keep(releaseId: string): void {
    const live = this.live.get(releaseId);
    if (live) this.store.collection("releaseOutputs").put({ id: releaseId, text: live.text, finished: true });
  }

  /** Ends the readers' streams. */
  end(releaseId: string): void {
    const live = this.live.get(releaseId);
    this.live.delete(releaseId);
    for (const reader of live?.readers ?? []) reader.close();
  }

  /** The output so far and, while the phase is still to come or running, all that follows. */
  follow(releaseId: string, pending: boolean): ReadableStream<Uint8Array> {
    const kept = this.store.collection("releaseOutputs").get(releaseId)?.text;
    const live = pending ? this.liveOf(releaseId) : undefined;
    let reader: ReadableStreamDefaultController<Uint8Array>;
    return new ReadableStream({
      start: (controller) => {
        reader = controller;
        const text = live?.text ?? kept ?? "";
        if (text !== "") controller.enqueue(encoder.encode(text));
        if (live === undefined) controller.close();
        else live.readers.add(controller);
      },
      cancel: () => {
        live?.readers.delete(reader);
      },
    });
  }

  private liveOf(releaseId: string): Live {
    const live = this.live.get(releaseId) ?? { text: "", readers: new Set() };
    this.live.set(releaseId, live);
    return live;
  }
}
