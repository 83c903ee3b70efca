// Puts a batch's numbers where the page shows them.
import { all, one } from "../core/dom.js";
import { number } from "./words.js";

const COUNTS = ["rows_done", "ads_flagged", "findings", "rows_failed"];

/** Fills bars and `data-cell`s within `root`. */
export function show(batch, root) {
  for (const name of COUNTS) {
    all(`[data-cell=${name}]`, root).forEach((cell) => (cell.textContent = number(batch[name])));
  }
  const total = batch.rows_total === null ? "" : ` / ${number(batch.rows_total)}`;
  const rows = one("[data-cell=rows]", root);
  if (rows) rows.textContent = `${number(batch.rows_done)}${total} 行`;
  const bar = one("progress", root);
  if (bar && batch.rows_total) Object.assign(bar, { max: batch.rows_total, value: batch.rows_done });
}
