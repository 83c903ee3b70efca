// For people without an account. Everything works without it; it saves time and doubts.
import { copy } from "./copy.js";
import { all, on, one } from "./core/dom.js";

for (const part of all("[data-needs-script]")) part.hidden = false;

on("click", "[data-print]", () => print());
on("click", "[data-copy]", async (_, button) => {
  const done = await copy(button.dataset.copy);
  one("[data-copied]").textContent = done ? "已复制。请粘贴到只有您能看到的地方。" : "没有复制成功，请抄下或截图。";
});

// files that would be refused are told of before anything is sent, so that nobody has to choose them again
function problemOf(files, { most, each, all: total }) {
  if (files.length > Number(most)) return `最多 ${most} 份，现在选了 ${files.length} 份。`;
  const large = files.find((file) => file.size > Number(each));
  if (large) return `“${large.name}”过大，请压缩或截取后再选。`;
  const sum = files.reduce((size, file) => size + file.size, 0);
  return sum > Number(total) * 0.95 ? "这些文件合计过大，请减少几份；其余的可以以后补充。" : "";
}
on("change", "input[type=file]", (_, field) => {
  field.setCustomValidity(problemOf([...field.files], field.dataset));
  field.reportValidity();
});

// sent once, also when one presses twice
const buttons = all("form button");
document.addEventListener("submit", (event) => {
  for (const button of buttons) button.disabled = true;
  const sending = one("[data-sending]", event.target);
  if (sending) sending.textContent = "正在提交，图片多时要等一会儿，请不要关闭本页。";
});
addEventListener("pageshow", () => {
  for (const button of buttons) button.disabled = false;
});
