/* Choosing rows: all at once, a range with Shift, and how many there are. */

export function start(table) {
  const form = table.closest("form") ?? document;
  const all = table.querySelector("[data-select-all]");
  const bar = form.querySelector("[data-bulk]");
  const boxes = () => [...table.querySelectorAll("tbody input[type='checkbox']")];
  let last = null;

  function count() {
    const rows = boxes();
    const chosen = rows.filter((box) => box.checked).length;
    if (all) {
      all.checked = chosen > 0 && chosen === rows.length;
      all.indeterminate = chosen > 0 && chosen < rows.length;
    }
    if (bar) tell(bar, chosen);
  }

  all?.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    count();
  });
  table.addEventListener("click", (event) => {
    const box = event.target.closest("tbody input[type='checkbox']");
    if (!box) return;
    if (event.shiftKey && last) {
      const rows = boxes();
      const [from, to] = [rows.indexOf(last), rows.indexOf(box)].sort((a, b) => a - b);
      for (const one of rows.slice(from, to + 1)) one.checked = box.checked;
    }
    last = box;
    count();
  });
  table.addEventListener("change", count);
  addEventListener("pageshow", count);
  count();
}

function tell(bar, chosen) {
  bar.classList.toggle("on", chosen > 0);
  for (const button of bar.querySelectorAll("button")) button.disabled = chosen === 0;
  const words = chosen === 1 ? bar.dataset.one : bar.dataset.many;
  bar.querySelector("[data-count]").textContent = chosen ? `${chosen} ${words}` : "Choose rows, then what to do with them";
}
