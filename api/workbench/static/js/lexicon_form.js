// The form of a draft: what was typed as an entry of a rule file, sent to /v1; refusals show at their field.
import { leave } from "./core/after.js";
import { all, one } from "./core/dom.js";
import { send } from "./core/form.js";

const form = one("#draft");
const field = (name) => form.elements.namedItem(name);
const textOf = (name) => field(name).value.trim();
const linesOf = (name) => field(name).value.split("\n").map((line) => line.trim()).filter(Boolean);
const refsOf = (name) => textOf(name).split(/[、,，;；\s]+/).filter(Boolean);

/** Whether the rule follows the sex that its patterns name, and so may say something else for each. */
const perSex = () => ["same", "opposite"].includes(field("direction").value);

function either(name, read) {
  const [first, second] = [read(name), perSex() ? read(`${name}_female`) : null];
  return second === null || JSON.stringify(first) === JSON.stringify(second) ? first : { male: first, female: second };
}

function rule() {
  return {
    id: textOf("id"),
    type: field("type").value,
    category: field("category").value,
    subtype: either("subtype", textOf),
    direction: field("direction").value,
    severity: either("severity", textOf),
    law: either("law", refsOf),
    message: textOf("message"),
    rewrite: textOf("rewrite"),
    confidence: Number(textOf("confidence")),
    review: textOf("review"),
    edit: field("edit").value,
    where: all("[name=where]:checked", form).map((box) => box.value),
    patterns: linesOf("patterns"),
    flag: linesOf("flag"),
    pass: linesOf("pass"),
    when: field("when").value,
    source: textOf("source"),
  };
}

function veto() {
  return {
    id: textOf("id"),
    negative_class: textOf("negative_class"),
    scope: field("scope").value,
    opens: field("opens").checked,
    reason: textOf("entry_reason"),
    patterns: linesOf("patterns"),
    silent: linesOf("silent"),
    source: textOf("source"),
  };
}

function showEach() {
  all("[data-each]", form).forEach((part) => (part.hidden = !perSex()));
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { kind, method, path } = form.dataset;
  const body = { reason: textOf("reason"), [kind]: kind === "veto" ? veto() : rule() };
  const draft = await send(form, method, path, body);
  if (draft !== undefined) leave("已保存草稿。接下来请检验", `/lexicon/drafts/${draft.id}`);
  else all("details:has([aria-invalid])", form).forEach((more) => (more.open = true));
});

if (form.dataset.kind === "rule") {
  field("direction").addEventListener("change", showEach);
  showEach();
}
