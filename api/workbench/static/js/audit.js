// Has the whole log checked, and says what was found.
import { api } from "./core/api.js";
import { el, one } from "./core/dom.js";
import { values } from "./core/form.js";
import { showProblem } from "./core/toast.js";

const form = one("#verify");
const place = one("#verdict");
const SHOWN = 20;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = one("button", form);
  button.disabled = true;
  place.replaceChildren(el("p", { class: "soft" }, "正在校验……"));
  try {
    const verdict = await api.get(`/v1/audit/verification?${new URLSearchParams(values(form))}`);
    place.replaceChildren(...told(verdict));
  } catch (error) {
    place.replaceChildren();
    showProblem(error);
  } finally {
    button.disabled = false;
  }
});

function told(verdict) {
  if (!verdict.intact) return [el("p", { class: "notice bad" }, broken(verdict)), list(verdict.breaks)];
  const range = verdict.entries ? `，序号 ${verdict.first} 至 ${verdict.last}` : "";
  const text = `完整：共 ${verdict.entries} 条${range}，没有发现改动。`;
  return [
    el("p", { class: "notice good" }, text),
    el("p", { class: "hint" }, `请另行保存，以便日后核对：序号 ${verdict.last}，哈希值 `, el("code", {}, verdict.hash)),
  ];
}

function broken({ broken: number, breaks }) {
  const more = number > SHOWN || breaks.length > SHOWN ? `（只列前 ${SHOWN} 处）` : "";
  return `发现 ${number} 处问题${more}。请立即停止使用本库中的记录作为证据，并与备份核对。`;
}

function list(breaks) {
  const lines = breaks.slice(0, SHOWN).map(({ number, problem }) => el("li", {}, `第 ${number} 条：${problem}`));
  return el("ul", {}, lines);
}
