// Forms that write to /v1: what was typed becomes JSON, what is refused is shown at its field.
import { api } from "./api.js";
import { all, el, one } from "./dom.js";

/** What a form holds, as JSON: checkboxes of one name are an array, numbers are numbers, empty fields are left out.
 * A field with `data-null` sends null where it is empty; a lone checkbox with `data-flag` sends true or false. */
export function values(form) {
  const found = {};
  for (const field of form.elements) {
    if (!field.name || field.disabled || field.type === "submit") continue;
    if (field.type === "checkbox" && "flag" in field.dataset) found[field.name] = field.checked;
    else if (field.type === "checkbox") found[field.name] = (found[field.name] ?? []).concat(field.checked ? field.value : []);
    else if (field.type === "radio" && !field.checked) continue;
    else if (field.value !== "") found[field.name] = field.type === "number" ? Number(field.value) : field.value;
    else if ("null" in field.dataset) found[field.name] = null;
  }
  return found;
}

/** Sends the form once; returns the answer (true for 204), or undefined when it was refused and the form says why. */
export async function send(form, method, path, body = values(form)) {
  const buttons = all("button", form);
  clear(form);
  buttons.forEach((button) => (button.disabled = true));
  try {
    return (await api[method](path, body)) ?? true;
  } catch (error) {
    if (error.text === undefined) throw error;
    explain(form, error);
    return undefined;
  } finally {
    buttons.forEach((button) => (button.disabled = false));
  }
}

/** `whenSent("#new-user", "post", "/v1/users", (made) => …)`: sends instead of loading a page. */
export function whenSent(selector, method, path, then, body) {
  const form = one(selector);
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const target = typeof path === "function" ? path(form) : path;
    const answer = await send(form, method, target, body?.(form));
    if (answer !== undefined) then(answer, form);
  });
}

function clear(form) {
  all(".problem-of-field", form).forEach((shown) => shown.remove());
  all("[aria-invalid]", form).forEach((field) => field.removeAttribute("aria-invalid"));
  one(".notice.bad", form)?.remove();
}

function explain(form, problem) {
  const rest = problem.detail.filter((item) => !atField(form, item));
  const points = rest.filter((item) => item.problem).map((item) => `${item.where}：${item.problem}`);
  const text = [problem.message, ...points].join("\n");
  if (points.length > 0 || problem.detail.length === 0) {
    form.prepend(el("p", { class: "notice bad", role: "alert" }, `${text}（${problem.code}）`));
  }
  one("[aria-invalid]", form)?.focus();
}

function atField(form, { where = "", problem }) {
  const parts = where.split(".");
  const at = parts.findIndex((part) => form.elements.namedItem(part) instanceof HTMLElement);
  if (at < 0) return false;
  const field = form.elements.namedItem(parts[at]);
  const item = /^\d+$/.test(parts[at + 1] ?? "") ? `第 ${Number(parts[at + 1]) + 1} 条：` : "";
  field.setAttribute("aria-invalid", "true");
  field.closest(".field")?.append(el("p", { class: "problem-of-field", role: "alert" }, item + problem));
  return true;
}
