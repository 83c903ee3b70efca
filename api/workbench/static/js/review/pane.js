// The ad in question, as the server renders it.
import { request } from "../core/api.js";
import { all, el, one } from "../core/dom.js";
import { showProblem } from "../core/toast.js";

const pane = () => one("#pane");
const kept = new Map();
let asked = null;

/** What is open: its id and that of its finding; null while it is loading, so that nobody judges unseen. */
export const opened = () => (pane()?.ariaBusy === "true" ? null : (one(".dossier", pane())?.dataset ?? null));

/** Whether the near-copies are judged too. */
export const includesCopies = () => one("#with-copies")?.checked ?? true;

export function withCopies() {
  one("#with-copies")?.click();
}

/** Loads an item, of its newest finding or of the near-copy `finding`; what was asked for before is dropped. */
export async function show(id, finding) {
  asked?.abort();
  const { signal } = (asked = new AbortController());
  const address = addressOf(id, finding);
  pane().ariaBusy = "true";
  try {
    const answer = await request("GET", `/review/items/${id}?${address}`, undefined, { signal });
    if (answer.redirected) location.reload();
    else put(await answer.text(), id, address);
  } catch (error) {
    if (error.name === "AbortError") return;
    pane().replaceChildren();
    showProblem(error);
  }
  pane().ariaBusy = "false";
}

function addressOf(id, finding) {
  const address = new URLSearchParams({ state: one("#review").dataset.state });
  if (finding) address.set("finding", finding);
  return address;
}

function put(html, id, address) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  pane().replaceChildren(...parsed.body.childNodes);
  pane().scrollTop = 0;
  const place = new URL(location.href);
  place.searchParams.set("item", id);
  place.searchParams.delete("finding");
  if (address.has("finding")) place.searchParams.set("finding", address.get("finding"));
  history.replaceState(null, "", place);
  for (const [decision, text] of kept) offer(decision, text);
}

/** The reason that is chosen for a decision. */
export const reasonOf = (decision) => one(`[data-reason="${decision}"]`).value;

/** The reasons that are offered for it. */
export const offered = (decision) => all("option", one(`[data-reason="${decision}"]`)).map((choice) => choice.value);

/** Keeps a reason for the items to come. */
export function keep(decision, text) {
  kept.set(decision, text);
  offer(decision, text);
}

function offer(decision, text) {
  const list = one(`[data-reason="${decision}"]`);
  if (!list) return;
  if (!offered(decision).includes(text)) list.prepend(el("option", {}, text));
  list.value = text;
}

document.addEventListener("change", ({ target }) => {
  const decision = target.dataset?.reason;
  if (decision && decision !== "exception") kept.set(decision, target.value);
});
