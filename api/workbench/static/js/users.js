// Users and organisations: the dialogs of the page, filled for the row whose button was pressed.
import { all, on, one } from "./core/dom.js";
import { show, useForms } from "./core/forms.js";

useForms();

/** Opens a dialog whose form writes to `path`; its heading says about whom it is. */
function openFor(id, path, heading) {
  const dialog = show(id);
  one("form", dialog).setAttribute("action", path);
  one("h2", dialog).textContent = heading;
  return one("form", dialog);
}

on("click", "[data-user]", (_, button) => {
  const user = JSON.parse(button.dataset.user);
  const form = openFor("change-user", `/v1/users/${user.id}`, `修改用户 ${user.name}`);
  form.elements.display_name.value = user.display_name;
  form.elements.role.value = user.role;
  form.elements.organisation_id.value = user.organisation_id ?? "";
  form.elements.active.checked = user.active;
  showOrganisation(form);
});

on("click", "[data-password-of]", (_, button) => {
  const { passwordOf, name } = button.dataset;
  openFor("reset-password", `/v1/users/${passwordOf}/password`, `重设 ${name} 的密码`);
});

on("click", "[data-organisation]", (_, button) => {
  const { organisation, name } = button.dataset;
  const form = openFor("rename-organisation", `/v1/organisations/${organisation}`, `修改机构名称`);
  form.elements.name.value = name;
});

/** Only users of agencies belong to an organisation. */
function showOrganisation(form) {
  const agency = form.elements.role.value === "agency";
  one("[data-agency]", form).hidden = !agency;
  if (!agency) form.elements.organisation_id.value = "";
}

on("change", "select[name=role]", (_, field) => showOrganisation(field.form));
on("click", "[data-open=new-user]", () => showOrganisation(one("#new-user form")));
all("#new-user form").forEach(showOrganisation);
