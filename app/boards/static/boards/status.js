const TEXTS = { connecting: "Connecting…", live: "Live", offline: "Reconnecting…" };

/** Shows the connection's state, the number of people and what waits to be sent; also as data attributes of the body. */
export function showStatus(session, drawing) {
  const state = document.querySelector("#state");
  const people = document.querySelector("#people");
  const waiting = session.waiting;
  const text = waiting > 0 && session.state === "offline" ? `Offline · ${waiting} to send` : TEXTS[session.state];
  if (state.textContent !== text) state.textContent = text;
  people.hidden = session.state !== "live";
  const here = session.people === 1 ? "Only you here" : `${session.people} people here`;
  if (people.title !== here) {
    people.title = here;
    people.querySelector("b").textContent = session.people;
    people.querySelector("span").textContent = session.people === 1 ? " person here" : " people here";
  }
  Object.assign(document.body.dataset, {
    state: session.state,
    people: session.people,
    waiting,
    strokes: drawing.strokes.size,
  });
}
