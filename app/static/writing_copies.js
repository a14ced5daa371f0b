// What is written and not saved yet is kept in this browser, by section, for the account that wrote it. Each opening of
// the page writes copies of its own, so that none is overwritten before somebody has chosen. Of a memo that is not public
// nothing is kept; what is left of others goes when somebody signs out, and after a fortnight (session.js).

const opening = `${Date.now()}`;
const PREFIX = (form) => `koolle.memo.${form.dataset.memo}.`;
const name = (form, key) => `${PREFIX(form)}${key}.${opening}`;

export function keepCopy(form, key, text) {
  if ("secret" in form.dataset) return;
  try { localStorage.setItem(name(form, key), JSON.stringify({ ...text, at: Date.now() })); } catch { /* full, or forbidden */ }
}

export function dropCopy(form, key, place = name(form, key)) {
  try { localStorage.removeItem(place); } catch { /* forbidden */ }
}

// What earlier openings have left: {place, key, heading, body, mark, at}, the oldest first.
export function leftCopies(form) {
  const found = [];
  try {
    for (const place of Object.keys(localStorage).sort()) {
      const [key, of] = place.startsWith(PREFIX(form)) ? place.slice(PREFIX(form).length).split(".") : [];
      if (key && of !== opening) found.push({ place, key, ...JSON.parse(localStorage.getItem(place)) });
    }
  } catch { /* forbidden, or not ours */ }
  return found;
}

// A copy shown in its section, to be used there or to be left; each choice tells whether it is done.
export function offered(form, copy, choices) {
  const box = document.querySelector("[data-kept-template]").content.cloneNode(true).firstElementChild;
  box.querySelector("[data-kept-at]").textContent = new Date(copy.at).toLocaleString(document.documentElement.lang);
  box.querySelector("[data-kept-text]").textContent = [copy.heading, copy.body].filter(Boolean).join("\n\n");
  box.addEventListener("click", async (event) => {
    const choice = event.target.closest("[data-kept]")?.dataset.kept;
    if (!choice || !await choices[choice](copy)) return;
    dropCopy(form, copy.key, copy.place);
    box.remove();
  });
  // another window that has it open has saved it
  addEventListener("storage", (event) => { if (event.key === copy.place && event.newValue === null) box.remove(); });
  return box;
}

// A section that is there no more gets a place for the copy, with what a save needs.
export function stub(copy) {
  const place = Object.assign(document.createElement("section"), { className: "paper-section" });
  place.dataset.section = copy.key;
  for (const what of ["mark", "heading", "body"]) {
    const one = document.createElement(what === "body" ? "textarea" : "input");
    place.append(Object.assign(one, { name: `${what}-${copy.key}`, hidden: true, value: copy[what] ?? "" }));
  }
  place.append(Object.assign(document.createElement("div"), { className: "paper-body" }));
  place.lastElementChild.dataset.between = "";
  return place;
}
