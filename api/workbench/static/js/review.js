// 线索核查: one goes through the queue with the keyboard, judges, takes back.
import { on, one } from "./core/dom.js";
import { keys } from "./core/keys.js";
import { decide, judgesMany, openCase, undoLast } from "./review/acts.js";
import { chooseAll, follow, showChosen, step, toggle } from "./review/rows.js";
import { show, withCopies } from "./review/pane.js";

const desk = one("#review");
const may = one("[data-may-review]") !== null;

on("click", "#rows a", (event, link) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  follow(link);
});
on("click", "#pane [data-item]", (event, link) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link.dataset.item, link.dataset.copy);
});
on("click", "[data-step]", (_, button) => step(Number(button.dataset.step)));
on("click", "[data-decide]", (_, button) => decide(button.dataset.decide));
on("click", "[data-bulk]", (_, button) => judgesMany(button.dataset.bulk));
on("click", "[data-open-case]", openCase);
on("submit", ".decide", (event) => event.preventDefault());
on("click", "[data-more]", (_, button) => {
  const more = one("#more");
  more.hidden = !more.hidden;
  button.setAttribute("aria-expanded", String(!more.hidden));
});
on("change", "#rows input", showChosen);
on("change", "#all", (_, box) => chooseAll(box.checked));

if (desk) {
  keys({
    j: { label: "下一条", run: () => step(1) },
    k: { label: "上一条", run: () => step(-1) },
  });
}
if (desk && may) {
  const judging = (decision, own) => () => decide(decision, { own });
  keys({
    c: { label: "成立（按所选理由）", run: judging("confirmed") },
    d: { label: "不成立（按所选理由）", run: judging("dismissed") },
    e: { label: "属例外（按所选理由）", run: judging("exception") },
    C: { label: "成立，先选或写理由", run: judging("confirmed", true) },
    D: { label: "不成立，先选或写理由", run: judging("dismissed", true) },
    E: { label: "属例外，先选或写理由", run: judging("exception", true) },
    b: { label: "连同近似广告／只判本条", run: withCopies },
    x: { label: "选中或取消选中", run: toggle },
    a: { label: "选中本页全部", run: () => one("#all").click() },
    o: { label: "立案", run: openCase },
  });
}
if (may) keys({ u: { label: "撤销上一次结论", run: undoLast } });
keys({
  "/": { label: "筛选", run: () => one("#employer").focus() },
  Escape: { label: "回到列表", typing: true, run: () => one("#rows a[aria-current]")?.focus() },
});
one("#rows a[aria-current]")?.scrollIntoView({ block: "nearest" });
