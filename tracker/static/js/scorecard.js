/* A scorecard by keys: 1 to 4, 0 and n rate the competency in which one stands; the progress counts along.
   Where the page is wide enough to show every competency, each is open for those who do not see it, too. */
import { areOn, isWriting } from "./keys.js";

export function start(form) {
  const rows = [...form.querySelectorAll("[data-rating]")];
  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-rating]");
    if (!row || !areOn() || isWriting(event)) return;
    const box = boxFor(row, event.key.toLowerCase());
    if (!box) return;
    event.preventDefault();
    box.checked = true;
    box.focus();
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });
  for (const row of rows) if (!row.hasAttribute("tabindex")) row.tabIndex = -1;
  const wide = matchMedia("(min-width: 48.01rem)");
  const unfold = () => { if (wide.matches) for (const row of rows) row.closest("details").open = true; };
  wide.addEventListener("change", unfold);
  unfold();
  form.addEventListener("change", count);
  form.addEventListener("restored", count);
  count();

  function count() {
    const place = form.querySelector("[data-progress]") ?? document.querySelector("[data-progress]");
    if (!place) return;
    const done = rows.filter((row) => row.querySelector("input[type='radio']:checked")).length;
    const words = `${done} of ${rows.length}`;
    const text = place.querySelector("[data-progress-text]") ?? (place.children.length ? null : place);
    if (text && text.textContent !== words) text.textContent = words;
    const bar = place.querySelector("progress");
    if (bar) Object.assign(bar, { value: done, max: rows.length || 1 });
  }
}

function boxFor(row, key) {
  const boxes = [...row.querySelectorAll("input[type='radio']")];
  if (/^[0-4]$/.test(key)) return boxes.find((box) => box.value === key);
  return key === "n" ? boxes.find((box) => !/^[0-4]$/.test(box.value)) : null;
}
