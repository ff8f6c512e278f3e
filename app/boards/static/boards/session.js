import { newId } from "./ids.js";

/** How long a change that came before its predecessor waits for it before the server is asked, in milliseconds. */
const PATIENCE = 300;
const MAX_ERASED = 200;

/**
 * Keeps a drawing the same as the board on the server. The board's changes are numbered without gaps, so what is
 * missing shows, is asked for and comes once. Own changes show at once and stay in the outbox until acknowledged.
 * Fires `change` whenever `state`, `people` or `waiting` did, `joined` when the drawing has become the board's, and
 * `refused` with the server's reason as `detail`.
 */
export class Session extends EventTarget {
  /** "connecting", "live" or "offline" */
  state = "connecting";
  /** Windows on this board, this one included. */
  people = 1;
  #connection;
  #drawing;
  #outbox;
  #author;
  #seq = 0;
  #early = new Map();
  #patience;

  constructor(connection, drawing, outbox, author) {
    super();
    this.#connection = connection;
    this.#drawing = drawing;
    this.#outbox = outbox;
    this.#author = author;
    this.#showWaiting();
    connection.addEventListener("open", () => this.#join());
    connection.addEventListener("close", () => this.#update({ state: "offline" }));
    connection.addEventListener("message", ({ detail }) => this.#receive(detail));
  }

  /** Own changes that the server has not acknowledged. */
  get waiting() {
    return this.#outbox.size;
  }

  draw({ id, color, width, points }) {
    const stroke = { id, author: this.#author, color, width, points };
    this.#drawing.add(stroke);
    this.#post({ type: "stroke", ...stroke });
  }

  erase(ids) {
    this.#drawing.erase(ids);
    for (let at = 0; at < ids.length; at += MAX_ERASED)
      this.#post({ type: "erase", id: newId(), ids: ids.slice(at, at + MAX_ERASED) });
  }

  /** Shows the others a piece of the stroke being drawn; worth nothing later, so it is not kept. */
  show(piece) {
    if (this.state === "live") this.#connection.send({ type: "ink", ...piece });
  }

  #post(message) {
    this.#outbox.add(message);
    if (this.state === "live") this.#connection.send(message);
    this.#update({});
  }

  #join() {
    this.#calm();
    this.#early.clear();
    this.#connection.send({ type: "join", after: this.#seq });
  }

  #receive(message) {
    switch (message.type) {
      case "sync":
        return this.#synchronise(message);
      case "stroke":
      case "erase":
        return this.#take(message);
      case "ink":
        return this.#drawing.addInk(message);
      case "ack":
        this.#outbox.take(message.id);
        if (message.erased) this.#drawing.erase([message.id]);
        return this.#update({});
      case "error":
        return this.#refuse(message);
      case "presence":
        return this.#update({ people: message.count });
      case "pong":
        // Behind: a change got lost. Ahead: the server's database was restored from a backup.
        if (message.seq !== this.#seq) this.#missing();
        return this.#update({ people: message.count });
    }
  }

  #synchronise({ seq, strokes, erased, last, reset }) {
    if (reset) this.#drawing.reset();
    this.#drawing.erase(erased);
    for (const stroke of strokes) this.#drawing.add(stroke);
    if (!last) return;
    this.#seq = seq;
    this.#takeEarly();
    this.#showWaiting();
    this.#connection.settled();
    this.#update({ state: "live" });
    this.dispatchEvent(new Event("joined"));
    for (const message of this.#outbox) this.#connection.send(message);
  }

  /** Takes a change when it is the next one, keeps it for a moment when one before it is still to come. */
  #take(change) {
    this.#early.set(change.seq, change);
    this.#takeEarly();
    if (this.#early.size > 0) this.#missing();
    else this.#calm();
  }

  #takeEarly() {
    for (const seq of [...this.#early.keys()].sort((a, b) => a - b)) {
      if (seq > this.#seq + 1) return;
      const change = this.#early.get(seq);
      this.#early.delete(seq);
      if (seq <= this.#seq) continue;
      this.#seq = seq;
      if (change.type === "stroke") this.#drawing.add(change.stroke);
      else this.#drawing.erase(change.ids);
    }
  }

  #missing() {
    this.#patience ??= setTimeout(() => this.#join(), PATIENCE);
  }

  #calm() {
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }

  /** What is still in the outbox belongs on top of what the server knows. */
  #showWaiting() {
    for (const message of this.#outbox) {
      if (message.type === "erase") this.#drawing.erase(message.ids);
      else this.#drawing.add(message);
    }
  }

  #refuse({ id, message }) {
    const refused = this.#outbox.take(id);
    if (refused?.type === "stroke") this.#drawing.erase([id]);
    this.#update({});
    this.dispatchEvent(new CustomEvent("refused", { detail: message }));
  }

  #update(fields) {
    Object.assign(this, fields);
    this.dispatchEvent(new Event("change"));
  }
}
