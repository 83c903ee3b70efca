// 快速检查: checks the ad while it is typed, marks the words, shows the cards and the ad rewritten.
import { api } from "./core/api.js";
import { all, debounced, on, one } from "./core/dom.js";
import { keys } from "./core/keys.js";
import { toast } from "./core/toast.js";
import { cardsOf, tipOf } from "./check/cards.js";
import { Marked, numbersOf } from "./check/marked.js";
import { summary } from "./check/summary.js";
import { Tip } from "./check/tip.js";
import { copy } from "./copy.js";
import { latest } from "./latest.js";

const WAIT_MS = 250;
const HEADROOM = 8; // pixels kept above the card that is scrolled to
const form = one("#ad");
const fields = { title: new Marked(form.elements.title), text: new Marked(form.elements.text) };
const state = one("#state");
const cards = one("#findings");
const tip = new Tip();
let rewritten = {};
let current = 0; // the number of the finding that was last pointed at

/** What JSON cannot carry, lone halves of a pair and NUL, as U+FFFD: places stay what they were. */
const sendable = (text) => text.replace(/\p{Surrogate}|\0/gu, "\ufffd");

function typed() {
  const ad = { title: sendable(form.elements.title.value), text: sendable(form.elements.text.value) };
  return form.elements.posted_on.value ? { ...ad, posted_on: form.elements.posted_on.value } : ad;
}

const check = latest((ad, signal) => api.post("/v1/scan", ad, { signal }), {
  answered(report, ad) {
    if (JSON.stringify(ad) === JSON.stringify(typed())) show(report, ad);
  },
  failed(error) {
    state.classList.add("bad");
    state.textContent = error.text ?? "检查时出错。请刷新页面后重试。";
    if (error.text === undefined) throw error;
  },
});
const checkSoon = debounced(() => {
  const ad = typed();
  check(ad.title.trim() || ad.text.trim() ? ad : null);
}, WAIT_MS);

function show(report, ad) {
  for (const [name, marked] of Object.entries(fields)) marked.show(marksIn(report, name));
  cards.replaceChildren(...cardsOf(report));
  tip.close();
  say(summary(report.findings));
  showRewritten(report, ad);
  current = 0;
  pointAtCaret();
}

function marksIn(report, field) {
  return report.findings.flatMap(({ spans, disposition }, at) =>
    spans
      .filter((span) => span.field === field)
      .map((span) => ({ start: span.utf16_start, end: span.utf16_end, number: at + 1, disposition })),
  );
}

function say(text) {
  state.classList.remove("bad");
  state.textContent = text;
  one("#examples").hidden = text !== "";
}

function showRewritten(report, ad) {
  const changed = Object.fromEntries(report.rewrite.map(({ field, text }) => [field, text]));
  rewritten = { title: ad.title, text: ad.text, ...changed };
  one("#rewrite").hidden = report.rewrite.length === 0;
  one("#incomplete").hidden = report.rewrite.every(({ complete }) => complete);
  one("#rewritten").textContent = asOne(rewritten);
}

const asOne = ({ title, text }) => [title, text].filter((part) => part.trim()).join("\n");

function changed(event) {
  tip.close();
  if (event?.isComposing) return;
  if (!asOne(typed())) clear();
  checkSoon();
}

function clear() {
  check(null);
  Object.values(fields).forEach((marked) => marked.show([]));
  cards.replaceChildren();
  one("#rewrite").hidden = true;
  say("");
}

/** Puts text in the field as if it were typed, so that the browser can undo it. */
function put(field, text) {
  if (field.value === text) return;
  field.focus();
  field.select();
  const typedIn = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (typedIn) return;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** The cards of the words at the caret stand out. */
function pointAtCaret() {
  const marked = Object.values(fields).find(({ field }) => field === document.activeElement);
  const mark = marked?.around(marked.field.selectionStart);
  const numbers = mark ? numbersOf(mark) : [];
  if (!numbers.includes(current)) current = numbers[0] ?? current;
  all(".finding", cards).forEach((card, at) => card.classList.toggle("current", numbers.includes(at + 1)));
  const [card] = all(".finding.current", cards);
  if (card) one(".found").scrollTop = card === cards.firstElementChild ? 0 : card.offsetTop - HEADROOM;
}

function openTip(mark) {
  tip.open(mark, () => numbersOf(mark).map((number) => one(`#finding-${number}`)).filter(Boolean).map(tipOf));
}

for (const marked of Object.values(fields)) {
  marked.field.addEventListener("pointermove", (event) => {
    const mark = marked.at(event.clientX, event.clientY);
    if (mark) openTip(mark);
    else tip.leave();
  });
  marked.field.addEventListener("pointerleave", () => tip.leave());
  marked.field.addEventListener("click", (event) => {
    const mark = marked.at(event.clientX, event.clientY);
    if (mark) openTip(mark);
  });
}
document.addEventListener("selectionchange", () => pointAtCaret());

function go(number) {
  current = number;
  for (const marked of Object.values(fields)) {
    const [mark] = marked.of(number);
    if (mark) {
      marked.select(mark);
      return;
    }
  }
}

function step(by) {
  const count = all(".finding", cards).length;
  if (count === 0) return;
  const next = current === 0 && by < 0 ? count : current + by;
  go(((next - 1 + count) % count) + 1);
}

form.addEventListener("input", changed);
form.addEventListener("compositionend", changed);
form.addEventListener("submit", (event) => event.preventDefault());
form.elements.title.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  form.elements.text.focus();
});
on("click", "[data-go]", (_, button) => go(Number(button.dataset.go)));
on("click", "[data-example]", (_, button) => put(form.elements.text, button.dataset.example));
on("click", "#clear", () => {
  for (const { field } of Object.values(fields)) put(field, "");
  form.elements.text.focus();
});
on("click", "#copy", async () => {
  const done = await copy(asOne(rewritten));
  if (done) toast("已复制改写后的广告");
  else toast("浏览器不允许复制。请选中文字后按 Ctrl+C。", { kind: "bad" });
});
on("click", "#adopt", () => {
  put(form.elements.title, rewritten.title);
  put(form.elements.text, rewritten.text);
  toast("已替换原文，可按 Ctrl+Z 撤销");
});
keys({
  F8: { label: "跳到下一处（Shift 上一处）", typing: true, run: (event) => step(event.shiftKey ? -1 : 1) },
});
// the browser may have kept what was typed before a reload
if (asOne(typed())) changed();
