/* The board by mouse and by keys. Nothing moves here: a drop or a key opens the card's own moves page, which decides. */
import { open } from "./dialog.js";
import { areOn, isWriting } from "./keys.js";
import { get, parse } from "./request.js";

const PLACE = "tracker-board";

export function start(board) {
  const status = document.querySelector("[data-board-status]");
  startDragging(board);
  startKeys(board);
  board.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-more]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    showMore(link, status);
  });
  keepPlace(board);
}

/* What the person saw goes along: the stage and the version of the card at the time of the drop. */
function movesAddress(card, stage = "") {
  const target = new URL(card.querySelector("a.dots").href, location.href);
  if (stage) target.searchParams.set("to", stage);
  target.searchParams.set("from", card.closest("[data-stage]").dataset.stage);
  target.searchParams.set("version", card.dataset.version);
  return target.href;
}

function openMoves(card, stage) {
  if (card.querySelector("a.dots")) open(movesAddress(card, stage), card.querySelector("a"));
}

function startDragging(board) {
  let dragged = null;
  board.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("article.card[draggable='true']");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.querySelector("a").textContent);
    dragged.classList.add("dragged");
  });
  board.addEventListener("dragover", (event) => {
    const column = aim(event, dragged);
    mark(board, column);
    if (!column) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
  });
  board.addEventListener("dragleave", (event) => {
    if (!board.contains(event.relatedTarget)) mark(board, null);
  });
  board.addEventListener("drop", (event) => {
    const column = aim(event, dragged);
    mark(board, null);
    if (!column) return;
    event.preventDefault();
    openMoves(dragged, column.dataset.stage);
  });
  board.addEventListener("dragend", () => {
    mark(board, null);
    dragged?.classList.remove("dragged");
    dragged = null;
  });
}

function aim(event, dragged) {
  const column = event.target.closest?.("section.column[data-stage]");
  return dragged && column && column !== dragged.closest(".column") ? column : null;
}

function mark(board, column) {
  for (const one of board.querySelectorAll(".column.over-it")) if (one !== column) one.classList.remove("over-it");
  column?.classList.add("over-it");
}

function startKeys(board) {
  board.addEventListener("keydown", (event) => {
    const card = event.target.closest("article.card");
    if (!card || isWriting(event) || event.shiftKey) return;
    const next = neighbour(board, card, event.key);
    if (next) {
      event.preventDefault();
      next.querySelector("a").focus();
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else if (event.key.toLowerCase() === "m" && areOn()) {
      event.preventDefault();
      openMoves(card);
    }
  });
}

function neighbour(board, card, key) {
  const columns = [...board.querySelectorAll(".column")];
  const column = card.closest(".column");
  const cards = [...column.querySelectorAll(".card")];
  const row = cards.indexOf(card);
  if (key === "ArrowDown") return cards[row + 1];
  if (key === "ArrowUp") return cards[row - 1];
  if (key === "Home") return cards[0];
  if (key === "End") return cards.at(-1);
  if (key !== "ArrowLeft" && key !== "ArrowRight") return null;
  const isForward = (key === "ArrowRight") === (getComputedStyle(board).direction !== "rtl");
  for (let at = columns.indexOf(column) + (isForward ? 1 : -1); columns[at]; at += isForward ? 1 : -1) {
    const there = columns[at].querySelectorAll(".card");
    if (there.length) return there[Math.min(row, there.length - 1)];
  }
  return null;
}

async function showMore(link, status) {
  const column = link.closest(".column");
  link.setAttribute("aria-busy", "true");
  let page;
  try {
    const response = await get(link.href);
    if (!response.ok) throw new Error(response.status);
    page = parse(await response.text());
  } catch {
    location.assign(link.href);
    return;
  }
  const source = page.querySelector(`[data-stage="${CSS.escape(column.dataset.stage)}"]`) ?? page.body;
  const present = new Set([...column.querySelectorAll(".card")].map((card) => card.dataset.id));
  const cards = [...source.querySelectorAll("article.card")].filter((card) => !present.has(card.dataset.id));
  const onward = source.querySelector("a[data-more]");
  for (const card of cards) link.before(document.importNode(card, true));
  const hadFocus = document.activeElement === link;
  const first = cards.length ? column.querySelector(`[data-id="${CSS.escape(cards[0].dataset.id)}"] a`) : null;
  if (onward) link.replaceWith(document.importNode(onward, true));
  else link.remove();
  if (hadFocus) first?.focus();
  if (status) status.textContent = `${cards.length} more in ${column.querySelector("h2").textContent}`;
}

/* After a move the board is loaded again: it stands where it stood. */
function keepPlace(board) {
  const key = `${PLACE}:${location.pathname}`;
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
  if (kept) board.scrollTo(kept.left, kept.top);
  addEventListener("pagehide", () => sessionStorage.setItem(key, JSON.stringify({ left: board.scrollLeft, top: board.scrollTop })));
}
