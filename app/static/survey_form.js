// A survey's form on its page: its questions, their fields, and what the page says beside them.

export const form = document.querySelector("form[data-survey]");
export const questions = () => [...form.querySelectorAll("[data-question]")];
export const questionOf = (element) => element.closest("[data-question]");
export const byId = (id) => form.querySelector(`[data-question="${id}"]`);
export const stampOf = (id) => form.elements[`q${id}-stamp`];
export const controls = (question) => [...question.querySelectorAll("input:not([type=hidden]), select, textarea")];

export function fieldsOf(wanted) {
  const body = new URLSearchParams({ public_id: form.elements.public_id.value });
  for (const [name, value] of new FormData(form)) {
    const of = /^q(\d+)(-|$)/.exec(name);
    if (of && wanted.includes(Number(of[1]))) body.append(name, value);
  }
  return body;
}

export function mark(id, words, saved = false) {
  const place = byId(id)?.querySelector("[data-saved]");
  if (!place) return;
  place.hidden = !words;
  place.classList.toggle("saved--not", !saved);
  place.querySelector("span").textContent = words;
}

export function whisper(words) { form.querySelector("[data-whispered]").textContent = words; }

export function say(words) {
  const place = form.querySelector("[data-said]");
  place.hidden = !words;
  place.textContent = words;
}

export function fault(id, words) {
  const field = byId(id).querySelector(".field");
  const target = field.matches("fieldset") ? field : controls(field)[0];
  const name = `said-${id}`;
  field.querySelector(".field-error")?.remove();
  field.classList.toggle("field--wrong", Boolean(words));
  const described = (target.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== name && !one.endsWith("-error"));
  if (words) {
    const place = Object.assign(document.createElement("p"), { className: "field-error", id: name, textContent: words });
    field.querySelector("legend, label").after(place);
    described.push(name);
    target.setAttribute("aria-invalid", "true");
    whisper(words);
  } else target.removeAttribute("aria-invalid");
  if (described.length) target.setAttribute("aria-describedby", described.join(" "));
  else target.removeAttribute("aria-describedby");
}
