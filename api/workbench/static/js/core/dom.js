// Builds and finds elements. Text is always text: nothing here takes HTML.

/** The first element that fits, or null. */
export const one = (selector, within = document) => within.querySelector(selector);

/** All elements that fit, as an array. */
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/** `el("button", { class: "primary", onclick: run, disabled: true }, "保存")`.
 * Functions are listeners, true and false are bare attributes, null leaves the attribute out. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.replace(/^on/, ""), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child != null && child !== false));
  return made;
}

/** Listens on `root` for events of whatever fits the selector, also what is added later. */
export function on(type, selector, run, root = document) {
  root.addEventListener(type, (event) => {
    const target = event.target instanceof Element ? event.target.closest(selector) : null;
    if (target) run(event, target);
  });
}

/** Calls `run` once `ms` have passed since the last call. */
export function debounced(run, ms) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...given), ms);
  };
}
