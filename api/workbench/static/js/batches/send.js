// Sends a file to /v1; fetch cannot tell how much of it has gone, so this is XMLHttpRequest.
import { ApiProblem } from "../core/api.js";
import { one } from "../core/dom.js";

/** The batch made of the file. `sent(share)` is called as it goes, from 0 to 1. */
export function send(file, options, sent) {
  const asked = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    asked.upload.addEventListener("progress", ({ loaded, total }) => sent(loaded / total));
    asked.addEventListener("error", () => reject(new ApiProblem(0, { message: "上传中断。请检查网络后重试。" })));
    asked.addEventListener("load", () => {
      const answer = asked.response ?? {};
      if (asked.status === 202) resolve(answer);
      else reject(new ApiProblem(asked.status, answer));
    });
    asked.open("POST", "/v1/batches");
    asked.responseType = "json";
    asked.setRequestHeader("X-CSRF-Token", one("meta[name=csrf-token]").content);
    asked.send(formOf(file, options));
  });
}

/** The form that both /v1/batches and /v1/batches:preview take. */
export function formOf(file, options) {
  const form = new FormData();
  form.append("file", file, file.name);
  form.append("options", JSON.stringify(options));
  return form;
}
