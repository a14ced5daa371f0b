// Rows are dragged into order; the buttons do the same without this file. data-sort names the form that the order goes in.

function sortable() {
  const list = document.querySelector("[data-sort]");
  if (!list || list.dataset.sorting) return;
  list.dataset.sorting = "yes";
  Sortable.create(list, {
    draggable: "[data-id]",
    filter: "a, button, input, select, textarea, label, summary",
    preventOnFilter: false,
    delay: 200,
    delayOnTouchOnly: true,
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
    onEnd: ({ oldIndex, newIndex }) => {
      if (oldIndex === newIndex) return;
      const form = document.getElementById(list.dataset.sort);
      form.elements.order.value = [...list.querySelectorAll("[data-id]")].map((row) => row.dataset.id).join();
      form.requestSubmit();
    },
  });
}

sortable();
document.addEventListener("htmx:after:swap", sortable);
