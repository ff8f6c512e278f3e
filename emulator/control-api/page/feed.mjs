import { byId, element } from "./elements.mjs";

const KEPT = 1_000;

/**
 * A list of lines that come by themselves: the newest are below and stay in sight, unless the reader has
 * scrolled up or paused it.
 */
export class Feed {
  /** @type {EventSource | undefined} */
  source;

  /**
   * @param {string} id of the list; its button's is `<id>-pause`
   * @param {string} event the kind of event that brings a line
   * @param {(data: any) => (Node | string)[]} line the line of an event's data
   * @param {(isOpen: boolean) => void} changed is told when the connection comes and goes
   */
  constructor(id, event, line, changed = () => {}) {
    this.list = byId(id);
    this.button = byId(`${id}-pause`);
    this.event = event;
    this.line = line;
    this.changed = changed;
    /** @type {HTMLElement[]} */
    this.waiting = [];
    this.button.addEventListener("click", () => this.pause(!this.paused));
  }

  get paused() {
    return this.button.getAttribute("aria-pressed") === "true";
  }

  /**
   * Begins anew with what comes from a URL; without one it only ends.
   * @param {string | undefined} url
   */
  follow(url) {
    this.source?.close();
    this.clear();
    if (url === undefined) return;
    const source = new EventSource(url);
    this.source = source;
    source.addEventListener("open", () => {
      // A connection begins with the newest lines, also when it was lost before.
      this.clear();
      this.changed(true);
    });
    source.addEventListener("error", () => this.changed(false));
    source.addEventListener(this.event, (message) => this.add(JSON.parse(message.data)));
  }

  clear() {
    this.waiting = [];
    this.list.replaceChildren();
  }

  /** @param {unknown} data */
  add(data) {
    this.waiting.push(element("div", {}, ...this.line(data)));
    if (this.waiting.length > KEPT) this.waiting.shift();
    if (this.waiting.length === 1) requestAnimationFrame(() => this.flush());
  }

  flush() {
    if (this.paused) return;
    const { list } = this;
    const isBelow = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    list.append(...this.waiting.splice(0));
    while (list.childElementCount > KEPT) list.firstElementChild?.remove();
    if (isBelow) list.scrollTop = list.scrollHeight;
  }

  /** @param {boolean} paused */
  pause(paused) {
    this.button.setAttribute("aria-pressed", String(paused));
    this.flush();
  }
}
