// Forms and dialogs that the server wrote: `data-method` and `action` say what of /v1 they write to.
import { leave } from "./after.js";
import { one, on } from "./dom.js";
import { send, values } from "./form.js";

/** Opens a dialog of the page, its form as it was written. */
export function show(id) {
  const dialog = one(`#${id}`);
  one("form", dialog).reset();
  dialog.showModal();
  return dialog;
}

/** Makes the forms of this page write. `bodies`: by `data-body`, what a form sends in place of its fields;
 * `following`: by `data-body`, what is said and where it leads: [text, address]. */
export function useForms(bodies = {}, following = {}) {
  on("click", "[data-open]", (_, button) => show(button.dataset.open));
  on("click", "[data-close]", (_, button) => button.closest("dialog").close());
  on("click", "[data-fill]", (_, button) => {
    const field = one(`#${button.dataset.fill}`);
    field.value = button.textContent.trim();
    field.focus();
  });
  on("submit", "form[data-method]", async (event, form) => {
    event.preventDefault();
    const { method, body, done, then } = form.dataset;
    const sent = bodies[body]?.(form) ?? values(form);
    const answer = await send(form, method, form.getAttribute("action"), sent);
    if (answer === undefined) return;
    const [text, address] = (await following[body]?.(answer, sent)) ?? [done, then];
    leave(text, address);
  });
}
