// Keeps what is being typed into a form, two seconds after the last letter and when the page is left, until it is saved.
// Without this file nothing is kept; what was kept is offered by the page itself.

const page = Array.from(crypto.getRandomValues(new Uint8Array(9)), (one) => one.toString(36)).join("");
const forms = new WeakMap(); // form: its timer, what is on its way, where it says what happened
let turn = 0;

const sentTo = (form) => { const url = new URL(form.getAttribute("action"), location.href); return url.pathname + url.search; };
const offered = (address) => [...document.querySelectorAll("[data-draft-of]")].filter((one) => one.dataset.draftOf === address);
const clock = () => {
  const now = new Date(), hours = String(now.getHours()), minutes = String(now.getMinutes()).padStart(2, "0");
  return document.documentElement.lang === "en" ? `${hours.padStart(2, "0")}:${minutes}` : `${hours}.${minutes}`;
};

function known(form) {
  if (!forms.has(form)) {
    const said = document.createElement("p");
    said.className = "saved draft-said";
    said.setAttribute("role", "status");
    (form.querySelector(".buttons") ?? form).append(said);
    forms.set(form, { timer: null, sending: null, said, state: "" });
  }
  return forms.get(form);
}

// Read aloud when it begins to be kept and when it cannot be; after that the time changes in silence.
function say(form, state, words) {
  const one = known(form);
  one.said.setAttribute("aria-live", state === one.state ? "off" : "polite");
  one.said.classList.toggle("saved--not", state !== "kept");
  one.state = state;
  if (one.said.textContent !== words) one.said.textContent = words;
}

async function keep(form, leaving = false) {
  const one = known(form);
  clearTimeout(one.timer);
  one.timer = null;
  if (!form.isConnected) return;
  const address = sentTo(form);
  if (offered(address).some((box) => !("taken" in box.dataset))) return say(form, "undecided", form.dataset.undecided);
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  const body = new URLSearchParams({ form: address, page, turn: ++turn, fields: JSON.stringify(fields) });
  const sending = one.sending = new AbortController();
  const keepalive = leaving && body.toString().length < 60000; // a browser takes no more from a page that is left
  const answer = await fetch("/drafts", { method: "POST", body, redirect: "manual", keepalive, signal: sending.signal }).catch(() => null);
  if (sending.signal.aborted || !form.isConnected) return;
  if (answer?.status === 204) return say(form, "kept", form.dataset.kept.replace("{time}", clock()));
  say(form, "not", form.dataset.notKept);
  if (one.timer === null && !leaving) one.timer = setTimeout(keep, 15000, form);
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-draft]");
  if (!form) return;
  const one = known(form);
  clearTimeout(one.timer);
  one.timer = setTimeout(keep, 2000, form);
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  for (const form of document.querySelectorAll("form[data-draft]")) if (forms.get(form)?.timer) keep(form, true);
});

// What is sent is saved, or comes back with what is wrong: no draft of it shall come behind.
document.addEventListener("submit", (event) => {
  const one = forms.get(event.target);
  if (!one) return;
  clearTimeout(one.timer);
  one.timer = null;
  one.sending?.abort();
  for (const box of offered(sentTo(event.target))) box.remove();
});
