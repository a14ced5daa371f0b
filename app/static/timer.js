// Counts the seconds of the timer between two answers of the server, by the server's clock; the page is right without it.

let loaded = 0, item = null;

function begin() {
  const timer = document.getElementById("timer");
  if (!timer) return;
  loaded = performance.now();
  // read aloud only when another item is dealt with, not each second
  if (item !== null && item !== timer.dataset.item) document.getElementById("timer-said").textContent = timer.dataset.said;
  item = timer.dataset.item;
  tick();
}

function tick() {
  const timer = document.getElementById("timer");
  const clock = timer?.querySelector("[data-clock]");
  if (!clock) return;
  const { now, due, begun } = timer.dataset;
  const time = Number(now) + (performance.now() - loaded) / 1000;
  const seconds = due ? Number(due) - time : time - Number(begun);
  clock.textContent = words(Math.abs(due ? Math.ceil(seconds) : Math.floor(seconds)));
  if (!due) return;
  const over = Math.ceil(seconds) < 0;
  timer.querySelector("[data-when-left]").hidden = over;
  timer.querySelector("[data-when-over]").hidden = !over;
  timer.querySelector(".timer-now").classList.toggle("is-over", over);
  const whole = Number(due) - Number(begun);
  timer.querySelector("[data-bar]").setAttribute("width", whole ? Math.min(100, 100 * (1 - seconds / whole)) : 100);
}

function words(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return `${minutes < 60 ? minutes : `${Math.floor(minutes / 60)}:${two(minutes % 60)}`}:${two(seconds % 60)}`;
}

begin();
setInterval(tick, 1000);
document.addEventListener("htmx:after:swap", begin);
