/** The dots of the paper are this many board units apart. */
const DOTS = 500;

/**
 * Paints a drawing: finished strokes on one canvas, which is painted anew only when the view changes or strokes go,
 * strokes being drawn on another above it.
 */
export class Sheet {
  #strokes;
  #ink;
  #drawing;
  #view;
  #own;
  #stale = new Set();

  /**
   * @param {{strokes: HTMLCanvasElement, ink: HTMLCanvasElement}} canvases
   * @param {() => object | undefined} own the stroke that is being drawn here
   */
  constructor(canvases, drawing, view, own) {
    this.#strokes = canvases.strokes;
    this.#ink = canvases.ink;
    this.#drawing = drawing;
    this.#view = view;
    this.#own = own;
    drawing.addEventListener("append", ({ detail }) => this.#append(detail));
    drawing.addEventListener("redraw", () => this.repaint());
    drawing.addEventListener("ink", () => this.repaintInk());
    new ResizeObserver(() => this.#resize()).observe(canvases.strokes);
  }

  /** Paints all anew with the next frame. */
  repaint() {
    this.#later("all");
  }

  /** Paints what is being drawn anew with the next frame. */
  repaintInk() {
    this.#later("ink");
  }

  #later(what) {
    if (this.#stale.size === 0) requestAnimationFrame(() => this.#paint());
    this.#stale.add(what);
  }

  #paint() {
    const all = this.#stale.has("all");
    this.#stale.clear();
    if (all) {
      const context = this.#prepare(this.#strokes, true);
      for (const stroke of this.#drawing.strokes.values()) paintStroke(context, stroke);
      this.#placeDots();
    }
    const context = this.#prepare(this.#ink, true);
    for (const stroke of this.#drawing.ink.values()) paintStroke(context, stroke);
    const own = this.#own();
    if (own) paintStroke(context, own);
  }

  #append(stroke) {
    if (!this.#stale.has("all")) paintStroke(this.#prepare(this.#strokes, false), stroke);
  }

  #prepare(canvas, clear) {
    const context = canvas.getContext("2d");
    const ratio = canvas.width / canvas.clientWidth;
    const { origin, scale } = this.#view;
    context.setTransform(1, 0, 0, 1, 0, 0);
    if (clear) context.clearRect(0, 0, canvas.width, canvas.height);
    context.setTransform(scale * ratio, 0, 0, scale * ratio, origin.x * ratio, origin.y * ratio);
    context.lineCap = "round";
    context.lineJoin = "round";
    return context;
  }

  #placeDots() {
    const { origin, scale } = this.#view;
    let gap = DOTS * scale;
    while (gap < 18) gap *= 2;
    const style = this.#strokes.style;
    style.backgroundSize = `${gap}px ${gap}px`;
    style.backgroundPosition = `${origin.x}px ${origin.y}px`;
  }

  #resize() {
    const { clientWidth: width, clientHeight: height } = this.#strokes;
    for (const canvas of [this.#strokes, this.#ink]) {
      canvas.width = Math.round(width * devicePixelRatio);
      canvas.height = Math.round(height * devicePixelRatio);
    }
    this.#view.resize(width, height);
    this.repaint();
  }
}

/** A smooth line through the middles between points, or a dot. */
function paintStroke(context, { color, width, points }) {
  if (points.length === 0) return;
  const [x, y] = points;
  context.beginPath();
  context.strokeStyle = color;
  context.lineWidth = width;
  context.moveTo(x, y);
  for (let at = 2; at < points.length - 2; at += 2) {
    const middleX = (points[at] + points[at + 2]) / 2;
    const middleY = (points[at + 1] + points[at + 3]) / 2;
    context.quadraticCurveTo(points[at], points[at + 1], middleX, middleY);
  }
  context.lineTo(points.at(-2), points.at(-1));
  context.stroke();
}
