// One batch: followed while it is scanned, stopped, taken up again.
import { api } from "./core/api.js";
import { confirm } from "./core/dialog.js";
import { on, one } from "./core/dom.js";
import { showProblem } from "./core/toast.js";
import { show } from "./batches/shown.js";
import { duration, number } from "./batches/words.js";

const { batch: id, live } = one("#batch").dataset;
const path = `/v1/batches/${id}`;

function pace({ status, cancel_requested, rows_total, rate, seconds_left }) {
  if (cancel_requested) return "正在停止：手上的一段完成后停下，已扫描的行会保留。";
  if (status === "queued") return "排队中，等待开始。";
  if (rows_total === null) return "正在清点行数。";
  const speed = rate === null ? "正在扫描" : `每秒 ${number(Math.round(rate))} 行`;
  return seconds_left === null ? `${speed}。` : `${speed}，约剩 ${duration(seconds_left)}。`;
}

function follow() {
  const events = new EventSource(`${path}/events`);
  events.addEventListener("progress", ({ data }) => {
    const batch = JSON.parse(data);
    show(batch, one("#main"));
    one("#pace").textContent = pace(batch);
  });
  events.addEventListener("end", () => {
    events.close();
    location.reload();
  });
}

async function change(action, button) {
  button.disabled = true;
  try {
    const batch = await api.post(`${path}/${action}`);
    if (batch.status !== "running") location.reload();
    else one("#pace").textContent = pace(batch);
  } catch (error) {
    button.disabled = false;
    showProblem(error);
  }
}

if (live !== undefined) follow();
on("click", "#cancel", async (_, button) => {
  const text = "已扫描的行和线索会保留，以后可以从停下的地方继续。";
  if (!(await confirm("取消这次扫描？", text, { ok: "取消扫描", danger: true }))) return;
  change("cancel", button);
});
on("click", "#retry", (_, button) => change("retry", button));
