/* Work that goes on elsewhere: this part of the page is fetched again until it is done. */
import { get, parse } from "./request.js";

const EVERY = 2000;

export function start(list) {
  const timer = setInterval(async () => {
    if (document.hidden || list.contains(document.activeElement)) return;
    try {
      const answer = await get(list.dataset.exports);
      const found = answer.ok && parse(await answer.text()).getElementById(list.id);
      if (!found) return;
      list.replaceChildren(...found.childNodes);
      if (!found.dataset.module) clearInterval(timer);
    } catch {
      /* The network is away: the next look may find it. */
    }
  }, EVERY);
}
