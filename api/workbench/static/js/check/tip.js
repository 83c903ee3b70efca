// The tooltip at marked words: follows the pointer from mark to mark, can itself be pointed at, Escape closes it.
import { el } from "../core/dom.js";

const LEAVE_MS = 200;
const GAP = 6;

export class Tip {
  #leaving;
  #mark = null;

  constructor() {
    this.shown = el("div", { class: "tip", role: "tooltip", hidden: true });
    document.body.append(this.shown);
    this.shown.addEventListener("pointerenter", () => clearTimeout(this.#leaving));
    this.shown.addEventListener("pointerleave", () => this.leave());
    addEventListener("scroll", () => this.close(), true);
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.close());
  }

  /** Shows `content()` below the mark, or above it where there is no room. */
  open(mark, content) {
    clearTimeout(this.#leaving);
    if (mark === this.#mark) return;
    this.#mark = mark;
    this.shown.replaceChildren(...content());
    this.shown.hidden = false;
    const words = mark.getClientRects()[0];
    const { offsetWidth: width, offsetHeight: height } = this.shown;
    const below = words.bottom + GAP + height <= innerHeight || words.top < height + GAP;
    const left = Math.max(GAP, Math.min(words.left, innerWidth - width - GAP));
    this.shown.style.left = `${left}px`;
    this.shown.style.top = `${below ? words.bottom + GAP : words.top - height - GAP}px`;
  }

  /** Closes it soon, unless the pointer comes back. */
  leave() {
    clearTimeout(this.#leaving);
    this.#leaving = setTimeout(() => this.close(), LEAVE_MS);
  }

  close() {
    clearTimeout(this.#leaving);
    this.#mark = null;
    this.shown.hidden = true;
  }
}
