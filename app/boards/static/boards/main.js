import { Connection } from "./connection.js";
import { Drawing } from "./drawing.js";
import { newId } from "./ids.js";
import { Outbox } from "./outbox.js";
import { Pen } from "./pen.js";
import { Session } from "./session.js";
import { Sheet } from "./sheet.js";
import { showStatus } from "./status.js";
import { Brush, share, toast } from "./toolbar.js";
import { View } from "./view.js";

const board = document.body.dataset.board;
const element = (id) => document.getElementById(id);

// A tab is an author: it undoes its own strokes, also after a reload.
sessionStorage.author ??= newId();
const author = sessionStorage.author;

const drawing = new Drawing();
const view = new View();
const brush = new Brush(element("brush"));
const pen = new Pen(element("ink"), view, () => ({ color: brush.color, width: brush.width }));
const sheet = new Sheet({ strokes: element("strokes"), ink: element("ink") }, drawing, view, () => pen.stroke);

const scheme = location.protocol === "https:" ? "wss:" : "ws:";
const connection = new Connection(`${scheme}//${location.host}/ws/boards/${board}`);
const session = new Session(connection, drawing, new Outbox(sessionStorage, `outbox:${board}`), author);

function refresh() {
  element("undo").disabled = !drawing.newestOf(author);
  element("clear").disabled = drawing.strokes.size === 0;
  showStatus(session, drawing);
}

function undo() {
  const stroke = drawing.newestOf(author);
  if (stroke) session.erase([stroke.id]);
}

function fit() {
  view.show(drawing.bounds());
  sheet.repaint();
}

pen.addEventListener("ink", () => sheet.repaintInk());
pen.addEventListener("move", () => sheet.repaint());
pen.addEventListener("piece", ({ detail }) => session.show(detail));
pen.addEventListener("stroke", ({ detail }) => session.draw(detail));
session.addEventListener("change", refresh);
session.addEventListener("joined", () => pen.stroke || fit(), { once: true });
session.addEventListener("refused", ({ detail }) => toast(`The server refused this: ${detail}`));
drawing.addEventListener("append", refresh);
drawing.addEventListener("redraw", refresh);

element("undo").addEventListener("click", undo);
element("clear").addEventListener("click", () => element("clear-dialog").showModal());
element("clear-dialog").addEventListener("close", ({ target }) => {
  if (target.returnValue === "clear") session.erase([...drawing.strokes.keys()]);
  target.returnValue = "";
});
element("fit").addEventListener("click", fit);
element("share").addEventListener("click", () => share(document.title));
addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== "z") return;
  event.preventDefault();
  undo();
});

refresh();
connection.open();
