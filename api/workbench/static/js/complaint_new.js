// A call note is written down; the receipt is shown once, then the report.
import { open } from "./core/dialog.js";
import { el, one } from "./core/dom.js";
import { values } from "./core/form.js";
import { useForms } from "./core/forms.js";
import { keys } from "./core/keys.js";

const bodies = {
  created(form) {
    const told = values(form);
    return told.received_at ? { ...told, received_at: new Date(told.received_at).toISOString() } : told;
  },
};
const following = {
  async created({ id, number, passphrase }) {
    const content = [
      el("p", {}, `编号 ${number}。请把编号和口令告诉反映人，口令只显示这一次：`),
      el("p", { class: "notice" }, el("code", { id: "passphrase" }, passphrase)),
    ];
    await open("已登记", content, { ok: "去办理", cancel: null });
    return [`已登记 ${number}`, `/complaints/${id}`];
  },
};

useForms(bodies, following);
keys({ "Ctrl+Enter": { label: "登记", typing: true, run: () => one("#new").requestSubmit() } });
