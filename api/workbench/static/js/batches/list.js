// Batches that are under way move in the list.
import { api } from "../core/api.js";
import { all, one } from "../core/dom.js";
import { show } from "./shown.js";

const LOOK_MS = 2000;
const UNFINISHED = ["queued", "running"];
const KINDS = { done: "good", failed: "bad", cancelled: "ask" };

async function look() {
  for (const row of all("tr[data-unfinished]")) {
    const batch = await api.get(`/v1/batches/${row.dataset.batch}`);
    show(batch, row);
    const badge = one("[data-cell=status] .badge", row);
    badge.className = `badge ${KINDS[batch.status] ?? ""}`;
    badge.textContent = JSON.parse(one("#batches").dataset.statuses)[batch.status];
    if (!UNFINISHED.includes(batch.status)) row.removeAttribute("data-unfinished");
  }
  if (one("tr[data-unfinished]")) setTimeout(look, LOOK_MS);
}

if (one("tr[data-unfinished]")) setTimeout(look, LOOK_MS);
