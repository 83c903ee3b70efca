// Forms that take files, also by dropping them: `data-upload`, `data-limit` (bytes of one file).
import { leave } from "./after.js";
import { api } from "./api.js";
import { all, one } from "./dom.js";
import { showProblem, toast } from "./toast.js";

/** Makes the page's forms send their files, one after the other. `what`: what they are called, as 个附件. */
export function useUploads(what) {
  all("form[data-upload]").forEach((form) => takesFiles(form, what));
}

async function upload(form, files, what) {
  const limit = Number(form.dataset.limit);
  const large = files.filter((file) => file.size > limit).map((file) => file.name);
  if (large.length > 0) return void toast(`文件过大：${large.join("、")}`, { kind: "bad" });
  const progress = one("[data-progress]", form);
  try {
    for (const [at, file] of files.entries()) {
      progress.textContent = `正在上传 ${at + 1} / ${files.length}：${file.name}`;
      const body = new FormData();
      body.append("file", file);
      await api.post(form.getAttribute("action"), body);
    }
  } catch (error) {
    progress.textContent = "";
    return void showProblem(error);
  }
  leave(`已添加 ${files.length} ${what}`);
}

function takesFiles(form, what) {
  const over = (is) => (event) => {
    event.preventDefault();
    form.classList.toggle("over", is);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    upload(form, [...form.elements.file.files], what);
  });
  form.addEventListener("dragover", over(true));
  form.addEventListener("dragleave", over(false));
  form.addEventListener("drop", (event) => {
    over(false)(event);
    upload(form, [...event.dataTransfer.files], what);
  });
}
