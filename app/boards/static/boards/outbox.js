/**
 * Messages that the server has not acknowledged yet, oldest first. They survive a reload of the tab.
 * Sending one twice does no harm: the server knows strokes by id, and erasing is done once.
 */
export class Outbox {
  #storage;
  #key;
  #messages;

  /** @param {Storage} storage @param {string} key where in the storage they are kept */
  constructor(storage, key) {
    this.#storage = storage;
    this.#key = key;
    this.#messages = new Map(JSON.parse(storage.getItem(key) ?? "[]").map((message) => [message.id, message]));
  }

  get size() {
    return this.#messages.size;
  }

  [Symbol.iterator]() {
    return this.#messages.values();
  }

  add(message) {
    this.#messages.set(message.id, message);
    this.#save();
  }

  /** Forgets a message and returns it, if it was there. */
  take(id) {
    const message = this.#messages.get(id);
    if (this.#messages.delete(id)) this.#save();
    return message;
  }

  #save() {
    try {
      this.#storage.setItem(this.#key, JSON.stringify([...this.#messages.values()]));
    } catch {
      // The storage is full: what is in memory is still sent as long as the tab lives.
    }
  }
}
