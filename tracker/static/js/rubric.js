/* Statements of a draft by mouse and by keys. Nothing moves here: a drop or a key opens the statement's own form,
   with the competency chosen, which says what is replaced and decides. */
import { open } from "./dialog.js";

export function start(root) {
  startDragging(root);
  startKeys(root);
}

function formAddress(piece, key) {
  const target = new URL(piece.dataset.move, location.href);
  target.searchParams.set("to_key", key);
  return target.href;
}

function startDragging(root) {
  let dragged = null;
  root.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-move]") ?? null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.querySelector("[dir='auto']").textContent);
    dragged.classList.add("lifted");
    for (const cell of cellsFor(root, dragged)) cell.classList.add("may-take");
  });
  root.addEventListener("dragover", (event) => {
    const cell = aim(event, dragged);
    mark(root, cell);
    if (!cell) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
  });
  root.addEventListener("drop", (event) => {
    const cell = aim(event, dragged);
    if (!cell) return;
    event.preventDefault();
    open(formAddress(dragged, cell.dataset.key), dragged.querySelector("button, a"));
  });
  root.addEventListener("dragend", () => {
    mark(root, null);
    for (const cell of root.querySelectorAll(".may-take")) cell.classList.remove("may-take");
    dragged?.classList.remove("lifted");
    dragged = null;
  });
}

/* A statement keeps its level: it goes to another competency in the same column. */
function cellsFor(root, piece) {
  const level = piece.closest("[data-level]").dataset.level;
  const own = piece.closest("td.anchor");
  return [...root.querySelectorAll(`td.anchor[data-level="${CSS.escape(level)}"]`)].filter((cell) => cell !== own);
}

function aim(event, dragged) {
  const cell = event.target.closest?.("td.anchor");
  return dragged && cell?.classList.contains("may-take") ? cell : null;
}

function mark(root, cell) {
  for (const one of root.querySelectorAll("td.over")) if (one !== cell) one.classList.remove("over");
  cell?.classList.add("over");
}

/* Alt with an arrow, from the cell's link or menu: to the competency above or below. */
function startKeys(root) {
  root.addEventListener("keydown", (event) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    const cell = event.target.closest("td.anchor");
    const piece = cell?.querySelector("[data-move]");
    if (!piece) return;
    const column = [...root.querySelectorAll(`td.anchor[data-level="${CSS.escape(cell.dataset.level)}"]`)];
    const there = column[column.indexOf(cell) + (event.key === "ArrowDown" ? 1 : -1)];
    if (!there) return;
    event.preventDefault();
    open(formAddress(piece, there.dataset.key), event.target);
  });
}
