/* Starts what every page has, then what this page asks for with data-module="board table". */
import { start as startDialog } from "./dialog.js";
import { start as startToasts } from "./toasts.js";
import { start as startKeys } from "./keys.js";

const OPTIONAL = ["autosave", "board", "rubric", "scorecard", "search", "table", "theme"];

export async function startModules(root) {
  for (const element of root.querySelectorAll("[data-module]")) {
    for (const name of element.dataset.module.split(/\s+/)) {
      if (!OPTIONAL.includes(name)) continue;
      const module = await import(`./${name}.js`);
      module.start(element);
    }
  }
}

startToasts();
startDialog({ onShow: startModules });
startKeys();
startModules(document);
