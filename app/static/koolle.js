// Keys for people who keep their hands on the keyboard. Every page works without this file.

// htmx makes pages of what our own server has sent by this policy (app/guard.py names it), and runs no text: a script
// that comes with a part of a page is emptied, and nothing in an attribute is evaluated.
class Nothing { constructor() { throw new Error("nothing is evaluated"); } }
window.htmx?.registerExtension("policy", {
  init(api) {
    const rules = { createHTML: (html) => html, createScript: () => "" };
    api.initSecurity(window.trustedTypes?.createPolicy("htmx", rules) ?? rules, Nothing, Nothing);
  },
});

const typing = (element) => element.closest("input, textarea, select, [contenteditable]");
const stages = { p: "prepare", i: "invite", a: "answers", d: "day", m: "memo", s: "sent" };
let going = false;

// Keys pressed alone can be switched off, for those who speak to their computer (WCAG 2.2, 2.1.4).
const keysOn = document.getElementById("keys-on");
const alone = () => localStorage.getItem("keys") !== "off";
if (keysOn) {
  keysOn.checked = alone();
  keysOn.addEventListener("change", () => localStorage.setItem("keys", keysOn.checked ? "on" : "off"));
}

function goTo(letter) {
  if (letter === "h") return document.querySelector(".wordmark")?.click();
  document.querySelector(`[data-stage="${stages[letter]}"]`)?.click();
}

// Lists: anything with data-rows holds rows whose first link or control takes the focus.
function moveInList(event) {
  const list = event.target.closest("[data-rows]") ?? (event.target === document.body && document.querySelector("[data-rows]"));
  if (!list) return;
  const stops = [...list.querySelectorAll("[data-row]")].map((row) => row.querySelector("a, button, input:not([type=hidden])")).filter(Boolean);
  const here = stops.findIndex((stop) => stop.closest("[data-row]").contains(event.target));
  const next = stops[event.key === "ArrowDown" ? here + 1 : Math.max(here - 1, 0)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

// A row that has buttons for moving is moved with Alt and an arrow: the key presses the button.
function moveRow(event) {
  const button = event.target.closest("[data-row]")?.querySelector(event.key === "ArrowUp" ? "[data-up]" : "[data-down]");
  if (!button || button.disabled) return;
  event.preventDefault();
  button.click();
}

// What is offered under a field as one types: arrow down goes to it, arrow up and Escape come back, Escape closes it.
// A button in it fills the field; an answer that comes after it was closed is not shown.
const offering = (element) => element.closest?.("[data-offering]");
const fieldOf = (box) => box.querySelector("input");
function closeOffered(box) {
  box.dataset.offering = "closed";
  box.querySelector(".offered").replaceChildren();
  box.querySelector("[role=status]").textContent = "";
}
function moveInOffered(event, box) {
  const stops = [...box.querySelectorAll(".offered [data-row] :is(a, button)")];
  if (!stops.length) return false;
  const here = stops.indexOf(event.target);
  if (event.key === "Escape") { closeOffered(box); fieldOf(box).focus(); }
  else if (event.key === "ArrowDown") (stops[here + 1] ?? event.target).focus();
  else if (event.key === "ArrowUp" && here >= 0) (stops[here - 1] ?? fieldOf(box)).focus();
  else return false;
  event.preventDefault();
  return true;
}
document.addEventListener("input", (event) => { const box = offering(event.target); if (box) box.dataset.offering = "open"; });
document.addEventListener("htmx:after:swap", () => {
  for (const box of document.querySelectorAll("[data-offering]")) {
    const said = box.querySelector("[data-said]");
    if (said && (box.dataset.offering === "closed" || !box.contains(document.activeElement))) closeOffered(box);
    else box.querySelector("[role=status]").textContent = said?.dataset.said ?? "";
  }
});
document.addEventListener("click", (event) => {
  const box = offering(event.target);
  const chosen = box && event.target.closest("[data-fill]");
  for (const other of document.querySelectorAll("[data-offering]")) if (other !== box) closeOffered(other);
  if (!chosen) return;
  fieldOf(box).value = chosen.dataset.fill;
  closeOffered(box);
  fieldOf(box).focus();
});
document.addEventListener("focusout", (event) => {
  const box = offering(event.target);
  if (box && event.relatedTarget && !box.contains(event.relatedTarget)) closeOffered(box);
});

document.addEventListener("keydown", (event) => {
  const box = offering(event.target);
  if (box && moveInOffered(event, box)) return;
  const arrow = event.key === "ArrowUp" || event.key === "ArrowDown";
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    const form = event.target.closest("form") ?? document.querySelector("main form[data-save]");
    if (form) { event.preventDefault(); form.requestSubmit(); }
    return;
  }
  if (event.altKey && arrow) return moveRow(event);
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (typing(event.target) && event.target.type !== "checkbox") return;
  if (arrow) return moveInList(event);
  if (!alone()) return;
  if (going) { going = false; return goTo(event.key); }
  if (event.key === "g") { going = true; setTimeout(() => { going = false; }, 1500); }
  if (event.key === "/") { event.preventDefault(); document.getElementById("search")?.focus(); }
  if (event.key === "?") document.getElementById("keys")?.showModal();
});

for (const opener of document.querySelectorAll("[data-keys]")) {
  opener.hidden = false;
  opener.addEventListener("click", () => document.getElementById("keys").showModal());
}

// An open menu closes with Escape and with a press elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keyup", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

// What was pressed in a row leads on: a row that has moved keeps the focus on its buttons, so that it can be moved on;
// data-then names what takes the focus when the rows are there anew. Where that is gone, the first row takes it, or what the rows were narrowed by.
let then = null;
document.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-up], [data-down], [data-then]");
  then = pressed && (pressed.dataset.then ?? pressed.id);
});
function goOn() {
  if (!then || document.activeElement !== document.body) return;
  const next = document.getElementById(then) ?? document.querySelector("[data-rows] [data-row] :is(a, button)") ?? document.querySelector(".chip[aria-current]");
  then = null;
  (next?.disabled ? next.form.querySelector("[data-up]:enabled, [data-down]:enabled") : next)?.focus();
}
document.addEventListener("htmx:after:swap", goOn);

// A refused form, also one that htmx swapped in, begins at its list of errors.
document.addEventListener("htmx:after:swap", () => document.getElementById("errors")?.focus());

// The minute in which a sending can be called back: the words stand on the page, the seconds run here.
setInterval(() => {
  for (const left of document.querySelectorAll("time[data-left]")) {
    const seconds = Math.max(0, Math.round((new Date(left.dateTime) - Date.now()) / 1000));
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
}, 1000);

// Words in braces: a press puts one where the cursor last stood in the letter or its subject.
let written = null;
document.addEventListener("focusin", (event) => { if (event.target.matches("#field-subject, #field-body")) written = event.target; });
for (const button of document.querySelectorAll("[data-insert]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = button.dataset.insert === "{link}" || !written ? document.getElementById("field-body") : written;
    field.focus();
    field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
  });
}
