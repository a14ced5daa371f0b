// The bar over the memo: marks at the cursor, phrases, follow-ups, how a text will look; by press and by key.

import { partOf } from "./pages.js";
import { grow, inList, mark, passage, paste } from "./writing_marks.js";

const KEYS = {
  "c:KeyB": "bold", "c:KeyI": "emphasis", "c:KeyK": "link", "ca:KeyH": "heading", "ca:KeyT": "table", "ca:KeyF": "note",
  "cs:Digit7": "numbers", "cs:Digit8": "list", "cs:Digit9": "quote", "ca:KeyJ": "propose",
};

export function beginTools(form, bar, whisper) {
  const stops = [...bar.querySelectorAll("[role=toolbar] button")];
  const words = { here: form.dataset.wordsHere, head: form.dataset.table };
  const isText = (element) => element.matches?.("textarea[name^=body-]:not([hidden])");
  let field = null;

  const here = () => field?.isConnected ? field : form.querySelector("textarea[name^=body-]:not([hidden])");

  function act(kind) {
    const to = here();
    if (!to) return;
    to.focus();
    if (kind === "propose") return propose(to);
    mark(to, kind, words);
  }

  // --- follow-ups, without leaving the text ---

  async function propose(from) {
    const body = new URLSearchParams({ text: passage(from) });
    try {
      const response = await fetch(form.dataset.proposeAt, { method: "POST", body, redirect: "error" });
      const told = await response.json();
      whisper(told.said);
      bar.querySelector("[data-done]").textContent = told.said;
      if (!told.html) return;
      const list = partOf(told.html).firstElementChild, old = document.getElementById(list.id);
      old.replaceWith(list);
      window.htmx?.process(list);
      const filled = form.querySelector("[data-auto=follow_ups] > [data-filled]");
      if (filled) filled.replaceChildren(partOf(told.part));
    } catch { whisper(form.dataset.offline); }
  }

  // --- how it will look ---

  async function look(button) {
    const key = button.dataset.look, place = document.getElementById(`look-${key}`);
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
    place.hidden = open;
    if (open) return;
    const text = form.elements[`body-${key}`].value;
    const response = await fetch(form.dataset.lookAt, { method: "POST", body: new URLSearchParams({ text, lines: place.parentElement.dataset.auto ?? "" }), redirect: "error" }).catch(() => null);
    if (!response?.ok) { button.setAttribute("aria-expanded", "false"); place.hidden = true; return whisper(form.dataset.offline); }
    place.replaceChildren(partOf(await response.text()));
    place.focus({ preventScroll: true });
  }

  // --- by press ---

  bar.addEventListener("mousedown", (event) => { if (event.target.closest("button")) event.preventDefault(); }); // the cursor stays
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.mark) act(button.dataset.mark);
    else if (button?.matches("[data-propose]")) act("propose");
    else if (button?.dataset.phrase) {
      button.closest("details").open = false;
      const to = here();
      if (to) paste(to, button.dataset.phrase);
    }
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-look]");
    if (!button) return;
    event.preventDefault();
    look(button);
  });

  // --- by key ---

  form.addEventListener("keydown", (event) => {
    if (!isText(event.target)) return;
    if (event.altKey && event.key === "F10") { event.preventDefault(); return stops.find((one) => one.tabIndex === 0).focus(); }
    if (event.getModifierState("AltGraph")) return; // letters of other keyboards
    const held = `${event.ctrlKey || event.metaKey ? "c" : ""}${event.altKey ? "a" : ""}${event.shiftKey ? "s" : ""}`;
    const kind = KEYS[`${held}:${event.code}`];
    if (kind) { event.preventDefault(); return act(kind); }
    if (event.key === "Enter" && !held || event.key === "Tab" && (!held || held === "s")) inList(event);
  });
  bar.addEventListener("keydown", (event) => {
    const place = stops.indexOf(event.target);
    if (event.key === "Escape") return here()?.focus();
    const to = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: stops.length - 1 }[event.key];
    if (place < 0 || to === undefined) return;
    event.preventDefault();
    const next = stops[(to + stops.length) % stops.length];
    for (const one of stops) one.tabIndex = one === next ? 0 : -1;
    next.focus();
  });

  form.addEventListener("focusin", (event) => {
    if (isText(event.target)) field = event.target;
    showBeside(event.target.closest("[data-section]"));
  });

  // What belongs to the item of the section in which one writes stands beside it, on a wide window.
  const beside = document.querySelector("[data-beside]");
  function showBeside(section) {
    const about = section?.querySelector(".paper-beside");
    if (!section || beside.dataset.beside === section.dataset.section) return;
    beside.dataset.beside = section.dataset.section;
    beside.hidden = !about;
    beside.replaceChildren(...about ? [about.cloneNode(true)] : []);
    for (const one of beside.querySelectorAll("details")) one.open = true;
  }

  // The bar stays under the event's line, whatever the height of that is; what takes the focus is not under either.
  const line = document.querySelector(".event-line");
  const stand = () => {
    const above = line && getComputedStyle(line).position === "sticky" ? line.offsetHeight : 0;
    bar.style.top = `${above}px`;
    document.documentElement.style.scrollPaddingTop = `${above + bar.offsetHeight + 8}px`;
  };
  new ResizeObserver(stand).observe(bar);
  stand();
  form.addEventListener("input", (event) => { if (event.target.matches("textarea")) grow(event.target); });
  for (const one of form.querySelectorAll("textarea")) grow(one);
}
