// The door: a press is taken at once on the screen, kept on this device until the server has it, and sent in order.
// Without this file every press is a form.
//
// What waits is kept in localStorage, a key a press: who by number, how, and when it was pressed; of somebody added, the
// name. One request at a time, in the order of the presses. One that may not have come through is sent again: the server
// knows a press by its time, and a walk-in by its key, so that it counts once.

import { keepWholeList, foundHere } from "./door_list.js";
import { pageOf } from "./pages.js";

const door = document.getElementById("door");
const words = door.dataset;
const STORE = `koolle.door.${words.door}.`;
const PAUSES = [1000, 2000, 4000, 8000];
const AT_ONCE = 40;
const PATIENCE = 15000;

let running = null, timer = null, fails = 0, signedOut = false, sentSome = false;

const say = (place, text) => { const at = door.querySelector(place); if (at.textContent !== text) at.textContent = text; };
const counted = (one, many, n) => (n === 1 ? one : many).replace("{n}", n);

// --- what waits ---

const random = () => [...crypto.getRandomValues(new Uint8Array(15))].map((byte) => byte.toString(36).padStart(2, "0")).join("");

function waiting() {
  const found = [];
  for (let place = 0; place < localStorage.length; place += 1) {
    const key = localStorage.key(place);
    if (!key.startsWith(STORE)) continue;
    try { found.push({ key, ...JSON.parse(localStorage.getItem(key)) }); } catch { localStorage.removeItem(key); }
  }
  return found.sort((one, other) => one.order - other.order || (one.key < other.key ? -1 : 1));
}

function keep(press) {
  const held = { ...press, wall: Date.now(), since: performance.now(), origin: performance.timeOrigin };
  held.order = performance.timeOrigin + performance.now();
  localStorage.setItem(STORE + random(), JSON.stringify(held));
  show();
  flush();
}

// How long ago a press was: by the clock that is never set; after a reload, or a sleep in which that one stood still, by
// the other.
function age(press) {
  const wall = Date.now() - press.wall;
  const steady = press.origin === performance.timeOrigin ? performance.now() - press.since : 0;
  return Math.round(Math.max(0, steady, wall));
}

// --- sending ---

function flush() {
  running ??= work().finally(() => { running = null; });
  return running;
}

async function work() {
  clearTimeout(timer);
  for (let held = waiting(); held.length; held = waiting()) if (!await attempt(together(held))) return;
  signedOut = false;
  show();
}

// Presses go together, in their order, as far as the next one who is added.
function together(held) {
  if (held[0].walkIn) return held.slice(0, 1);
  const added = held.findIndex((press) => press.walkIn);
  return held.slice(0, Math.min(added < 0 ? held.length : added, AT_ONCE));
}

function bodyOf(sent) {
  const [press] = sent;
  if (press.walkIn) return new URLSearchParams({ mode: press.mode, age: age(press), name: press.name, key: press.walkIn });
  if (sent.length === 1) return new URLSearchParams({ mode: press.mode, age: age(press) });
  return new URLSearchParams(sent.map((one) => ["press", `${one.person}:${one.mode}:${age(one)}`]));
}

async function attempt(sent) {
  let response, text;
  try {
    response = await fetch(sent.length === 1 ? sent[0].url : words.all, {
      method: "POST", body: bodyOf(sent), redirect: "manual", signal: AbortSignal.timeout(PATIENCE), headers: { "HX-Request": "true" },
    });
    text = await response.text();
  } catch { return failed(); }
  signedOut = response.headers.has("HX-Redirect") || response.type === "opaqueredirect" || response.status === 403;
  if (signedOut || response.status >= 500 || [408, 409, 429].includes(response.status)) return failed();
  for (const press of sent) localStorage.removeItem(press.key);
  fails = 0;
  if (response.ok) { sentSome = true; taken(sent, text); } else refused(sent[0], response.status, text);
  show();
  return true;
}

function failed() {
  show();
  timer = setTimeout(flush, PAUSES[Math.min(fails, PAUSES.length - 1)]);
  fails += 1;
  show();
  return false;
}

function refused(press, status, text) {
  const why = status === 422 ? text : words.gone;
  say("[data-problem]", words.refused.replace("{name}", () => press.name ?? "").replace("{why}", () => why));
}

// The server's own lines take the place of ours, unless something newer waits for the same person.
function taken(sent, html) {
  const answer = pageOf(html), newer = new Set(waiting().map((one) => one.person));
  recount(answer);
  if (sent[0].walkIn) say("[data-problem]", "");
  for (const line of [...answer.querySelectorAll(".tick")]) {
    const old = document.getElementById(line.id), person = line.querySelector("form")?.dataset.person;
    if (old && !newer.has(person)) replace(old, document.adoptNode(line));
    else if (!old && sent[0].walkIn) document.querySelector("[data-list]")?.prepend(document.adoptNode(line));
  }
}

function replace(old, line) {
  const focus = old.contains(document.activeElement) ? document.activeElement.dataset.mode : null;
  old.replaceWith(line);
  if (focus) line.querySelector(`[data-mode="${focus}"]`)?.focus();
}

// --- what is seen ---

function recount(answer) {
  const count = document.getElementById("day-count"), now = answer.getElementById("day-count");
  if (count && now) count.replaceChildren(...now.childNodes);
}

// What other doors have ticked counts here too.
async function look() {
  const count = document.getElementById("day-count");
  if (!count || document.hidden) return;
  try {
    const response = await fetch(count.dataset.count, { redirect: "manual", headers: { "HX-Request": "true" } });
    signedOut = response.headers.has("HX-Redirect");
    if (response.ok && !signedOut) recount(pageOf(await response.text()));
    show();
    if (response.ok && !signedOut && waiting().length) flush();
  } catch { /* there is no network, of which a tick tells */ }
}

// Presses that wait are shown over whatever the server has shown.
function show() {
  const held = waiting(), last = new Map(held.filter((one) => one.person).map((one) => [one.person, one.mode]));
  for (const form of document.querySelectorAll("form[data-person]")) {
    const row = form.closest(".tick"), mode = last.get(form.dataset.person);
    row.toggleAttribute("data-waits", mode !== undefined);
    if (mode !== undefined) paint(form, mode);
  }
  state(held.length);
}

function paint(form, mode) {
  for (const button of form.querySelectorAll("button")) {
    const pressed = button.dataset.mode === mode;
    button.setAttribute("aria-pressed", pressed);
    button.value = pressed ? "" : button.dataset.mode;
  }
}

function state(n) {
  if (signedOut) {
    const link = document.createElement("a");
    link.href = `${words.signIn}?next=${encodeURIComponent(location.pathname)}`;
    link.textContent = words.signin;
    const text = n ? counted(words.waitsOne, words.waitsMany, n) : "";
    const at = door.querySelector("[data-state]");
    if (!at.querySelector("a") || !at.textContent.endsWith(text)) at.replaceChildren(link, ` ${text}`);
  } else say("[data-state]", n && fails ? counted(words.one, words.many, n) : !n && sentSome ? words.sent : "");
  door.toggleAttribute("data-waits", signedOut || n > 0 && fails > 0);
}

// --- pressing ---

function tick(button) {
  const form = button.form, mode = button.value, name = form.querySelector(".marks").getAttribute("aria-label");
  paint(form, mode);
  say("[data-said]", mode ? words.pressed.replace("{name}", () => name).replace("{mode}", () => button.textContent.trim()) : words.taken.replace("{name}", () => name));
  keep({ person: form.dataset.person, mode, url: new URL(form.action).pathname });
}

function walkIn(form, mode) {
  const name = form.elements.name.value.trim();
  if (!name) return form.elements.name.focus();
  keep({ walkIn: random(), name, mode: mode || "in_person", url: new URL(form.action).pathname });
  form.elements.name.value = "";
  const find = document.getElementById("field-q");
  if (!form.closest("aside") && find) begin(find);
}

document.addEventListener("submit", (event) => {
  const button = event.submitter, form = event.target;
  if (form.matches("[data-person]")) { event.preventDefault(); tick(button); }
  else if (form.matches("[data-walk-in]")) { event.preventDefault(); walkIn(form, button?.value); }
});

// --- finding ---

const find = document.getElementById("field-q"), help = document.querySelector("[data-keys-help]");
let enter = false; // Enter was pressed before the answer was there
const current = () => document.getElementById("presence")?.dataset.q === find.value.trim();

function begin(field) {
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

function tickFirst() {
  enter = false;
  const first = document.querySelector("#presence .marks"), button = first?.querySelector("[data-mode=in_person]");
  if (!first) return document.querySelector("#presence [data-walk-in] button")?.focus();
  if (button.value) tick(button);
  find.select();
}

if (find) {
  help.hidden = false;
  find.form.toggleAttribute("data-live", true);
  find.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.preventDefault(); enter = false; begin(find); }
    if (event.key === "ArrowDown") { event.preventDefault(); document.querySelector("#presence [data-row] button, #presence [data-row] a")?.focus(); }
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (find.value.trim().length < 2) return;
    if (current()) tickFirst(); else enter = true;
  });
  find.addEventListener("input", () => { enter = false; if (foundHere(find.value.trim(), fails > 0 || !navigator.onLine)) shown(); });
  keepWholeList(show);
}

function shown() {
  show();
  if (enter && current()) tickFirst();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !find || event.target === find || !event.target.closest("#presence")) return;
  begin(find);
});

document.addEventListener("htmx:after:swap", shown);
// While ticks wait, nobody is led away: the page itself says that one has to sign in again.
document.addEventListener("htmx:before:response", (event) => {
  if (!event.detail.ctx.response.headers.has("HX-Redirect") || !waiting().length) return;
  event.preventDefault();
  signedOut = true;
  show();
});
addEventListener("online", () => { fails = 0; flush(); });
addEventListener("pageshow", () => { show(); flush(); });
addEventListener("storage", (event) => { if (event.key?.startsWith(STORE)) show(); });
addEventListener("beforeunload", (event) => { if (fails && !signedOut && waiting().length) event.preventDefault(); });
setInterval(look, 10000);
show();
flush();
