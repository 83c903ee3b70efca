// Standing orders: one dialog for new ones and for changes.
import { all, on, one } from "./core/dom.js";
import { show, useForms } from "./core/forms.js";

const FRESH = { name: "", active: true, categories: [], dispositions: ["violation"], severities: [], min_ads: 1 };

function openRule(_, button) {
  const rule = button.dataset.rule ? JSON.parse(button.dataset.rule) : FRESH;
  const dialog = show("rule");
  const form = one("form", dialog);
  const known = rule.id !== undefined;
  one("h2", dialog).textContent = known ? "修改规则" : "新增规则";
  form.dataset.method = known ? "put" : "post";
  form.setAttribute("action", known ? `/v1/opening-rules/${rule.id}` : "/v1/opening-rules");
  form.elements.name.value = rule.name;
  form.elements.min_ads.value = rule.min_ads;
  form.elements.active.checked = rule.active;
  for (const name of ["categories", "dispositions", "severities"]) {
    all(`[name=${name}]`, form).forEach((box) => (box.checked = rule[name].includes(box.value)));
  }
}

useForms();
on("click", "[data-rule]", openRule);
