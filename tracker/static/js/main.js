/* Starts what every page has, then what this page asks for with data-module="board table".
   All of it comes with the page: whoever types at once must not be faster than a module on its way. */
import * as autosave from "./autosave.js";
import * as board from "./board.js";
import * as dialog from "./dialog.js";
import * as exports from "./exports.js";
import * as going from "./going.js";
import * as keys from "./keys.js";
import * as rubric from "./rubric.js";
import * as scorecard from "./scorecard.js";
import * as screening from "./screening.js";
import * as search from "./search.js";
import * as table from "./table.js";
import * as theme from "./theme.js";
import * as toasts from "./toasts.js";

const OPTIONAL = new Map(Object.entries({ autosave, board, exports, going, rubric, scorecard, screening, search, table, theme }));

export function startModules(root) {
  for (const element of root.querySelectorAll("[data-module]")) {
    for (const name of element.dataset.module.split(/\s+/)) OPTIONAL.get(name)?.start(element);
  }
}

toasts.start();
dialog.start({ onShow: startModules });
keys.start();
startModules(document);
