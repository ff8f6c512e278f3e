import { byId, element } from "./elements.mjs";

const LONGEST = 1_000;

/**
 * A live list of lines. The newest are at the bottom and stay in view, unless the user has scrolled up or paused it.
 * @template Data
 */
export class Feed {
  /** @type {EventSource | undefined} */
  source;

  /**
   * @param {string} id of the list; the id of its button is `<id>-pause`
   * @param {string} event the kind of event to show
   * @param {(data: Data) => (Node | string)[]} line renders an event's data
   * @param {(isOpen: boolean) => void} changed called when the connection opens or is lost
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
   * Shows the events of another URL; without one, shows nothing.
   * @param {string | undefined} url
   */
  follow(url) {
    this.source?.close();
    this.clear();
    if (url === undefined) return;
    const source = new EventSource(url);
    this.source = source;
    source.addEventListener("open", () => {
      // Every connection starts with the newest lines, even after a lost one.
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

  /** @param {Data} data */
  add(data) {
    this.waiting.push(element("div", {}, ...this.line(data)));
    if (this.waiting.length > LONGEST) this.waiting.shift();
    if (this.waiting.length === 1) requestAnimationFrame(() => this.flush());
  }

  flush() {
    if (this.paused) return;
    const { list } = this;
    const isBelow = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    list.append(...this.waiting.splice(0));
    while (list.childElementCount > LONGEST) list.firstElementChild?.remove();
    if (isBelow) list.scrollTop = list.scrollHeight;
  }

  /** @param {boolean} paused */
  pause(paused) {
    this.button.setAttribute("aria-pressed", String(paused));
    this.flush();
  }
}
