// Judging, one or many at a stroke, and taking it back.
import { openCase as open } from "../case_open.js";
import { api } from "../core/api.js";
import { ask } from "../core/dialog.js";
import { all, el, one } from "../core/dom.js";
import { showProblem, toast } from "../core/toast.js";
import { includesCopies, keep, offered, opened, reasonOf, show } from "./pane.js";
import { chosen, follow, mark, rowOf, stepToOpen } from "./rows.js";

const KEPT = "review-acts";
const MOST = 100;
let busy = false;
let closeLast = () => {};

const acts = () => JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
const label = (decision) => one(`[data-bulk="${decision}"]`).textContent;
const keepActs = (list) => sessionStorage.setItem(KEPT, JSON.stringify(list.slice(-MOST)));

/** Judges what is chosen, or else what is open; `own` asks for the reason first. */
export async function decide(decision, { own = false } = {}) {
  if (chosen().length > 0) return judgesMany(decision);
  const item = opened();
  if (!item) return;
  const reason = own ? await askReason(decision, `判为“${label(decision)}”`, offered(decision)) : reasonOf(decision);
  if (!reason) return;
  if (own) keep(decision, reason);
  if (includesCopies()) await judge([item.id], decision, reason);
  else await judgeAlone(item, decision, reason);
}

/** Judges all that is chosen, after a reason was given. */
export async function judgesMany(decision) {
  const ids = chosen();
  const presets = all("option", one(`template[data-presets="${decision}"]`).content).map((choice) => choice.value);
  const reason = await askReason(decision, `把选中的 ${ids.length} 条判为“${label(decision)}”`, presets);
  if (!reason) return;
  await judge(ids, decision, reason);
}

const askReason = (decision, title, presets) =>
  ask(title, { label: "理由（写入案件和审计记录）", value: presets[0], presets, ok: label(decision) });

/** Sends a judgement, one at a time, and offers to take it back; undefined where it was refused. */
async function sent(path, body, ids, told) {
  if (busy) return undefined;
  busy = true;
  try {
    const answer = await api.post(path, body);
    const done = { act: answer.act_id, ids };
    keepActs([...acts(), done]);
    closeLast();
    closeLast = toast(told(answer), { action: "撤销", run: () => undo(done) });
    showAgreement();
    return answer;
  } catch (error) {
    showProblem(error);
    return undefined;
  } finally {
    busy = false;
  }
}

async function judge(ids, decision, reason) {
  const count = ids.length > 1 ? `${ids.length} 条` : "";
  const copies = (findings) => (findings > ids.length ? `，含近似广告共 ${findings} 条线索` : "");
  const told = ({ findings }) => `${count}已判${label(decision)}${copies(findings)}`;
  if (!(await sent("/v1/queue/reviews", { ids, decision, reason }, ids, told))) return;
  mark(ids, label(decision));
  if (!stepToOpen()) goOn();
}

/** One of several near-copies: the others remain to be judged. */
async function judgeAlone({ id, finding }, decision, reason) {
  const told = () => `本条已判${label(decision)}，近似广告未判`;
  if (await sent(`/v1/findings/${finding}/reviews`, { decision, reason }, [id], told)) await show(id, finding);
}

/** The page is done: the same address now holds what comes next. */
function goOn() {
  const place = new URL(location.href);
  ["item", "finding", "page"].forEach((name) => place.searchParams.delete(name));
  location.assign(place);
}

export function undoLast() {
  const last = acts().at(-1);
  if (last) undo(last);
  else toast("没有可以撤销的结论", { kind: "note" });
}

async function undo(done) {
  const forget = () => keepActs(acts().filter(({ act }) => act !== done.act));
  try {
    await api.delete(`/v1/reviews/${done.act}`);
  } catch (error) {
    if (error.status) forget();
    showProblem(error);
    return;
  }
  forget();
  mark(done.ids, null);
  toast("已撤销", { kind: "note" });
  showAgreement();
  back(done.ids[0]);
}

function back(id) {
  const row = rowOf(id);
  if (row) {
    follow(one("a", row));
    return;
  }
  const place = new URL(location.href);
  place.searchParams.set("item", id);
  place.searchParams.delete("finding");
  location.assign(place);
}

/** Opens a case of the item and its near-copies, or adds them to the open one. */
export async function openCase() {
  const item = opened();
  if (!item || !one("[data-open-case]")) return;
  const { id, finding, findings } = item;
  if (await open(includesCopies() ? findings.split(" ") : [finding])) await show(id, finding);
}

/** In two-person mode: how far one agrees with each colleague. */
async function showAgreement() {
  const table = one("#agreement");
  if (!table) return;
  const found = await api.get("/v1/reviews/agreement");
  const cell = (text) => el("td", { class: "count" }, text);
  const row = (pair) =>
    el(
      "tr",
      {},
      el("td", {}, pair.colleague),
      cell(String(pair.findings)),
      cell(`${(pair.observed * 100).toFixed(1)}%`),
      cell(pair.kappa === null ? "—" : pair.kappa.toFixed(2)),
    );
  one("tbody", table).replaceChildren(...found.map(row));
  table.hidden = found.length === 0;
}
