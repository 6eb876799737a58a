/* Keys of a page: `?` shows them, `/` goes to the search. Single keys can be turned off, and stay off on this device. */
import { openNodes } from "./dialog.js";

const SETTING = "tracker-keys";

export function areOn() {
  return localStorage.getItem(SETTING) !== "off";
}

export function isWriting(event) {
  return (
    event.ctrlKey || event.metaKey || event.altKey || event.isComposing ||
    Boolean(event.target.closest?.("input:not([type='radio'], [type='checkbox']), textarea, select, [contenteditable]"))
  );
}

export function start() {
  document.addEventListener("keydown", (event) => {
    if (isWriting(event) || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (event.key === "?") show(event);
    else if (event.key === "/" && areOn()) search(event);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-keys-switch]");
    if (!button) return;
    localStorage.setItem(SETTING, areOn() ? "off" : "on");
    name(button);
  });
}

function show(event) {
  const list = document.querySelector("template[data-shortcuts]");
  if (!list) return;
  event.preventDefault();
  const content = document.importNode(list.content, true);
  name(content.querySelector("[data-keys-switch]"));
  openNodes(...content.childNodes);
}

function search(event) {
  const box = document.querySelector("[data-search]");
  if (!box || !box.checkVisibility()) return;
  event.preventDefault();
  box.focus();
}

function name(button) {
  if (button) button.textContent = areOn() ? "Turn the keys off" : "Turn the keys on";
}
