// The queue at the left: where one is, what is chosen, what is done.
import { all, el, one } from "../core/dom.js";
import { show } from "./pane.js";

const rows = () => all("#rows .row");

/** The row of an item, or null where it is not on this page. */
export const rowOf = (id) => one(`#rows .row[data-id="${id}"]`);

const current = () => one("#rows a[aria-current]")?.closest(".row") ?? null;

/** Opens the item of a row beside the queue; focus stays on the row. */
export async function follow(link) {
  one("#rows a[aria-current]")?.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  link.focus({ preventScroll: true });
  link.closest(".row").scrollIntoView({ block: "nearest" });
  await show(link.closest(".row").dataset.id);
}

/** Goes `by` rows on; stays where there is none. */
export function step(by) {
  const list = rows();
  const at = list.indexOf(current());
  const next = list[at < 0 ? 0 : at + by];
  if (next) follow(one("a", next));
}

/** Goes to the next row that is not done; gives false where none is left. */
export function stepToOpen() {
  const list = rows();
  const at = list.indexOf(current());
  const open = (row) => !row.classList.contains("done");
  const next = list.slice(at + 1).find(open) ?? list.find(open);
  if (next) follow(one("a", next));
  return next !== undefined;
}

/** Marks items as judged, or takes the mark away where `label` is null. */
export function mark(ids, label) {
  for (const row of ids.map(rowOf).filter(Boolean)) {
    row.classList.toggle("done", label !== null);
    one(".decision", row).replaceChildren(...(label === null ? [] : [el("span", { class: "badge good" }, label)]));
    one("input", row).checked = false;
  }
  showChosen();
}

/** The ids whose boxes are ticked. */
export const chosen = () => rows().filter((row) => one("input", row)?.checked).map((row) => row.dataset.id);

export function toggle() {
  const box = current() && one("input", current());
  if (!box) return;
  box.checked = !box.checked;
  showChosen();
}

export function chooseAll(wanted) {
  for (const row of rows()) one("input", row).checked = wanted && !row.classList.contains("done");
  showChosen();
}

/** Says how many are chosen and offers to judge them together. */
export function showChosen() {
  if (!one("#count")) return;
  const count = chosen().length;
  one("#count").textContent = count > 0 ? `已选 ${count} 条` : "";
  one("#bulk").hidden = count === 0;
  if (count === 0) one("#all").checked = false;
}
