/* Finds candidates while somebody types: the first few of the list that the form leads to, as links below it. */
import { get, parse } from "./request.js";

const PAUSE = 160; // milliseconds without a key before the server is asked
const MOST = 8;

export function start(input) {
  const form = input.form;
  const found = Object.assign(document.createElement("div"), { className: "popover menu found", popover: "manual" });
  found.setAttribute("role", "group");
  found.setAttribute("aria-label", "Candidates found");
  const status = Object.assign(document.createElement("p"), { className: "hidden" });
  status.setAttribute("role", "status");
  form.append(status, found);
  let timer = 0;
  let asked = "";

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  form.addEventListener("keydown", (event) => press(event, input, found));
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) found.hidePopover();
  });

  async function look() {
    asked = input.value.trim();
    if (!asked) {
      found.hidePopover();
      return;
    }
    const words = asked;
    const address = `${form.action}?${new URLSearchParams({ q: words })}`;
    try {
      const response = await get(address);
      if (!response.ok || response.redirected) return;
      const rows = linksOf(parse(await response.text()), response.url);
      // An answer may come after the words have changed: the later one counts.
      if (words === asked && form.contains(document.activeElement)) show(rows, address);
    } catch {
      // Without an answer the box still sends its form.
    }
  }

  function show(rows, address) {
    const all = Object.assign(document.createElement("a"), { href: address, textContent: "All that fit" });
    found.replaceChildren(...(rows.length ? [...rows, all] : [Object.assign(document.createElement("p"), { textContent: "Nobody fits" })]));
    status.textContent = rows.length ? `${rows.length === MOST ? "The first 8" : rows.length} found` : "Nobody fits";
    const box = input.getBoundingClientRect();
    found.style.inset = `${box.bottom + 4}px auto auto ${box.left}px`;
    found.style.minInlineSize = `${box.width}px`;
    found.showPopover();
  }
}

/* The name of each row leads where it leads in the list; where the candidate stands comes after it. */
function linksOf(page, base) {
  return [...page.querySelectorAll("main tbody tr")].slice(0, MOST).map((row) => {
    const [name, place] = row.cells;
    const from = name.querySelector("a");
    const link = Object.assign(document.createElement("a"), { href: new URL(from.getAttribute("href"), base).href });
    const label = Object.assign(document.createElement("bdi"), { textContent: from.textContent });
    link.append(label, ...[...place.children].map((one) => document.importNode(one, true)));
    return link;
  });
}

function press(event, input, found) {
  if (!found.matches(":popover-open")) return;
  const links = [...found.querySelectorAll("a")];
  const here = links.indexOf(document.activeElement);
  if (event.key === "Escape") {
    found.hidePopover();
    input.focus();
  } else if (event.key === "ArrowDown") links[Math.min(here + 1, links.length - 1)]?.focus();
  else if (event.key === "ArrowUp") (links[here - 1] ?? input).focus();
  else return;
  event.preventDefault();
}
