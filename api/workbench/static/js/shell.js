// What every page has: menus that close, colours, log-out, the list of keys.
import "./core/after.js";
import { api } from "./core/api.js";
import { all, on, one } from "./core/dom.js";
import { keys, showKeys } from "./core/keys.js";
import { showProblem } from "./core/toast.js";

const account = one("details.account");

function closeAccount({ focus = false } = {}) {
  if (!account?.open) return;
  account.open = false;
  if (focus) one("summary", account).focus();
}

document.addEventListener("click", (event) => {
  if (!account?.contains(event.target)) closeAccount();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  closeAccount({ focus: true });
  if (!one("dialog[open]")) one("#toasts").replaceChildren();
});

on("click", "[data-help]", () => {
  closeAccount();
  showKeys();
});
on("click", "[data-print]", () => print());
on("click", "[data-logout]", async () => {
  try {
    await api.post("/v1/logout");
    location.assign("/login");
  } catch (error) {
    showProblem(error);
  }
});

for (const choice of all("input[name=theme]")) {
  choice.checked = choice.value === (localStorage.getItem("theme") ?? "auto");
  choice.addEventListener("change", () => {
    localStorage.setItem("theme", choice.value);
    dispatchEvent(new Event("themechange"));
  });
}

// choosing in a list of filters shows the result at once
on("change", "form[data-auto] :is(select, input[type=date], input[type=checkbox], input[type=radio])", (_, field) => {
  field.form.requestSubmit();
});

// on a phone the menu is a strip: the present page's entry is brought into sight
one(".menu [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

let waitsForEntry = false;
keys({
  g: {
    label: "再按 1 至 9，打开菜单的第几项；按 0 回首页",
    run() {
      waitsForEntry = true;
      setTimeout(() => (waitsForEntry = false), 1500);
    },
  },
});

function goTo(event) {
  if (!waitsForEntry) return;
  waitsForEntry = false;
  const entry = event.key === "0" ? one(".brand") : all(".menu a")[Number(event.key) - 1];
  if (!entry) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  entry.click();
}
// before the keys of the page, where a number may mean something else
document.addEventListener("keydown", goTo, { capture: true });
