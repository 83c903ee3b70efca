// The table of a file's columns, each with what it is used for; a person may say otherwise.
import { all, el, one } from "../core/dom.js";

const ROLELESS = ["field", "unused"];
const SHOWN = 2;

export class Columns {
  #first = null;
  #shown = [];

  /** `box`: where the table is; `changed()` is called when a person chose something. */
  constructor(box, changed) {
    this.box = box;
    this.rows = one("tbody", box);
    this.rows.addEventListener("change", ({ target }) => {
      this.#only(target);
      changed();
    });
  }

  /** Shows what the server takes each column for. What it took them for at first is what differences count from. */
  show(columns) {
    this.#first ??= columns.map(({ use }) => use);
    if (this.rows.children.length !== columns.length) this.rows.replaceChildren(...columns.map((column, at) => this.#row(column, at, columns)));
    columns.forEach(({ use }, at) => {
      this.#select(at).value = use;
      this.rows.children[at].classList.toggle("unused", use === "unused");
    });
    this.#shown = columns;
    this.box.hidden = columns.length === 0;
  }

  /** What /v1 is to be told: `map` for roles, `scan` for columns without one; nothing where nothing was changed. */
  options() {
    const said = { map: {}, scan: {} };
    this.#shown.forEach(({ name }, at) => {
      const use = this.#select(at).value;
      if (use === this.#first[at]) return;
      if (ROLELESS.includes(use)) said.scan[name] = use === "field";
      else said.map[use] = name;
    });
    return said;
  }

  #select(at) {
    return one("select", this.rows.children[at]);
  }

  #row({ name, samples }, at, columns) {
    const row = one("#column-row").content.firstElementChild.cloneNode(true);
    const label = name || `第 ${at + 1} 列`;
    one("th", row).textContent = label;
    const select = one("select", row);
    select.setAttribute("aria-label", `“${label}”的用途`);
    select.disabled = name === "" || columns.findIndex((other) => other.name === name) !== at;
    one(".samples", row).append(...samples.filter((text) => text.trim()).slice(0, SHOWN).map((text) => el("span", {}, text)));
    row.hidden = name === "" && samples.every((text) => !text.trim());
    return row;
  }

  /** A role has one column: the one that had it is scanned under its name. */
  #only(chosen) {
    if (ROLELESS.includes(chosen.value)) return;
    for (const other of all("select", this.rows)) {
      if (other !== chosen && other.value === chosen.value) other.value = "field";
    }
  }
}
