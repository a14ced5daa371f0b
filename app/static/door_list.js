// The whole list, fetched by a press and kept in this page alone, so that people are found without network.

let kept = null;
const aside = document.querySelector("[data-keep]");
const folded = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/ø/g, "o").replace(/æ/g, "a").replace(/ß/g, "ss").replace(/đ/g, "d");
const MOST = 40;

export function keepWholeList(after) {
  if (!aside) return;
  aside.hidden = false;
  const button = aside.querySelector("[data-fetch]"), told = aside.querySelector("[data-kept]");
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      kept = await fetched(button.dataset.fetch);
      told.textContent = told.dataset.kept.replace("{n}", kept.length);
    } catch {
      told.textContent = told.dataset.failed;
    }
    button.disabled = false;
    after();
  });
}

async function fetched(address) {
  const all = [];
  for (let after = ""; after !== null;) {
    const response = await fetch(`${address}?after=${after}`, { redirect: "error" });
    if (!response.ok) throw new Error(response.statusText);
    const part = await response.json();
    all.push(...part.lines);
    after = part.after;
  }
  for (const line of all) line.words = folded([line.name, line.organisation, line.represents, line.in_place_of].join("\n"));
  return all;
}

// Show who fits, of what is kept; only while there is no network, since the server knows what other doors have pressed.
export function foundHere(query, away) {
  if (!kept || !away) return false;
  const words = folded(query).split(/\s+/).filter(Boolean);
  const found = kept.filter((line) => line.person && words.every((word) => line.words.includes(word))).slice(0, MOST);
  const list = document.getElementById("presence"), rows = document.createElement("ul");
  const told = document.createElement("p");
  told.className = "quiet";
  told.textContent = aside.querySelector("[data-found]").dataset.found;
  rows.className = "ticks";
  rows.dataset.rows = rows.dataset.list = "";
  rows.append(...found.map(lineOf));
  list.dataset.q = query;
  list.replaceChildren(told, rows);
  return true;
}

function lineOf(line) {
  const row = document.getElementById("tick-template").content.cloneNode(true).firstElementChild;
  const [place, represents] = row.querySelectorAll(".tick-for"), form = row.querySelector("form");
  row.id = line.key;
  row.querySelector("b").textContent = line.name;
  row.querySelector(".quiet").textContent = line.organisation;
  place.textContent = line.in_place_of ? place.dataset.place.replace("{name}", () => line.in_place_of) : "";
  represents.textContent = line.represents;
  form.action = aside.querySelector("[data-marks]").dataset.marks + line.person;
  form.dataset.person = line.person;
  form.firstElementChild.setAttribute("aria-label", line.name);
  for (const button of form.querySelectorAll("button")) {
    const pressed = button.dataset.mode === line.mode;
    button.id = `${line.key}-${button.dataset.mode}`;
    button.setAttribute("aria-pressed", pressed);
    if (pressed) button.value = "";
  }
  return row;
}
