// Keys of a page. They rest while one types or a dialog is open, and are listed in the `?` dialog.
import { el } from "./dom.js";
import { open } from "./dialog.js";

const bound = new Map();
const NAMES = { " ": "空格", Enter: "回车", Escape: "Esc", ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→" };

/** `keys({ j: { label: "下一条", run() {} } })`. Names are those of KeyboardEvent.key, "Ctrl+Enter" with Ctrl.
 * Ones with `typing: true` also work inside a field. */
export function keys(wanted) {
  for (const [key, entry] of Object.entries(wanted)) bound.set(key, entry);
}

/** Shows what is bound. */
export function showKeys() {
  const row = ([key, { label }]) => el("tr", {}, el("td", {}, caps(key)), el("td", {}, label));
  const rows = [...bound].filter(([, entry]) => entry.label).map(row);
  return open("键盘快捷键", [el("table", { class: "keys" }, el("tbody", {}, rows))], { ok: "关闭", cancel: null });
}

function caps(key) {
  return key.split("+").map((part) => el("kbd", {}, NAMES[part] ?? part));
}

function isTyping(target) {
  const typed = "textarea, select, [contenteditable=true], input:not([type=checkbox], [type=radio], [type=button])";
  return target instanceof Element && target.matches(typed);
}

function press(event) {
  if (event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
  const entry = bound.get((event.ctrlKey ? "Ctrl+" : "") + event.key);
  if (!entry || document.querySelector("dialog[open]") || (isTyping(event.target) && !entry.typing)) return;
  event.preventDefault();
  entry.run(event);
}

document.addEventListener("keydown", press);
keys({ "?": { label: "显示快捷键", run: showKeys } });
