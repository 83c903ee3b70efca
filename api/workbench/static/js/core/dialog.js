// Modal dialogs on the browser's own <dialog>: focus stays inside, Escape cancels, focus returns.
import { el } from "./dom.js";

let count = 0;

/** Opens a dialog around `content` (nodes). `done` gets what the pressed button returns, or null on cancel. */
export function open(title, content, { ok = "确定", cancel = "取消", danger = false, read = () => true } = {}) {
  const heading = `dialog-${(count += 1)}`;
  return new Promise((resolve) => {
    const form = el(
      "form",
      { method: "dialog" },
      el("h2", { id: heading }, title),
      el("div", { class: "body" }, content),
      el(
        "div",
        { class: "actions" },
        cancel && el("button", { type: "button", onclick: () => shown.close() }, cancel),
        ok && el("button", { class: danger ? "danger" : "primary", value: "ok" }, ok),
      ),
    );
    const shown = el("dialog", { "aria-labelledby": heading }, form);
    shown.addEventListener("close", () => {
      shown.remove();
      resolve(shown.returnValue === "ok" ? read(form) : null);
    });
    document.body.append(shown);
    shown.showModal();
  });
}

/** Asks yes or no: true or false. */
export async function confirm(title, text = "", { ok = "确定", danger = false } = {}) {
  return (await open(title, text ? [el("p", {}, text)] : [], { ok, danger })) === true;
}

/** Asks for a text; null when cancelled. `presets` are offered as buttons that fill it in. */
export function ask(title, { label, value = "", presets = [], required = true, ok = "确定", danger = false }) {
  const text = el("textarea", { id: "dialog-text", rows: 3, required, maxlength: 2000 });
  text.value = value;
  const fill = (preset) => () => {
    text.value = preset;
    text.focus();
  };
  const offered = presets.map((preset) => el("button", { type: "button", class: "small", onclick: fill(preset) }, preset));
  const content = [
    el("div", { class: "field" }, el("label", { for: "dialog-text" }, label), text),
    offered.length > 0 && el("div", { class: "presets" }, offered),
  ];
  return open(title, content, { ok, danger, read: () => text.value.trim() });
}
