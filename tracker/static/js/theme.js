/* Light, dark, or as the device: changes at once, and the server keeps it. */
import { post } from "./request.js";

export function start(form) {
  form.addEventListener("submit", async (event) => {
    const choice = event.submitter?.value;
    if (!choice) return;
    event.preventDefault();
    document.documentElement.dataset.theme = choice;
    for (const button of form.querySelectorAll("[aria-pressed]")) button.setAttribute("aria-pressed", String(button.value === choice));
    try {
      /* the page it leads to is not wanted: it would use up that page's messages */
      await post(form.action, new URLSearchParams(new FormData(form, event.submitter)), form, {}, "manual");
    } catch {
      /* offline: the choice holds for this page */
    }
  });
}
