// Tries a rule, or a draft of one, on a text: what it alone marks, what everything together finds.
import { tipOf } from "./check/cards.js";
import { api } from "./core/api.js";
import { all, el, on, one } from "./core/dom.js";
import { showProblem } from "./core/toast.js";

const CLASSES = { hit: "violation", lawful: "exempt", silenced: "exempt" };
const SAYS = {
  hit: (count) => `标出 ${count} 处`,
  lawful: (count) => `认作合法用语 ${count} 处`,
  silenced: (count) => `另有 ${count} 处因合法用语或属于更长的词而不报`,
};

on("submit", "form[data-try]", async (event, form) => {
  event.preventDefault();
  const button = one("button", form);
  button.disabled = true;
  try {
    show(await api.post(form.dataset.try, { text: form.elements.text.value.replace(/\p{Surrogate}|\0/gu, "\ufffd") }));
  } catch (error) {
    showProblem(error);
  } finally {
    button.disabled = false;
  }
});

function show({ alone, html, findings }) {
  const box = one(".tried");
  const counts = Object.keys(SAYS).map((mark) => [mark, alone.filter((stretch) => stretch.mark === mark).length]);
  const said = counts.filter(([, count]) => count > 0).map(([mark, count]) => SAYS[mark](count));
  one("[data-verdict]", box).textContent = said.length > 0 ? said.join("；") : "没有标出词句";
  one("[data-alone]", box).replaceChildren(...alone.map(stretchOf));
  one("[data-whole]", box).replaceChildren(...wholeOf(html, findings));
  box.hidden = false;
}

function stretchOf({ text, mark }) {
  return mark === "none" ? document.createTextNode(text) : el("mark", { class: CLASSES[mark], "data-mark": mark }, text);
}

/** The text with all that was found marked, and a short card for each finding. */
function wholeOf(html, findings) {
  const report = new DOMParser().parseFromString(html, "text/html");
  all("a", report).forEach((link) => link.replaceWith(...link.childNodes));
  const cards = all(".finding", report).map(tipOf);
  const verdict = el("p", { class: "verdict" }, findings > 0 ? `报出 ${findings} 条线索` : "没有报出线索");
  return [verdict, document.adoptNode(one(".words", report)), ...cards];
}
