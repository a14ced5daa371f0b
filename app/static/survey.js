// A survey's answers are saved while they are written. Without this file the form saves whole, by its buttons.
//
// One request at a time, in order. One that may not have come through is tried again as it was, before anything newer:
// the server knows it by its stamps, so that it is stored once. "Saved" is said only when the server has said it.

import { arrange, change, move } from "./ranking.js";
import { byId, controls, fault, fieldsOf, form, mark, questionOf, questions, say, stampOf, whisper } from "./survey_form.js";

const AFTER = 3000; // milliseconds from the first letter that is not saved to the saving
const PAUSES = [1000, 2000, 4000, 8000, 15000];
const PATIENCE = 15000;
const MOST_KEPT_ALIVE = 60000; // of what is sent while the page goes away (Fetch: 64 KiB)

const written = new Set(); // questions that have been changed since they were last sent
const conflicts = new Map(); // questions of which the person has to choose, with the other window's fields
let request = null; // what is being sent: {body, ids}
let running = null, timer = null, fails = 0, over = false, leaving = false;

const ids = (object) => Object.keys(object).map(Number);

// --- saving ---

function touch(id) {
  written.add(id);
  mark(id, fails ? form.dataset.unsaved : "");
  timer ??= setTimeout(wake, AFTER);
}

function wake() {
  timer = null;
  flush();
}

function flush() {
  running ??= work().finally(() => { running = null; });
  return running;
}

async function work() {
  clearTimeout(timer);
  timer = null;
  while (!over && (request ??= next())) if (!await attempt()) break;
}

function next() {
  const sent = [...written].filter((id) => !conflicts.has(id));
  if (!sent.length) return null;
  for (const id of sent) written.delete(id);
  return { ids: sent, body: fieldsOf(sent).toString() };
}

function post(body) {
  return fetch(form.dataset.survey, {
    method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(PATIENCE), keepalive: body.length < MOST_KEPT_ALIVE,
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  });
}

async function attempt() {
  let status, told;
  try {
    const response = await post(request.body);
    status = response.status;
    told = await response.json();
  } catch { return failed(status); }
  const sent = request.ids;
  request = null;
  if (fails) { fails = 0; say(""); whisper(form.dataset.again); }
  hear(told, sent);
  return true;
}

function failed(status) {
  const unknown = [401, 403, 404].includes(status);
  const words = unknown ? form.dataset.unknown : form.dataset.unsaved;
  for (const id of [...request.ids, ...written]) mark(id, form.dataset.unsaved);
  if (!fails) whisper(words);
  say(unknown ? words : "");
  clearTimeout(timer); // what was typed during the request has set it for sooner
  timer = setTimeout(wake, PAUSES[Math.min(fails, PAUSES.length - 1)]);
  fails += 1;
  return false;
}

function hear(told, sent) {
  if (told.closed) {
    over = true;
    say(told.closed);
    for (const id of [...sent, ...written]) mark(id, "");
    return;
  }
  for (const id of ids(told.stamps)) stampOf(id).value = told.stamps[id];
  for (const id of told.kept) {
    fault(id, "");
    if (!written.has(id)) mark(id, told.saved, true);
  }
  for (const id of ids(told.problems)) if (!stillTyped(id)) fault(id, told.problems[id]);
  for (const id of ids(told.conflicts)) conflict(id, told.conflicts[id]);
  form.querySelector("progress").max = Math.max(told.asked, 1);
  form.querySelector("progress").value = told.answered;
  form.querySelector("[data-progress]").textContent = told.progress;
  show(told.shown);
}

// A number or a date is not judged before it is whole.
const stillTyped = (id) => document.activeElement?.matches("[inputmode], [type=date]") && byId(id).contains(document.activeElement);

// Which questions are asked depends on the answers. What is hidden is not kept; what is shown again is saved again.
function show(shown) {
  for (const question of questions()) {
    const id = Number(question.dataset.question), hidden = !shown.includes(id);
    if (hidden) stampOf(id).value = "";
    else if (question.hidden && controls(question).some((one) => one.type === "radio" || one.type === "checkbox" ? one.checked : one.value)) touch(id);
    question.hidden = hidden;
  }
  for (const section of form.querySelectorAll("[data-section]")) {
    const below = [];
    for (let one = section.nextElementSibling; one && !one.matches("[data-section]"); one = one.nextElementSibling) below.push(one);
    section.hidden = below.length > 0 && below.every((one) => one.hidden);
  }
}

// --- two windows ---

function conflict(id, other) {
  const question = byId(id);
  const mine = fieldsOf([id]), theirs = other.fields;
  const same = controls(question).every((one) => mine.getAll(one.name).join("\n") === (theirs[one.name] ?? []).join("\n"));
  if (same) return mark(id, "");
  conflicts.set(id, theirs);
  const box = document.querySelector("[data-conflict-template]").content.cloneNode(true).firstElementChild;
  box.querySelector("[data-other]").textContent = other.words;
  for (const button of box.querySelectorAll("button")) button.value = id;
  question.querySelector("[data-conflict]")?.remove();
  question.querySelector("[data-saved]").before(box);
  mark(id, "");
  whisper(box.querySelector("b").textContent);
}

function settle(button) {
  const id = Number(button.value), theirs = conflicts.get(id), question = byId(id);
  if (button.name === "take" && !theirs) return false;
  conflicts.delete(id);
  question.querySelector("[data-conflict]").remove();
  fault(id, "");
  if (button.name === "take") {
    for (const one of controls(question)) {
      const values = theirs[one.name] ?? [];
      if (one.type === "radio" || one.type === "checkbox") one.checked = values.includes(one.value);
      else one.value = values[0] ?? "";
    }
    written.delete(id);
  } else touch(id);
  controls(question)[0].focus();
  flush();
  return true;
}

// --- beginning ---

function clearable(question) {
  const button = question.querySelector("[data-clear]");
  if (button) button.hidden = !question.querySelector("input:checked");
}

function begin() {
  arrange(form);
  questions().forEach(clearable);
  show(form.dataset.shown.split(" ").map(Number));
}

form.addEventListener("input", (event) => {
  const question = questionOf(event.target);
  if (!question) return;
  if (event.target.matches(".other-words") && event.target.value.trim()) event.target.previousElementSibling.querySelector("input").checked = true;
  if (event.target.closest("[data-ranking]")) change(event.target);
  clearable(question);
  touch(Number(question.dataset.question));
});
form.addEventListener("change", (event) => { if (questionOf(event.target) && !fails) flush(); });
form.addEventListener("focusout", () => { if (written.size && !fails) flush(); });

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move], [data-clear]");
  if (!button) return;
  const question = questionOf(button);
  if (button.matches("[data-move]")) {
    whisper(move(button));
    return touch(Number(question.dataset.question));
  }
  for (const one of controls(question)) one.checked = false;
  controls(question)[0].focus();
  clearable(question);
  touch(Number(question.dataset.question));
  flush();
});

form.addEventListener("submit", async (event) => {
  if (leaving || over) return;
  const button = event.submitter;
  event.preventDefault();
  if (["mine", "take"].includes(button?.name) && settle(button)) return;
  await flush();
  await flush();
  await new Promise((after) => setTimeout(after)); // a form cannot be sent while it still tells that it is (HTML, 4.10.21.3)
  if (fails) return say(form.dataset.stays);
  if (conflicts.size && button?.name === "act") return byId([...conflicts.keys()][0]).querySelector("[data-conflict] button").focus();
  leaving = true;
  form.requestSubmit(button);
});

addEventListener("online", flush);
addEventListener("focus", () => { if (fails) flush(); });
document.addEventListener("visibilitychange", () => { if (document.hidden) flush(); });
addEventListener("pagehide", () => {
  const last = leaving || over ? null : next();
  if (last) post(last.body).catch(() => { for (const id of last.ids) written.add(id); });
});
addEventListener("pageshow", () => { leaving = false; });
addEventListener("beforeunload", (event) => { if (fails && (request || written.size)) event.preventDefault(); });

begin();
