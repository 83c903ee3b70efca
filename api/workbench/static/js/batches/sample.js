// The first ads of a file as they would be scanned.
import { el } from "../core/dom.js";

const NAMES = { title: "职位", text: "正文", employer: "单位", publisher: "发布机构", url: "链接", posted_on: "发布日期" };

/** One list item for each ad. */
export function sampleOf(ads) {
  return ads.map(({ parts }) => {
    const rows = Object.entries(parts).flatMap(([name, value]) => [el("dt", {}, nameOf(name)), el("dd", {}, value)]);
    return el("li", {}, el("dl", {}, rows));
  });
}

const nameOf = (part) => NAMES[part] ?? part.replace(/^fields\./, "");
