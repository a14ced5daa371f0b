// An order of importance: a list that is ordered by buttons as well as by the places that are chosen.

const place = (row) => Number(row.querySelector("select").value) || Infinity;
const inOrder = (list) => [...list.children].sort((a, b) => place(a) - place(b) || 0);

// Put every list in the order of its places, with its buttons.
export function arrange(form) {
  for (const list of form.querySelectorAll("[data-ranking]")) {
    list.append(...inOrder(list));
    for (const select of list.querySelectorAll("select")) select.dataset.was = select.value;
  }
  for (const moves of form.querySelectorAll(".moves")) moves.hidden = false;
}

// Move a button's row one place; returns what is to be said of it.
export function move(button) {
  const list = button.closest("[data-ranking]"), rows = inOrder(list), row = button.closest("li");
  const from = rows.indexOf(row), to = Math.min(Math.max(from + Number(button.dataset.move), 0), rows.length - 1);
  rows.splice(to, 0, ...rows.splice(from, 1));
  rows.forEach((one, at) => {
    const select = one.querySelector("select");
    select.value = select.dataset.was = at < list.dataset.places ? String(at + 1) : "";
  });
  list.append(...rows);
  button.focus();
  const what = row.querySelector("label").textContent;
  return list.dataset.placed.replace("{what}", what).replace("{place}", to + 1);
}

// Whoever has the place that is chosen gets the one that becomes free.
export function change(select) {
  for (const other of select.closest("[data-ranking]").querySelectorAll("select")) {
    if (other !== select && select.value && other.value === select.value) other.value = other.dataset.was = select.dataset.was;
  }
  select.dataset.was = select.value;
}
