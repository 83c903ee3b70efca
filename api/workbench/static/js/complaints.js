// The list of reports: up and down with the keyboard.
import { all, one } from "./core/dom.js";
import { keys } from "./core/keys.js";

const rows = all(".complaints tbody a");

function step(by) {
  const at = rows.indexOf(document.activeElement);
  rows[Math.min(Math.max(0, at + by), rows.length - 1)]?.focus();
}

keys({
  j: { label: "下一件（回车打开）", run: () => step(1) },
  k: { label: "上一件", run: () => step(-1) },
  "/": { label: "筛选", run: () => one("#words").focus() },
});
const create = one('a[href="/complaints/new"]');
if (create) keys({ c: { label: "登记一件", run: () => create.click() } });
