// One report: what an officer does with it, who made it (behind a reason), what it belongs to.
import { openCase } from "./case_open.js";
import { leave } from "./core/after.js";
import { api } from "./core/api.js";
import { open } from "./core/dialog.js";
import { el, on, one } from "./core/dom.js";
import { show, useForms } from "./core/forms.js";
import { keys } from "./core/keys.js";
import { showProblem } from "./core/toast.js";
import { useUploads } from "./core/upload.js";
import { save, useDownloads } from "./complaint/download.js";
import { useReplies } from "./complaint/reply.js";

const PARTS = {
  name: "姓名",
  contact: "联系方式",
  text: "原文",
  ad_text: "招聘广告原文",
  ad_url: "招聘广告网址",
};

const bodies = {
  handoff: ({ elements }) => ({ reason: elements.reason.value }),
};
const following = {
  async identity(found) {
    one("#identity").close();
    await open("反映人身份", told(found), { ok: "关闭", cancel: null });
    return ["已记入办理经过和审计日志"];
  },
  handoff(copy) {
    const { done, then } = one("#handoff form").dataset;
    if (one("#handoff form").elements.as.value === "print") return ["", then];
    save(new Blob([JSON.stringify(copy, null, 1)], { type: "application/json" }), `转办件-${copy.number}.json`);
    return [done];
  },
};

/** What is sealed, for the one dialog that shows it. */
function told(found) {
  const parts = Object.entries(PARTS).filter(([name]) => found[name]);
  const shown = parts.flatMap(([name, label]) => [el("dt", {}, label), el("dd", {}, found[name])]);
  const more = found.additions.flatMap((text) => [el("dt", {}, "补充"), el("dd", {}, text)]);
  return el("dl", { class: "facts" }, shown, more);
}

async function decide(_, { dataset: { link, status } }) {
  try {
    await api.post(link, { status });
    leave(status === "joined" ? "已合并" : "已排除");
  } catch (error) {
    showProblem(error);
  }
}

/** Opens a case from an ad's findings and, for who may, joins the report to it. */
async function openFrom(_, { dataset }) {
  const opened = await openCase(JSON.parse(dataset.case));
  if (!opened || !("joins" in dataset)) return;
  try {
    const links = await api.get(dataset.links);
    const link = links.find(({ kind, target_id: target }) => kind === "case" && target === opened.id);
    if (link) await api.post(`${dataset.links}/${link.id}`, { status: "joined" });
    leave(`线索已归入案件 ${opened.number}`);
  } catch (error) {
    showProblem(error);
  }
}

function chooseRoute(_, { dataset: { route, reason } }) {
  const { elements } = one("form", show("route"));
  elements.route.value = route;
  elements.reason.value = reason;
}

useForms(bodies, following);
useUploads("份材料");
useDownloads();
useReplies();
on("click", "[data-link]", decide);
on("click", "[data-case]", openFrom);
on("click", "[data-route]", chooseRoute);
on("click", "[data-original]", (_, { dataset }) => one("form", show("original")).setAttribute("action", dataset.original));

const opens = (id) => () => show(id);
if (one("#urgency")) {
  keys({
    u: { label: "调整紧急程度", run: opens("urgency") },
    t: { label: "认定投诉或举报", run: opens("kind") },
    a: { label: "分派", run: opens("assign") },
    h: { label: "转办件", run: opens("handoff") },
    l: { label: "到建议的关联", run: () => one("#links button")?.focus() },
    r: { label: "答复反映人", run: () => one("#template").focus() },
    n: { label: "写备注", run: () => one("#note").focus() },
    s: { label: "到下一步", run: () => one("[data-open^=step-]")?.focus() },
  });
}
