/** How long a stroke that somebody else is drawing stays when no more of it comes, in milliseconds. */
const INK_LIFETIME = 10_000;

/**
 * What is on the board, as this window knows it. Strokes are `{id, author, color, width, points}`.
 * Fires `append` with one stroke as `detail`, `redraw` when strokes went or changed places, `ink` when only ink did.
 */
export class Drawing extends EventTarget {
  /** Finished strokes by id, from the lowest to the topmost. */
  strokes = new Map();
  /** Strokes being drawn, here or elsewhere. */
  ink = new Map();

  /** Adds a stroke, or moves it to the top where the server has put it. */
  add(stroke) {
    const known = this.strokes.delete(stroke.id);
    this.strokes.set(stroke.id, stroke);
    this.dropInk(stroke.id);
    if (!known) this.dispatchEvent(new CustomEvent("append", { detail: stroke }));
  }

  erase(ids) {
    let changed = false;
    for (const id of ids) changed = this.strokes.delete(id) || changed;
    if (changed) this.dispatchEvent(new Event("redraw"));
  }

  /** Forgets everything. */
  reset() {
    this.strokes.clear();
    this.ink.clear();
    this.dispatchEvent(new Event("redraw"));
  }

  /** Adds a piece to a stroke being drawn. */
  addInk({ id, color, width, points }) {
    if (this.strokes.has(id)) return;
    const stroke = this.ink.get(id) ?? { id, color, width, points: [] };
    stroke.points.push(...points);
    clearTimeout(stroke.timer);
    stroke.timer = setTimeout(() => this.dropInk(id), INK_LIFETIME);
    this.ink.set(id, stroke);
    this.dispatchEvent(new Event("ink"));
  }

  dropInk(id) {
    const stroke = this.ink.get(id);
    if (!stroke) return;
    clearTimeout(stroke.timer);
    this.ink.delete(id);
    this.dispatchEvent(new Event("ink"));
  }

  /** The newest stroke of that author. */
  newestOf(author) {
    return [...this.strokes.values()].findLast((stroke) => stroke.author === author);
  }

  /** The rectangle that holds every stroke, if there is one. */
  bounds() {
    const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    for (const { points, width } of this.strokes.values()) {
      for (let at = 0; at < points.length; at += 2) {
        bounds.left = Math.min(bounds.left, points[at] - width);
        bounds.right = Math.max(bounds.right, points[at] + width);
        bounds.top = Math.min(bounds.top, points[at + 1] - width);
        bounds.bottom = Math.max(bounds.bottom, points[at + 1] + width);
      }
    }
    return bounds.left <= bounds.right ? bounds : undefined;
  }
}
