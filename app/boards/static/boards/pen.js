import { newId } from "./ids.js";

/** The server takes this many points; a longer stroke goes on as another. */
const MAX_POINTS = 2000;
/** Points closer than this add nothing that is seen, in CSS pixels. */
const MIN_STEP = 1.5;
/** How often the others see the stroke grow, in milliseconds. */
const SHOW_EVERY = 40;
/** Until then a finger may turn out to be the first of a pinch. */
const PINCH_WITHIN = 150;

/**
 * Turns pointers into strokes and views: one finger, mouse or pen draws; two fingers, the wheel and the middle button
 * move the sheet. Fires `move` when the view changed, `ink` when the stroke in hand did, `piece` and `stroke` with
 * what is to be shown and kept.
 */
export class Pen extends EventTarget {
  /** The stroke in hand. */
  stroke;
  #surface;
  #view;
  #brush;
  #pointers = new Map();
  #shown = 0;
  #startedAt = 0;
  #shownAt = 0;

  /** @param {() => {color: string, width: number}} brush what strokes are drawn with */
  constructor(surface, view, brush) {
    super();
    this.#surface = surface;
    this.#view = view;
    this.#brush = brush;
    surface.addEventListener("pointerdown", (event) => this.#down(event));
    surface.addEventListener("pointermove", (event) => this.#move(event));
    surface.addEventListener("pointerup", (event) => this.#up(event));
    surface.addEventListener("pointercancel", (event) => this.#up(event));
    surface.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
  }

  #down(event) {
    if (event.button > 1) return;
    event.preventDefault();
    this.#surface.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    if (this.#pointers.size === 1 && event.button === 0) this.#begin(event);
    else if (performance.now() - this.#startedAt < PINCH_WITHIN) this.#drop();
    else this.#finish();
  }

  #move(event) {
    const before = this.#pointers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.offsetX, y: event.offsetY };
    if (this.stroke) {
      const passed = event.getCoalescedEvents?.() ?? [];
      for (const point of passed.length > 0 ? passed : [event]) this.#extend(point);
      this.#showSometimes();
    } else {
      this.#moveSheet(event.pointerId, before, now);
    }
    this.#pointers.set(event.pointerId, now);
  }

  #up(event) {
    this.#pointers.delete(event.pointerId);
    this.#finish();
  }

  #begin({ offsetX, offsetY, pointerType }) {
    const { x, y } = this.#view.toBoard(offsetX, offsetY);
    this.stroke = { id: newId(), ...this.#brush(), points: [x, y] };
    this.#shown = 0;
    this.#startedAt = performance.now();
    this.#shownAt = this.#startedAt + (pointerType === "touch" ? PINCH_WITHIN : 0);
    this.dispatchEvent(new Event("ink"));
  }

  #extend(event) {
    const { points } = this.stroke;
    const next = this.#view.toBoard(event.offsetX, event.offsetY);
    const step = Math.hypot(next.x - points.at(-2), next.y - points.at(-1));
    if (step < MIN_STEP / this.#view.scale) return;
    points.push(next.x, next.y);
    this.dispatchEvent(new Event("ink"));
    if (points.length < 2 * MAX_POINTS) return;
    this.#finish();
    this.#begin(event);
  }

  #showSometimes() {
    const now = performance.now();
    if (now - this.#shownAt < SHOW_EVERY) return;
    const { points, ...stroke } = this.stroke;
    if (points.length > this.#shown) {
      const piece = { ...stroke, points: points.slice(this.#shown) };
      this.dispatchEvent(new CustomEvent("piece", { detail: piece }));
    }
    this.#shown = points.length;
    this.#shownAt = now;
  }

  #finish() {
    const stroke = this.stroke;
    this.#drop();
    if (stroke) this.dispatchEvent(new CustomEvent("stroke", { detail: stroke }));
  }

  #drop() {
    this.stroke = undefined;
    this.dispatchEvent(new Event("ink"));
  }

  #moveSheet(id, before, now) {
    const other = [...this.#pointers].find(([otherId]) => otherId !== id)?.[1];
    if (other) {
      const factor = Math.hypot(now.x - other.x, now.y - other.y) / Math.hypot(before.x - other.x, before.y - other.y);
      this.#view.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
      if (Number.isFinite(factor) && factor > 0)
        this.#view.zoomAt(factor, (now.x + other.x) / 2, (now.y + other.y) / 2);
    } else {
      this.#view.pan(now.x - before.x, now.y - before.y);
    }
    this.dispatchEvent(new Event("move"));
  }

  #wheel(event) {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
    if (event.ctrlKey || event.metaKey)
      this.#view.zoomAt(Math.exp(-event.deltaY * unit * 0.005), event.offsetX, event.offsetY);
    else this.#view.pan(-event.deltaX * unit, -event.deltaY * unit);
    this.dispatchEvent(new Event("move"));
  }
}
