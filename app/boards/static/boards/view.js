/** Board units along the shorter side of a window that has neither panned nor zoomed. */
const HOME_SPAN = 10_000;
const MIN_ZOOM = 1 / 8;
const MAX_ZOOM = 8;

/** Which part of the endless sheet a window shows. Board units are whole numbers; screen units are CSS pixels. */
export class View {
  #width = 1;
  #height = 1;
  #zoom = 1;
  #centre = { x: 0, y: 0 };

  /** CSS pixels for each board unit. */
  get scale() {
    return (Math.min(this.#width, this.#height) / HOME_SPAN) * this.#zoom;
  }

  /** Where the board's origin lies on the screen. */
  get origin() {
    return {
      x: this.#width / 2 - this.#centre.x * this.scale,
      y: this.#height / 2 - this.#centre.y * this.scale,
    };
  }

  resize(width, height) {
    this.#width = width;
    this.#height = height;
  }

  toBoard(x, y) {
    const { origin, scale } = this;
    return { x: Math.round((x - origin.x) / scale), y: Math.round((y - origin.y) / scale) };
  }

  pan(dx, dy) {
    this.#centre.x -= dx / this.scale;
    this.#centre.y -= dy / this.scale;
  }

  /** Zooms so that what is at the screen's x, y stays there. */
  zoomAt(factor, x, y) {
    const dx = x - this.#width / 2;
    const dy = y - this.#height / 2;
    this.pan(-dx, -dy);
    this.#zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, this.#zoom * factor));
    this.pan(dx, dy);
  }

  /** Shows all of the bounds: from home if that does, from further away if need be. */
  show(bounds) {
    this.#zoom = 1;
    this.#centre = { x: 0, y: 0 };
    if (!bounds || this.#holds(bounds)) return;
    this.#centre = { x: (bounds.left + bounds.right) / 2, y: (bounds.top + bounds.bottom) / 2 };
    const fit = 0.8 * Math.min(this.#width / (bounds.right - bounds.left), this.#height / (bounds.bottom - bounds.top));
    this.#zoom = Math.min(1, Math.max(MIN_ZOOM, fit / this.scale));
  }

  #holds({ left, top, right, bottom }) {
    const { origin, scale } = this;
    const x = Math.min(left * scale + origin.x, this.#width - origin.x - right * scale);
    const y = Math.min(top * scale + origin.y, this.#height - origin.y - bottom * scale);
    return x >= 0 && y >= 0;
  }
}
