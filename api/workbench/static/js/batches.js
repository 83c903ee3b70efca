// 批量扫描: files are dropped or chosen, looked at, put right, sent.
import { one } from "./core/dom.js";
import { Chosen } from "./batches/chosen.js";

const form = one("#upload");
const input = one("#files");
const list = one("#chosen");
const chosen = new Set();
let dragged = 0; // entered minus left: the parts of the form under the pointer

function take(files) {
  for (const file of files) {
    const added = new Chosen(file, Number(form.dataset.previewBytes), forget);
    chosen.add(added);
    list.append(added.card);
    added.onStart(() => start([added]));
    added.look();
  }
  offerAll();
}

function forget(file) {
  chosen.delete(file);
  offerAll();
  input.focus();
}

function offerAll() {
  one("#all").hidden = chosen.size < 2;
}

/** One file leads to its page at once; of several each says where it went. */
async function start(files) {
  const alone = chosen.size === 1;
  for (const file of files) {
    const batch = await file.start();
    if (!batch) continue;
    if (alone) location.assign(`/batches/${batch.id}`);
    file.sent(batch);
    chosen.delete(file);
  }
  offerAll();
}

const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");

function mark(by) {
  dragged = Math.max(0, dragged + by);
  form.classList.toggle("over", dragged > 0);
}

input.addEventListener("change", () => {
  take(input.files);
  input.value = "";
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("dragenter", (event) => carriesFiles(event) && mark(1));
form.addEventListener("dragleave", (event) => carriesFiles(event) && mark(-1));
// a file dropped beside the box must not replace the page
addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  mark(-dragged);
  take(event.dataTransfer.files);
});
one("#start-all").addEventListener("click", () => start([...chosen].filter((file) => file.ready)));
