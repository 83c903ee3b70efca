// The pages of one case, and the hand-over: steps, reviews, labels, attachments, a second look.
import { all, on, one } from "./core/dom.js";
import { keys } from "./core/keys.js";
import { show, useForms } from "./core/forms.js";
import { useUploads } from "./core/upload.js";

const split = (text) => [...new Set(text.split(/[\s,，、;；]+/).filter(Boolean))];
const exact = new Map();

const bodies = {
  labels: (form) => ({ labels: split(form.elements.labels.value) }),
  recheck: (form) => ({ reason: form.elements.reason.value, captures: captures(form) }),
};
const following = {
  handover: ({ case_ids: moved }, { to_id: taker }) => [
    `已移交 ${moved.length} 件案件`,
    `/cases?view=list&assignee_id=${taker}`,
  ],
};

/** What was typed of the ads; one whose text is empty was not looked at. */
function captures(form) {
  const typed = form.elements.captured_at.value;
  const at = typed ? { captured_at: new Date(typed).toISOString() } : {};
  return all("[data-ad]", form)
    .filter((part) => one("[data-part=text]", part).value.trim())
    .map((part) => ({ ad_id: part.dataset.ad, ...wording(part), ...at }));
}

function wording(part) {
  const text = one("[data-part=text]", part);
  const kept = exact.get(text);
  const columns = all("[data-column]", part).filter((field) => field.value);
  return {
    title: one("[data-part=title]", part).value,
    text: kept && kept.shown === text.value ? kept.text : text.value,
    fields: Object.fromEntries(columns.map((field) => [field.dataset.column, field.value])),
  };
}

/** Fills in the last wording; a text area changes line ends, so the exact text is remembered. */
function fillSame(_, button) {
  const field = one(`#${button.dataset.same}`);
  const text = JSON.parse(button.dataset.text);
  field.value = text;
  exact.set(field, { text, shown: field.value });
  field.focus();
}

function openReview(_, button) {
  const dialog = show("review");
  const form = one("form", dialog);
  form.setAttribute("action", button.dataset.review);
  form.elements.decision.value = button.dataset.decision;
  one("h2", dialog).textContent = button.dataset.title;
}

function addLabel(_, button) {
  const field = one(`#${button.dataset.addTo}`);
  field.value = [...new Set([...split(field.value), button.textContent.trim()])].join("、");
  field.focus();
}

useForms(bodies, following);
on("click", "[data-review]", openReview);
on("click", "[data-add-to]", addLabel);
on("click", "[data-same]", fillSame);
useUploads("个附件");
const note = one("#note");
if (note) keys({ n: { label: "写备注", run: () => note.focus() } });
