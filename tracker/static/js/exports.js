/* Files that are being made: the list is fetched again while one of them is not ready. */
import { get, parse } from "./request.js";

const EVERY = 2000;

export function start(list) {
  const timer = setInterval(async () => {
    if (document.hidden || list.contains(document.activeElement)) return;
    try {
      const answer = await get(list.dataset.exports);
      const found = answer.ok && parse(await answer.text()).getElementById("exports");
      if (!found) return;
      list.replaceChildren(...found.childNodes);
      if (!found.dataset.module) clearInterval(timer);
    } catch {
      /* The network is away: the next look may find it. */
    }
  }, EVERY);
}
