const REMEMBERED = "skechwime:brush";

/** The brush that the toolbar's form shows; it is remembered for the next visit. */
export class Brush {
  #form;

  constructor(form) {
    this.#form = form;
    for (const [name, value] of Object.entries(JSON.parse(localStorage.getItem(REMEMBERED) ?? "{}"))) {
      const input = form.querySelector(`input[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
      if (input) input.checked = true;
    }
    this.#apply();
    form.addEventListener("change", () => {
      localStorage.setItem(REMEMBERED, JSON.stringify(Object.fromEntries(new FormData(form))));
      this.#apply();
    });
  }

  get color() {
    return new FormData(this.#form).get("color");
  }

  get width() {
    return Number(new FormData(this.#form).get("width"));
  }

  #apply() {
    this.#form.style.setProperty("--brush", this.color);
  }
}

/** Says something for a few seconds. */
export function toast(text) {
  const element = document.querySelector("#toast");
  element.textContent = text;
  element.classList.add("shown");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => element.classList.remove("shown"), 4000);
}

/** Hands the board's address to someone else, by what the device offers for that. */
export async function share(title) {
  const url = location.href;
  try {
    if (navigator.share && matchMedia("(pointer: coarse)").matches) {
      await navigator.share({ title, url });
    } else {
      await navigator.clipboard.writeText(url);
      toast("Link copied: whoever opens it draws with you");
    }
  } catch (error) {
    if (error.name !== "AbortError") toast(url);
  }
}
