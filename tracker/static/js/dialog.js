/* The one dialog: shows the page behind a link with data-dialog, and posts the forms inside without leaving.
   A redirect loads the page it leads to; any other answer is shown in the dialog, so nothing typed is lost. */
import { bodyOf, get, parse, post } from "./request.js";
import { keepFor } from "./toasts.js";

let dialog, body, opener, address, onShow, isDirty;

export function start(options = {}) {
  dialog = document.getElementById("dialog");
  if (!dialog) return;
  body = dialog.querySelector("[data-dialog-body]");
  onShow = options.onShow ?? (() => {});
  document.addEventListener("click", followLink);
  body.addEventListener("submit", send);
  body.addEventListener("input", () => (isDirty = true));
  dialog.addEventListener("keydown", pressKey);
  dialog.addEventListener("cancel", keepTyped);
  dialog.addEventListener("close", leave);
}

export async function open(target, from = document.activeElement) {
  opener = from;
  let response;
  try {
    response = await get(target);
  } catch {
    location.assign(target);
    return;
  }
  const kind = response.headers.get("content-type") ?? "";
  if (response.redirected || response.status >= 500 || !kind.includes("html")) {
    location.assign(response.redirected ? response.url : target);
    return;
  }
  address = response.url;
  fill(parse(await response.text()));
}

export function openNodes(...nodes) {
  opener = document.activeElement;
  address = location.href;
  put(nodes);
}

function followLink(event) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("a[data-dialog], a[data-close]");
  if (!link) return;
  if ("close" in link.dataset) {
    if (!dialog.contains(link)) return;
    event.preventDefault();
    dialog.close();
    return;
  }
  event.preventDefault();
  const menu = link.closest("[popover]");
  menu?.hidePopover();
  open(link.href, menu ? document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`) : link);
}

/* The page's own main part, or the whole answer where it is a fragment. */
function fill(page) {
  const main = page.querySelector("main") ?? page.body;
  put([...document.importNode(main, true).childNodes]);
}

function put(nodes) {
  body.replaceChildren(...nodes);
  isDirty = false;
  const title = body.querySelector("h1, h2");
  if (title) title.id = "dialog-title";
  for (const form of body.querySelectorAll("form:not([action])")) form.setAttribute("action", address);
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  focusFirst();
  onShow(body);
}

function focusFirst() {
  const target =
    body.querySelector("[data-errors]") ??
    body.querySelector("[aria-invalid='true']") ??
    body.querySelector("[autofocus]") ??
    body.querySelector("input:not([type='hidden']), select, textarea, button, a[href]");
  target?.focus();
}

async function send(event) {
  const form = event.target;
  const submitter = event.submitter;
  const method = (submitter?.getAttribute("formmethod") ?? form.method).toLowerCase();
  if (event.defaultPrevented || method !== "post" || form.target) return;
  event.preventDefault();
  if (dialog.getAttribute("aria-busy") === "true") return;
  dialog.setAttribute("aria-busy", "true");
  try {
    const action = submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? address;
    await receive(await post(action, bodyOf(form, submitter), form));
  } catch {
    say("The server could not be reached. What you typed is still here; try again.");
  } finally {
    dialog.removeAttribute("aria-busy");
  }
}

async function receive(response) {
  const kind = response.headers.get("content-type") ?? "";
  if (!kind.includes("html")) throw new Error("not a page");
  const page = parse(await response.text());
  if (response.redirected) {
    keepFor(page);
    isDirty = false;
    go(response.url);
    return;
  }
  if (response.status >= 500) throw new Error("server error");
  address = response.url;
  fill(page);
}

function go(target) {
  const there = new URL(target, location.href);
  const isHere = there.pathname === location.pathname && there.search === location.search;
  if (isHere) location.reload();
  else location.assign(there.href);
}

function say(sentence) {
  body.querySelector("[data-dialog-error]")?.remove();
  const notice = document.createElement("p");
  notice.className = "notice bad";
  notice.dataset.dialogError = "";
  notice.setAttribute("role", "alert");
  notice.textContent = sentence;
  body.prepend(notice);
}

/* A letter presses the button that shows it, unless somebody is writing. */
function pressKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("textarea, select, input:not([type='radio'], [type='checkbox'])")) return;
  const wanted = [...body.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key.toLowerCase());
  if (!wanted || wanted.disabled) return;
  event.preventDefault();
  wanted.click();
}

/* Escape does not throw away what was typed: it asks for a second one. */
function keepTyped(event) {
  if (!isDirty || !event.cancelable) return;
  event.preventDefault();
  isDirty = false;
  say("What you typed is not saved yet. Press Escape again to leave it.");
}

function leave() {
  body.replaceChildren();
  if (opener?.isConnected) opener.focus();
}
