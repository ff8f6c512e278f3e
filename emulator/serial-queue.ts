/** Runs pieces of work one after another, in the order they were given. */
export class SerialQueue {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => {});
    return result;
  }
}

/** A queue for each key. */
export class SerialQueues {
  private readonly queues = new Map<string, { readonly queue: SerialQueue; pending: number }>();
  private readonly running = new Set<Promise<unknown>>();

  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const entry = this.queues.get(key) ?? { queue: new SerialQueue(), pending: 0 };
    this.queues.set(key, entry);
    entry.pending += 1;
    const result = entry.queue.run(work);
    const ended = result
      .catch(() => {})
      .finally(() => {
        entry.pending -= 1;
        if (entry.pending === 0) this.queues.delete(key);
        this.running.delete(ended);
      });
    this.running.add(ended);
    return result;
  }

  /** Resolves once no work is left. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }
}
