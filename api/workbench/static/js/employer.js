// Two names of one employer become one: suggestions, a search by name, a dialog that says what will happen.
import { api } from "./core/api.js";
import { el, on, one } from "./core/dom.js";
import { show, useForms } from "./core/forms.js";
import { showProblem } from "./core/toast.js";

const { own, ownName } = one("#merging").dataset;
const FOUND = 10;

function openMerge(_, { dataset: { direction, other, otherName } }) {
  const away = direction === "away";
  const [source, sourceName, target, targetName] = away ? [own, ownName, other, otherName] : [other, otherName, own, ownName];
  const dialog = show("merge");
  const form = one("form", dialog);
  form.setAttribute("action", `/v1/employers/${source}/merge`);
  form.dataset.done = `“${sourceName}”已并入“${targetName}”`;
  form.dataset.then = `/employers/${target}`;
  form.elements.into_id.value = target;
  one("[data-merge-text]", dialog).textContent =
    `“${sourceName}”将并入“${targetName}”：广告、案件和以后的新广告都归到后者名下，不能自动拆开。`;
}

function choice({ id, name, ads }) {
  const button = (direction, text) =>
    el("button", { type: "button", class: "small", "data-direction": direction, "data-other": id, "data-other-name": name }, text);
  return el(
    "li",
    { class: "choose" },
    el("span", {}, el("a", { href: `/employers/${id}` }, name), el("span", { class: "soft" }, ` 广告 ${ads} 条`)),
    el("span", { class: "actions" }, button("away", "把本单位并入它"), button("here", "把它并入本单位")),
  );
}

async function find(form) {
  const words = form.elements.other.value.trim();
  if (!words) return;
  try {
    const query = new URLSearchParams({ words, order: "ads", size: FOUND + 1 });
    const { items } = await api.get(`/v1/employers?${query}`);
    const others = items.filter((item) => item.id !== own && !item.merged_into_id).slice(0, FOUND);
    const none = el("li", { class: "soft" }, `没有名称含“${words}”的其他单位。`);
    one("#others").replaceChildren(...(others.length > 0 ? others.map(choice) : [none]));
  } catch (error) {
    showProblem(error);
  }
}

useForms();
on("click", "[data-direction]", openMerge);
one("#find-other").addEventListener("submit", (event) => {
  event.preventDefault();
  find(event.currentTarget);
});
