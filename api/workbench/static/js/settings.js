// One's own password and tokens; removal of what is beyond its retention period.
import { leave } from "./core/after.js";
import { api } from "./core/api.js";
import { confirm, open } from "./core/dialog.js";
import { el, on } from "./core/dom.js";
import { useForms } from "./core/forms.js";
import { showProblem, toast } from "./core/toast.js";

useForms({}, {
  async token(made) {
    await showOnce(made.token);
    return ["已创建令牌"];
  },
});

async function showOnce(token) {
  const copy = async () => {
    await navigator.clipboard.writeText(token);
    toast("已复制");
  };
  const content = [
    el("p", {}, "令牌只显示这一次，请立即保存到安全的地方。"),
    el("p", { class: "notice" }, el("code", { id: "token" }, token)),
    navigator.clipboard && el("button", { type: "button", onclick: copy }, "复制"),
  ];
  await open("新的访问令牌", content, { ok: "我已保存", cancel: null });
}

on("click", "[data-revoke]", async (_, button) => {
  const { revoke, name } = button.dataset;
  const sure = await confirm(`吊销令牌“${name}”？`, "使用它的程序将立即不能访问，且不能恢复。", { ok: "吊销", danger: true });
  if (!sure) return;
  try {
    await api.delete(`/v1/tokens/${revoke}`);
    leave("已吊销令牌");
  } catch (error) {
    showProblem(error);
  }
});
