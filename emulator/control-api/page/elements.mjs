/**
 * Creates an element with attributes and children. Strings become text: nothing that an app prints is parsed as HTML.
 * @param {string} name
 * @param {Record<string, string | undefined>} attributes
 * @param {(Node | string)[]} children
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/**
 * The element of the page with this id.
 * @param {string} id
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no element ${id}`);
  return found;
}

/** @type {WeakMap<Element, string>} */
const shown = new WeakMap();

/**
 * Replaces the content of a place with what `build` makes of the data, unless the data has not changed. The focus stays
 * on the element with the same `data-key`.
 * @template T
 * @param {Element} place
 * @param {T} data
 * @param {(data: T) => Node[]} build
 */
export function show(place, data, build) {
  const text = JSON.stringify(data);
  if (shown.get(place) === text) return;
  shown.set(place, text);
  const { activeElement } = document;
  const key = place.contains(activeElement) ? activeElement?.getAttribute("data-key") : undefined;
  place.replaceChildren(...build(data));
  const again = [...place.querySelectorAll("[data-key]")].find((each) => each.getAttribute("data-key") === key);
  if (again instanceof HTMLElement) again.focus();
}
