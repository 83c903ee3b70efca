// Files that are given out behind a reason: the answer to a form is saved, never shown.
import { leave } from "../core/after.js";
import { request } from "../core/api.js";
import { el, on } from "../core/dom.js";
import { values } from "../core/form.js";
import { showProblem } from "../core/toast.js";

/** Hands a blob to the browser's downloads. */
export function save(blob, name) {
  const address = URL.createObjectURL(blob);
  el("a", { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}

/** Makes forms with `data-download` (the name where the answer gives none) save what they are answered. */
export function useDownloads() {
  on("submit", "form[data-download]", async (event, form) => {
    event.preventDefault();
    try {
      const answer = await request("POST", form.getAttribute("action"), values(form));
      save(await answer.blob(), nameOf(answer) ?? form.dataset.download);
      leave("已下载，并记入办理经过和审计日志");
    } catch (error) {
      showProblem(error);
    }
  });
}

function nameOf(answer) {
  const found = /filename\*=utf-8''([^;]+)/i.exec(answer.headers.get("Content-Disposition") ?? "");
  return found && decodeURIComponent(found[1]);
}
