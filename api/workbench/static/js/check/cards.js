// The cards beside the ad. They come from the server as in every report; here they get a button.
import { all, el, one } from "../core/dom.js";

const IN_TIP = ["说明", "禁止性规定", "需要核问", "修改建议", "判断来源"];

/** The cards in the HTML that /v1/scan gives, in the order of its findings. */
export function cardsOf(report) {
  const answer = new DOMParser().parseFromString(report.html, "text/html");
  return all(".finding", answer).map((card, at) => adopted(card, report.findings[at], at + 1));
}

function adopted(card, finding, number) {
  all("a", card).forEach((link) => link.replaceWith(...link.childNodes));
  const quote = finding.spans.map((span) => span.quote).join("；");
  card.id = `finding-${number}`;
  one("h3", card).after(
    el("p", { class: "quote" }, el("button", { type: "button", class: "link", "data-go": number, title: "在原文中选中" }, quote)),
  );
  return document.adoptNode(card);
}

/** What a tooltip says of a card: the same words, without the rest. */
export function tipOf(card) {
  const rows = all("dt", card).filter((name) => IN_TIP.includes(name.textContent));
  const list = el("dl", {}, rows.flatMap((name) => [name.cloneNode(true), name.nextElementSibling.cloneNode(true)]));
  all("q", list).forEach((quoted) => quoted.remove());
  return el("div", { class: card.className }, one("h3", card).cloneNode(true), list);
}
