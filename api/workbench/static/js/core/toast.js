// Short messages in the corner, read out by screen readers.
import { el, one } from "./dom.js";

const STAY_MS = 8000;

/** `toast("已保存")`, `toast(problem.text, { kind: "bad" })`, `toast("已确认 3 条", { action: "撤销", run })`.
 * Bad ones and ones with an action stay longer; Escape or × takes one away. Returns a function that does so. */
export function toast(text, { kind = "good", action = null, run = null } = {}) {
  const close = () => shown.remove();
  const act = () => {
    close();
    run();
  };
  const shown = el(
    "div",
    { class: `toast ${kind}` },
    el("p", {}, text),
    action && el("button", { type: "button", onclick: act }, action),
    el("button", { type: "button", class: "close", "aria-label": "关闭提示", onclick: close }, "×"),
  );
  one("#toasts").append(shown);
  setTimeout(close, kind === "bad" || action ? STAY_MS * 3 : STAY_MS);
  return close;
}

/** Shows an ApiProblem; any other error is a bug and is thrown on, so that the console has it. */
export function showProblem(error) {
  if (error.name === "AbortError") return;
  if (error.text === undefined) throw error;
  toast(error.text, { kind: "bad" });
}
