/* Messages of what just happened: they can be dismissed, plain ones leave by themselves. */

const KEPT = "tracker-toasts";
const LIFETIME = 8000;

export function start() {
  const place = document.querySelector("[data-toasts]");
  if (!place) return;
  restore(place);
  for (const toast of place.querySelectorAll(".toast")) arm(toast);
  document.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest(".toast")?.remove());
}

/* A page that was fetched has used up its messages: they are handed to the page that is loaded next. */
export function keepFor(page) {
  const fetched = page.querySelector("[data-toasts]");
  if (fetched?.children.length) sessionStorage.setItem(KEPT, fetched.innerHTML);
}

export function show(sentence, kind = "plain") {
  const place = document.querySelector("[data-toasts]");
  if (!place) return;
  const toast = document.createElement("div");
  toast.className = `toast ${kind}`;
  const text = document.createElement("p");
  text.textContent = sentence;
  const close = document.createElement("button");
  close.className = "button quiet";
  close.type = "button";
  close.dataset.dismiss = "";
  close.textContent = "Dismiss";
  toast.append(text, close);
  place.append(toast);
  arm(toast);
}

function restore(place) {
  const kept = sessionStorage.getItem(KEPT);
  if (!kept) return;
  sessionStorage.removeItem(KEPT);
  const page = new DOMParser().parseFromString(kept, "text/html");
  place.append(...document.importNode(page.body, true).childNodes);
}

function arm(toast) {
  if ("stays" in toast.dataset) return;
  let timer = setTimeout(leave, LIFETIME);
  function leave() {
    if (toast.matches(":hover, :focus-within")) timer = setTimeout(leave, LIFETIME / 2);
    else toast.remove();
  }
  toast.addEventListener("click", () => clearTimeout(timer));
}
