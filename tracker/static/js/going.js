/* Work that comes in parts: the page asks for the next one by itself, unless somebody stopped it. */

export function start(form) {
  const stop = form.querySelector("[data-stop]");
  const timer = setTimeout(() => form.requestSubmit(), 400);
  if (!stop) return;
  stop.hidden = false;
  stop.addEventListener("click", () => {
    clearTimeout(timer);
    stop.hidden = true;
  });
}
