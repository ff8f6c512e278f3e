const FIRST_DELAY = 500;
const LONGEST_DELAY = 15_000;
const CONNECT_LIMIT = 10_000;
const PING_EVERY = 20_000;
const ANSWER_WITHIN = 8_000;
/** "Service restart": the server is told to stop, and another one is there already. */
const RESTARTING = 1012;

/**
 * A WebSocket that is opened again whenever it ends, later and later as long as that fails.
 * Fires `open`, `message` with the parsed message as `detail`, and `close`.
 */
export class Connection extends EventTarget {
  #url;
  #socket;
  #failures = 0;
  #retry;
  #deadline;
  #pinger;

  constructor(url) {
    super();
    this.#url = url;
    addEventListener("online", () => this.#now());
    addEventListener("offline", () => this.#end());
    // A tab that slept has missed its pings; what it shows must not be taken for the board.
    document.addEventListener("visibilitychange", () => document.hidden || this.#now());
  }

  /** Sends the message if the connection is open. */
  send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** Tells that the connection is of use, so that the next failure is the first again. */
  settled() {
    this.#failures = 0;
  }

  open() {
    clearTimeout(this.#retry);
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    this.#expect(CONNECT_LIMIT);
    socket.addEventListener("open", () => {
      if (socket !== this.#socket) return;
      this.#pinger = setInterval(() => this.#ping(), PING_EVERY);
      this.dispatchEvent(new Event("open"));
    });
    socket.addEventListener("message", ({ data }) => {
      if (socket !== this.#socket) return;
      clearTimeout(this.#deadline);
      this.dispatchEvent(new CustomEvent("message", { detail: JSON.parse(data) }));
    });
    socket.addEventListener("close", ({ code }) => socket === this.#socket && this.#end(code));
  }

  /** Gives up the socket, even one that does not notice that it is dead, and comes back later. */
  #end(code) {
    const socket = this.#socket;
    if (!socket) return;
    this.#socket = undefined;
    clearInterval(this.#pinger);
    clearTimeout(this.#deadline);
    socket.close();
    const longest = code === RESTARTING ? FIRST_DELAY : Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this.#failures);
    this.#failures += 1;
    // Spread, so that a restarted server does not meet all its windows at once.
    this.#retry = setTimeout(() => this.open(), longest * (0.5 + Math.random() / 2));
    this.dispatchEvent(new Event("close"));
  }

  /** Tries at once: there is reason to believe that the network is back. */
  #now() {
    if (!this.#socket) this.open();
    else this.#ping();
  }

  #ping() {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.send({ type: "ping" });
    this.#expect(ANSWER_WITHIN);
  }

  #expect(limit) {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#end(), limit);
  }
}
