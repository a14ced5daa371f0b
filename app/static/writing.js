// The memo's texts are saved while they are written. Without this file the form saves whole, by its button.
//
// One request at a time, in order; one that may not have come through is sent again as it was: equal texts are no
// conflict. "Saved" is said only when the server has said it, which it does after the commit.

import { partOf } from "./pages.js";
import { dropCopy, keepCopy, leftCopies, offered, stub } from "./writing_copies.js";
import { beginTools } from "./writing_tools.js";

const form = document.getElementById("memo-text");
const AFTER = 2000, AT_MOST = 10000; // milliseconds from the last letter, and from the first that is not saved
const PAUSES = [1000, 2000, 4000, 8000, 15000];
const PATIENCE = 15000;
const MOST_KEPT_ALIVE = 60000; // of what is sent while the page goes away (Fetch: 64 KiB)

const words = form.dataset;
const bar = document.querySelector("[data-bar]"), state = bar.querySelector("[data-state]");
const written = new Set(); // sections that have changed since they were last sent
const conflicts = new Map(); // sections of which the writer has to choose, with what others have saved
const faulty = new Set(); // sections that the server will not take as they are
let request = null; // what is being sent: {body, sent, decides}
let running = null, timer = null, since = 0, fails = 0, why = "", leaving = false, saved = state.textContent;

const section = (key) => form.querySelector(`[data-section="${key}"]`);
const field = (what, key) => form.elements[`${what}-${key}`];
const between = (key) => section(key).querySelector("[data-between]") ?? section(key);
const textOf = (key) => ({ heading: field("heading", key).value, body: field("body", key)?.value ?? null, mark: field("mark", key).value });
const same = (one, other) => one.heading === other.heading && (one.body ?? "").trim() === (other.body ?? "").trim();

export function whisper(sentence) { bar.querySelector("[data-whispered]").textContent = sentence; }

function show() {
  const not = fails ? words[why] : faulty.size ? words.tooLong : conflicts.size ? words.waits : "";
  state.textContent = not || (request?.sent.length ? words.saving : written.size ? words.unsaved : saved);
  state.classList.toggle("paper-state--not", Boolean(not));
}

// --- saving ---

export function touch(key) {
  if (!field("mark", key)) return;
  written.add(key);
  faulty.delete(key);
  keepCopy(form, key, textOf(key));
  clearTimeout(timer);
  since ||= Date.now();
  timer = setTimeout(flush, Math.max(0, Math.min(AFTER, since + AT_MOST - Date.now())));
  show();
}

export function flush() {
  running ??= work().finally(() => { running = null; show(); });
  return running;
}

async function work() {
  clearTimeout(timer);
  while ((request ??= next())) if (!await attempt()) break;
}

function next() {
  const sent = [...written].filter((key) => !conflicts.has(key) && !faulty.has(key));
  since = 0;
  if (!sent.length) return null;
  for (const key of sent) written.delete(key);
  return made(sent.map((key) => [key, textOf(key)]));
}

function made(sent, decides = "") {
  const body = new URLSearchParams();
  for (const [key, text] of sent) {
    body.append(`mark-${key}`, text.mark);
    body.append(`heading-${key}`, text.heading);
    if (text.body !== null && text.body !== undefined) body.append(`body-${key}`, text.body);
    if (decides) body.append(`decides-${key}`, decides);
  }
  const keys = sent.map(([key]) => key);
  for (const { dataset: { section: key } } of form.querySelectorAll("[data-section]")) if (!keys.includes(key) && !written.has(key)) body.append(`seen-${key}`, field("mark", key).value);
  return { body: body.toString(), sent, decides };
}

function post(body) {
  return fetch(form.getAttribute("action"), { // buttons are called action too
    method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(PATIENCE), keepalive: body.length < MOST_KEPT_ALIVE,
    headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
  });
}

async function attempt() {
  show();
  let told = null, reason = "offline";
  try {
    const response = await post(request.body);
    reason = response.type === "opaqueredirect" ? "out" : "refused";
    told = await response.json();
  } catch { return failed(reason); }
  const done = request;
  request = null;
  if (fails) whisper(words.again);
  fails = 0;
  hear(told, done);
  return true;
}

function failed(reason) {
  if (!fails || reason !== why) whisper(words[reason]);
  why = reason;
  clearTimeout(timer);
  timer = setTimeout(flush, PAUSES[Math.min(fails, PAUSES.length - 1)]);
  fails += 1;
  show();
  return false;
}

function hear(told, done) {
  if (done.sent.length) saved = told.saved;
  for (const [key, other] of Object.entries(told.newer)) takeOver(key, other);
  for (const [key, text] of done.sent) {
    if (told.conflicts[key]) conflict(key, told.conflicts[key]);
    else if (told.problems[key]) fault(key, told.problems[key]);
    else if (done.decides !== "theirs") {
      field("mark", key).value = told.marks[key];
      if (written.has(key)) keepCopy(form, key, textOf(key));
      else if (same(textOf(key), text)) dropCopy(form, key);
    }
  }
  show();
}

// What others have saved of what is not being written here; what one has the cursor in stays as it is.
function takeOver(key, other) {
  const heading = field("heading", key), body = field("body", key);
  if (written.has(key) || conflicts.has(key) || faulty.has(key) || section(key).contains(document.activeElement)) return;
  if ((body?.value ?? null) === null ? other.body !== null && key !== "title" : other.body === null) return; // another kind of part: the next opening shows it
  heading.value = other.heading;
  if (body) body.value = other.body;
  field("mark", key).value = other.mark;
}

function fault(key, sentence) {
  faulty.add(key);
  written.add(key);
  between(key).replaceChildren(Object.assign(document.createElement("p"), { className: "field-error", textContent: sentence }));
  whisper(sentence);
}

// --- two writers ---

// What the server sends is a part of the page, in which it has escaped what people wrote. The cursor stays where it is.
function conflict(key, other) {
  conflicts.set(key, other);
  between(key).replaceChildren(partOf(other.html));
  whisper(between(key).querySelector("b").textContent);
}

async function settle(key, decides) {
  const other = conflicts.get(key);
  await flush();
  const mine = textOf(key);
  request = made([[key, { ...mine, mark: other.mark ?? "" }]], decides);
  conflicts.delete(key);
  written.delete(key);
  await flush();
  if (fails) { // nothing is decided before the server knows
    request = null;
    conflicts.set(key, other);
    written.add(key);
    return show();
  }
  if (conflicts.has(key)) return;
  between(key).replaceChildren();
  dropCopy(form, key);
  if (decides === "mine") { if (other.gone) location.reload(); return; }
  if (other.gone) return section(key).remove();
  field("heading", key).value = other.heading;
  if ((field("body", key)?.value ?? null) === null || other.body === null) return location.reload();
  field("body", key).value = other.body;
  field("mark", key).value = other.mark;
  field("body", key).focus();
}

// --- what an earlier opening has left ---

async function use(copy) {
  field("heading", copy.key).value = copy.heading;
  if (field("body", copy.key) && copy.body !== null) field("body", copy.key).value = copy.body;
  field("mark", copy.key).value = copy.mark;
  touch(copy.key);
  field("body", copy.key)?.focus();
  return true;
}

async function leave(copy) {
  await flush();
  request = made([[copy.key, copy]], "theirs");
  await flush();
  if (fails) request = null;
  return !fails;
}

function offer(copy) {
  if (!section(copy.key)) form.append(stub(copy));
  else if (same(copy, textOf(copy.key))) return dropCopy(form, copy.key, copy.place);
  between(copy.key).append(offered(form, copy, { use, leave }));
}

// --- beginning ---

form.addEventListener("input", (event) => {
  const place = event.target.closest("[data-section]");
  if (place && event.target.matches(".paper-write")) touch(place.dataset.section);
});
// what was typed before this was loaded
for (const one of form.querySelectorAll("[data-section] .paper-write")) if (one.value !== one.defaultValue) touch(one.closest("[data-section]").dataset.section);
form.addEventListener("focusout", () => { if (written.size && !fails) flush(); });
form.addEventListener("click", (event) => {
  const button = event.target.closest("[type=button][name^=decides-]");
  if (button) settle(button.name.slice("decides-".length), button.value);
});

form.addEventListener("submit", async (event) => {
  if (leaving) return;
  const button = event.submitter;
  event.preventDefault();
  await flush();
  await flush();
  await new Promise((after) => setTimeout(after)); // a form cannot be sent while it still tells that it is (HTML, 4.10.21.3)
  if (fails || (!button?.value && !conflicts.size && !faulty.size)) return show(); // all is saved, and nothing else is asked for
  if (conflicts.size && !button?.name.startsWith("decides-")) return form.querySelector("[data-conflict]").focus();
  leaving = true;
  form.requestSubmit(button?.value ? button : undefined);
});

addEventListener("online", flush);
addEventListener("focus", () => { if (!request && !written.size) request = made([]); flush(); });
document.addEventListener("visibilitychange", () => { if (document.hidden) flush(); });
addEventListener("pagehide", () => {
  const last = leaving ? null : next();
  if (last) post(last.body).catch(() => { for (const [key] of last.sent) written.add(key); });
});
addEventListener("pageshow", () => { leaving = false; });
addEventListener("beforeunload", (event) => { if (!leaving && (fails || faulty.size || conflicts.size)) event.preventDefault(); });

bar.hidden = false;
beginTools(form, bar, whisper);
for (const copy of leftCopies(form)) offer(copy);
// who has added or moved a section goes on there
document.getElementById(location.hash.slice(1))?.querySelector("[data-section] > h2 > input")?.focus();
