// One chosen file: looked at by the server, its columns put right by the person, sent.
import { api } from "../core/api.js";
import { all, el, one } from "../core/dom.js";
import { latest } from "../latest.js";
import { beginning } from "./begin.js";
import { Columns } from "./columns.js";
import { sampleOf } from "./sample.js";
import { formOf, send } from "./send.js";
import { number, size } from "./words.js";

export class Chosen {
  #preview;
  #removed;

  /** `most`: bytes up to which a preview is asked for; `removed(chosen)` is called when the person takes it out. */
  constructor(file, most, removed) {
    this.file = file;
    this.most = most;
    this.#removed = removed;
    this.card = one("#chosen-file").content.firstElementChild.cloneNode(true);
    one(".name", this.card).textContent = file.name;
    one(".facts-of-file", this.card).textContent = size(file.size);
    this.columns = new Columns(one(".columns", this.card), () => this.look());
    this.#preview = latest((form, signal) => api.post("/v1/batches:preview", form, { signal }), {
      answered: (preview) => this.#show(preview),
      failed: (error) => this.#refused(error),
    });
    one("[data-do=remove]", this.card).addEventListener("click", () => this.remove());
    this.#option("encoding").addEventListener("change", () => this.look());
  }

  /** Whether it can be sent as it is. */
  get ready() {
    return !this.#startButton.disabled;
  }

  /** What is to be done when the person presses 开始扫描. */
  onStart(run) {
    this.#startButton.addEventListener("click", run);
  }

  /** Asks the server how it would read the file. */
  look() {
    const begin = beginning(this.file, this.most);
    if (begin) this.#preview(formOf(begin, this.#options()));
    else this.#say("文件较大，不作预览；各列按列名自动判断，可直接开始扫描。", "", true);
  }

  /** Sends the file; gives the batch, or undefined when it was refused. */
  async start() {
    const bar = one("[data-do=start] + progress", this.card);
    this.#busy(true);
    bar.hidden = false;
    try {
      return await send(this.file, this.#options(), (share) => (bar.value = share));
    } catch (error) {
      if (error.text === undefined) throw error;
      this.#busy(false);
      bar.hidden = true;
      this.#say(error.text, "bad", true);
      return undefined;
    }
  }

  /** Says where it went. */
  sent(batch) {
    this.#say("已上传，正在扫描。", "good", false);
    one(".notice", this.card).append(" ", el("a", { href: `/batches/${batch.id}` }, "查看进度和结果"));
    all(".columns, .sample, .options, .actions", this.card).forEach((part) => part.remove());
  }

  remove() {
    this.#preview(null);
    this.card.remove();
    this.#removed(this);
  }

  get #startButton() {
    return one("[data-do=start]", this.card);
  }

  #option(name) {
    return one(`[data-option=${name}]`, this.card);
  }

  #options() {
    const options = { ...this.columns.options(), publisher: this.#option("publisher").value.trim(), deep: this.#option("deep").checked };
    return this.#option("encoding").value ? { ...options, encoding: this.#option("encoding").value } : options;
  }

  #show({ encoding, table, ads, failed, problem }) {
    this.columns.show(table?.columns ?? []);
    const sample = one(".sample", this.card);
    one("ol", sample).replaceChildren(...sampleOf(ads));
    sample.hidden = ads.length === 0;
    sample.open ||= table === null;
    const told = [size(this.file.size), encoding && `编码 ${encoding.toUpperCase()}`, table && placeOf(table)];
    one(".facts-of-file", this.card).textContent = told.filter(Boolean).join(" · ");
    if (problem) this.#say("没有认出哪一列是广告正文。请在下表中把那一列的用途改为“正文”（或“职位”）。", "ask", false);
    else if (ads.length === 0) this.#say(failed[0]?.message ?? "没有读到广告。请检查各列的用途。", "ask", true);
    else this.#say("", "", true);
  }

  #refused(error) {
    if (error.text === undefined) throw error;
    const unread = error.code === "E101";
    if (unread) one(".options", this.card).open = true;
    this.#say(unread ? "认不出文件的编码。请在“更多选项”中选一种编码再试。" : error.text, "bad", false);
    if (unread) this.#option("encoding").focus();
  }

  #say(text, kind, ready) {
    const notice = one(".notice", this.card);
    notice.className = `notice ${kind}`;
    notice.textContent = text;
    notice.hidden = !text;
    this.#startButton.disabled = !ready;
  }

  #busy(busy) {
    all(".columns, .options, [data-do=remove]", this.card).forEach((part) => (part.inert = busy));
    this.#startButton.disabled = busy;
  }
}

function placeOf({ place, header_row: row, columns }) {
  const sheet = /“(.+)”$/.exec(place)?.[1];
  return `${sheet ? `工作表“${sheet}”，` : ""}${row ? `表头在第 ${number(row)} 行，` : ""}${columns.length} 列`;
}
