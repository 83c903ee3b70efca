// Opens a case from findings; the review page imports it.
import { api } from "./core/api.js";
import { el, one } from "./core/dom.js";
import { open } from "./core/dialog.js";
import { showProblem, toast } from "./core/toast.js";

/** Asks for a title (it may stay empty) and opens a case, or adds to the open case of the same ad or its copies.
 * `findingIds`: one to 200 findings of one ad or its near-copies. Gives the case, or null where none was opened. */
export async function openCase(findingIds, { title = "" } = {}) {
  const asked = await askTitle(findingIds.length, title);
  if (asked === null) return null;
  try {
    const opened = await api.post("/v1/cases", { finding_ids: findingIds, title: asked });
    const see = () => location.assign(`/cases/${opened.id}`);
    toast(`线索已归入案件 ${opened.number}`, { action: "打开案件", run: see });
    return opened;
  } catch (error) {
    showProblem(error);
    return null;
  }
}

function askTitle(count, title) {
  const field = el("input", { id: "case-title", name: "title", maxlength: 300, value: title, autocomplete: "off" });
  const content = [
    el("p", {}, `选中的 ${count} 条线索立为一案。同一广告或其近似副本已有未结案件的，并入该案。`),
    el("div", { class: "field" }, el("label", { for: "case-title" }, "案由（不填则为“用人单位：类别”）"), field),
  ];
  return open("立案", content, { ok: "立案", read: (form) => one("input", form).value.trim() });
}
