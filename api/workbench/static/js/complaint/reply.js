// A reply from a template: what is not known stands in 〔〕, and must be gone before it is sent.
import { one } from "../core/dom.js";

const GAP = /〔[^〕]*〕/;

/** Fills the reply's field with the chosen template and selects the first gap. */
export function useReplies() {
  const choice = one("#template");
  if (!choice) return;
  const field = one("#reply-text");
  const check = () => {
    const gap = GAP.exec(field.value);
    field.setCustomValidity(gap ? `请先填好或删去${gap[0]}` : "");
  };
  choice.addEventListener("change", () => {
    field.value = choice.value;
    check();
    field.focus();
    const gap = GAP.exec(field.value);
    if (gap) field.setSelectionRange(gap.index, gap.index + gap[0].length);
  });
  field.addEventListener("input", check);
}
