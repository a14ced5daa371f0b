// Says five minutes before somebody is signed out for doing nothing, and lets them stay. What is written stays on the page.

const warning = document.getElementById("idle");
let seen = Date.now();
const passed = () => (Date.now() - seen) / 1000;
const alive = () => { seen = Date.now(); look(); };

function look() {
  const ended = passed() >= Number(warning.dataset.ends);
  const near = passed() >= Number(warning.dataset.warns);
  warning.hidden = !near;
  warning.querySelector("[data-near]").hidden = ended;
  warning.querySelector("[data-ended]").hidden = !ended;
}

// Whatever the page asks of the server is a sign of life, as long as it answers as to somebody signed in.
document.addEventListener("htmx:after:request", (event) => { if (event.detail?.ctx?.response?.raw?.ok) alive(); });
warning.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await fetch(event.target.action, { method: "POST", redirect: "manual", headers: { "Content-Type": "application/x-www-form-urlencoded" } }).catch(() => null);
  if (answer?.status === 204) alive();
  else seen = 0;
  look();
});
setInterval(look, 15000);

// What is kept in this browser and on no server (writing_copies.js, door.js): the texts go when somebody signs out, all of
// it after a fortnight. A press at the door stays till then: it is sent as soon as somebody is signed in there again.
const FORTNIGHT = 14 * 24 * 3600 * 1000;
const TEXTS = "koolle.memo.", PRESSES = "koolle.door.";

function forget(leaving) {
  try {
    for (const place of Object.keys(localStorage)) {
      const text = place.startsWith(TEXTS);
      if (text && leaving) localStorage.removeItem(place);
      else if ((text || place.startsWith(PRESSES)) && isOld(localStorage.getItem(place))) localStorage.removeItem(place);
    }
  } catch { /* forbidden */ }
}

function isOld(held) {
  try {
    const { at, wall } = JSON.parse(held);
    return !(Date.now() - (at ?? wall) < FORTNIGHT);
  } catch { return true; }
}

document.addEventListener("submit", (event) => { if (event.target.getAttribute("action") === "/sign-out") forget(true); });
forget(false);
