// A draft's page: test it, put it in force, withdraw or decline it.
import { leave } from "./core/after.js";
import { api } from "./core/api.js";
import { on, one } from "./core/dom.js";
import { showProblem } from "./core/toast.js";
import { useForms } from "./core/forms.js";

useForms();

on("click", "[data-test]", async (_, button) => {
  button.disabled = true;
  one("[data-testing]").textContent = "正在检验例句并抽查已存广告，最多约半分钟…";
  try {
    const { test } = await api.post(button.dataset.test);
    leave(test.failures.length > 0 ? `检验完成：${test.failures.length} 处例句不符` : "检验完成，例句全部相符");
  } catch (error) {
    one("[data-testing]").textContent = "";
    button.disabled = false;
    showProblem(error);
  }
});
