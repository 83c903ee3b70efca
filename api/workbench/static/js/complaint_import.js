// A table of reports is sent in; each row that was not taken is told.
import { api } from "./core/api.js";
import { el, one } from "./core/dom.js";
import { showProblem } from "./core/toast.js";

const form = one("#import");
const progress = one("[data-progress]", form);

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = one("button", form);
  button.disabled = true;
  progress.textContent = "正在逐行读取和判断…";
  try {
    show(await api.post(form.getAttribute("action"), new FormData(form)));
    form.reset();
  } catch (error) {
    showProblem(error);
  } finally {
    progress.textContent = "";
    button.disabled = false;
  }
});

function show({ taken, failed }) {
  const result = one("#result");
  const notice = one("[data-taken]", result);
  notice.textContent = `导入 ${taken} 件，${failed.length} 行没有导入。`;
  notice.className = failed.length > 0 ? "notice ask" : "notice good";
  one("[data-failed]", result).hidden = failed.length === 0;
  one("tbody", result).replaceChildren(...failed.map(rowOf));
  result.hidden = false;
  one("h2", result).focus();
}

function rowOf({ row, code, message }) {
  const why = el("td", {}, `${message} `, el("small", { class: "soft" }, code));
  return el("tr", {}, el("td", { class: "count" }, String(row)), why);
}
