/* The screening queue by keys, and what was chosen is kept in this tab until it is sent: skipping and reloading lose nothing. */
import { areOn, isWriting } from "./keys.js";

export function start(form) {
  const place = `tracker-screening ${form.getAttribute("action")}`;
  if ("answered" in form.dataset) keep();
  else restore();
  form.addEventListener("input", keep);
  form.addEventListener("submit", () => sessionStorage.removeItem(place));
  document.addEventListener("keydown", press);
  /* Rejecting begins with its reason: the first press opens the reasons, the next one sends. */
  form.querySelector("[data-screen-reject-button]")?.addEventListener("click", (event) => {
    if (!form.querySelector("[data-screen-reject]")?.open) reject(event);
  });

  function press(event) {
    if (!areOn() || event.defaultPrevented || event.shiftKey || isWriting(event) || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (/^[1-3]$/.test(key)) judge(event, Number(key) - 1);
    else if (key === "x") reject(event);
    else {
      const target = document.querySelector(`[data-screen-key="${CSS.escape(key)}"]`);
      if (!target) return;
      event.preventDefault();
      target.click();
    }
  }

  /* The qualification in which one stands, else the first of which nothing was said. */
  function judge(event, index) {
    const rows = [...form.querySelectorAll("[data-judged]")];
    const row = event.target.closest?.("[data-judged]") ?? rows.find((one) => !one.querySelector(":checked"));
    const box = row?.querySelectorAll("input[type='radio']")[index];
    if (!box) return;
    event.preventDefault();
    box.checked = true;
    keep();
    row.scrollIntoView({ block: "nearest" });
  }

  function reject(event) {
    const part = form.querySelector("[data-screen-reject]");
    if (!part) return;
    event.preventDefault();
    part.open = true;
    part.scrollIntoView({ block: "nearest" });
    part.querySelector("select")?.focus();
  }

  function fields() {
    return [...form.elements].filter((one) => one.name && one.type !== "hidden" && one.type !== "submit");
  }

  function keep() {
    const values = fields().map((one) => [one.name, one.value, one.type === "radio" || one.type === "checkbox" ? one.checked : null]);
    sessionStorage.setItem(place, JSON.stringify(values));
  }

  function restore() {
    const kept = JSON.parse(sessionStorage.getItem(place) ?? "null");
    if (!kept) return;
    for (const [name, value, checked] of kept) {
      for (const one of fields()) {
        if (one.name !== name) continue;
        if (checked === null) one.value = value;
        else if (one.value === value) one.checked = checked;
      }
    }
    const part = form.querySelector("[data-screen-reject]");
    if (part && [...part.querySelectorAll("select, textarea")].some((one) => one.value)) part.open = true;
  }
}
