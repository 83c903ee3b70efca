"use strict";
const form = document.querySelector(".filters");
const cards = [...document.querySelectorAll(".card")].map((card) => ({
  card,
  words: card.dataset.words,
  findings: [...card.querySelectorAll(".finding")].map((finding) => finding.dataset),
}));
const shown = document.querySelector(".status output");
const empty = document.querySelector(".empty");

function filter() {
  const words = form.words.value.trim().toLowerCase();
  const picked = [...form.querySelectorAll("select")].filter((one) => one.value);
  let count = 0;
  for (const { card, words: own, findings } of cards) {
    const fits = findings.some((data) => picked.every((one) => data[one.name] === one.value));
    card.hidden = !(fits && own.includes(words));
    count += card.hidden ? 0 : 1;
  }
  shown.textContent = count;
  empty.hidden = count > 0 || cards.length === 0;
}

form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(filter));
filter();
