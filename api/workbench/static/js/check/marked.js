// A textarea with highlights: a copy of its text lies behind it, in the same type, and is marked there.
// Places are UTF-16 units, as JavaScript counts; the server gives them as utf16_start and utf16_end.
import { all, el } from "../core/dom.js";

const RANK = ["violation", "review", "exempt"];

export class Marked {
  #marks = [];
  #before;

  /** `field`: a textarea alone in a `.marked`. */
  constructor(field) {
    this.field = field;
    this.behind = el("div", { class: "behind", "aria-hidden": "true" });
    field.before(this.behind);
    this.#before = field.value;
    field.addEventListener("input", () => this.#follow());
    this.#draw();
  }

  /** Marks the words: `[{ start, end, number, disposition }]`; `number` tells which finding. */
  show(marks) {
    this.#marks = marks;
    this.#before = this.field.value;
    this.#draw();
  }

  /** The <mark> under a point of the window; null if none. */
  at(x, y) {
    return document.elementsFromPoint(x, y).find((seen) => seen.matches("mark") && this.behind.contains(seen)) ?? null;
  }

  /** The <mark> at a place in the text; null if none. */
  around(place) {
    const marks = all("mark", this.behind).map((mark) => [mark, Number(mark.dataset.start), Number(mark.dataset.end)]);
    const found = marks.find(([, start, end]) => start <= place && place < end) ?? marks.find(([, , end]) => place === end);
    return found?.[0] ?? null;
  }

  /** All <mark>s of a finding. */
  of(number) {
    return all("mark", this.behind).filter((mark) => numbersOf(mark).includes(number));
  }

  /** Selects the words of a mark and shows them. */
  select(mark) {
    this.field.focus({ preventScroll: true });
    this.field.setSelectionRange(Number(mark.dataset.start), Number(mark.dataset.end));
    mark.scrollIntoView({ block: "nearest" });
  }

  /** Until the answer for the new text comes, marks move with their words; those that were changed go. */
  #follow() {
    const [was, is] = [this.#before, this.field.value];
    const head = common(was, is, (text, at) => text[at]);
    const most = Math.min(was.length, is.length) - head;
    const tail = Math.min(most, common(was, is, (text, at) => text[text.length - 1 - at]));
    const moved = is.length - was.length;
    this.#marks = this.#marks.flatMap((mark) => {
      if (mark.end <= head) return [mark];
      return mark.start >= was.length - tail ? [{ ...mark, start: mark.start + moved, end: mark.end + moved }] : [];
    });
    this.#before = is;
    this.#draw();
  }

  #draw() {
    const text = this.field.value;
    const cuts = [0, text.length, ...this.#marks.flatMap(({ start, end }) => [start, end])];
    const places = [...new Set(cuts)].sort((a, b) => a - b);
    const pieces = places.slice(1).map((end, at) => this.#piece(text, places[at], end));
    this.behind.replaceChildren(...pieces, "\u200b");
  }

  #piece(text, start, end) {
    const over = this.#marks.filter((mark) => mark.start <= start && end <= mark.end);
    const words = text.slice(start, end);
    if (over.length === 0) return words;
    const worst = RANK.find((one) => over.some(({ disposition }) => disposition === one));
    const numbers = over.map(({ number }) => number).join(" ");
    return el("mark", { class: worst, "data-findings": numbers, "data-start": start, "data-end": end }, words);
  }
}

/** Which findings a <mark> is of. */
export const numbersOf = (mark) => mark.dataset.findings.split(" ").map(Number);

function common(one, other, unit) {
  const most = Math.min(one.length, other.length);
  let count = 0;
  while (count < most && unit(one, count) === unit(other, count)) count += 1;
  return count;
}
