/* Saves a form as one types: on the server where it can be reached, on this device meanwhile. It says which.
   Where the same draft was changed elsewhere, both texts are shown and the person chooses. */
import { post } from "./request.js";

const PAUSE = 900;
const RETRY = 15000;
const NEVER_KEPT = new Set(["csrf_token", "submit", "version", "do"]);

export function start(form) {
  // A page that comes after the form was sent for good says which text this device need not keep any longer.
  if (form.dataset.forget) {
    localStorage.removeItem(`tracker-draft:${form.dataset.forget}`);
    return;
  }
  const status = document.querySelector("[data-saved]");
  const key = `tracker-draft:${form.dataset.key ?? form.dataset.autosave}`;
  let timer = null;
  let isSending = false;
  let isChanged = false;
  let isStopped = false;

  restore();
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    isStopped = true;
  });
  addEventListener("online", () => isChanged && save());
  addEventListener("pageshow", (event) => event.persisted && (isStopped = false));
  addEventListener("pagehide", () => isChanged && !isStopped && keep());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && isChanged && !isStopped && save());
  // What was typed while this script was still on its way.
  if (!isChanged && !isStopped && isTouched(form)) changed();

  function changed() {
    isChanged = true;
    keep();
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  async function save() {
    clearTimeout(timer);
    if (isSending || isStopped) return;
    isSending = true;
    isChanged = false;
    try {
      const body = new URLSearchParams(new FormData(form));
      body.set("version", form.dataset.version ?? "");
      const response = await post(form.dataset.autosave, body, form, { Accept: "application/json" });
      await receive(response);
    } catch {
      isChanged = true;
      say("Not saved, offline: kept on this device", "warn");
      timer = setTimeout(save, RETRY);
    } finally {
      isSending = false;
    }
    if (isChanged && !isStopped && navigator.onLine) timer = setTimeout(save, PAUSE);
  }

  async function receive(response) {
    if (response.status === 409) {
      isStopped = true;
      showBoth(await response.json());
      return;
    }
    if (response.redirected) {
      isStopped = true;
      say("Not saved: you are signed out. What you typed is kept on this device.", "warn");
      return;
    }
    const answer = response.headers.get("content-type")?.includes("json") ? await response.json() : {};
    if (response.status >= 500) throw new Error("server error");
    if (!response.ok) {
      say(answer.message ?? answer.detail ?? "Not saved yet: kept on this device", "warn");
      return;
    }
    if (answer.version !== undefined) hasSeen(answer.version);
    if (!isChanged) localStorage.removeItem(key);
    say(`Saved ${clock(answer.saved_at)}`);
  }

  /* The form itself sends the version too, when a button is pressed. */
  function hasSeen(version) {
    form.dataset.version = version;
    const field = form.elements.namedItem("version");
    if (field) field.value = version;
  }

  function say(sentence, kind = "") {
    if (!status) return;
    status.textContent = sentence;
    status.className = kind;
  }

  function keep() {
    try {
      localStorage.setItem(key, JSON.stringify({ version: form.dataset.version ?? "", fields: fieldsOf(form) }));
    } catch {
      say("Not saved yet", "warn");
    }
  }

  /* What this device kept because the server did not get it. */
  function restore() {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null");
    if (!kept) return;
    const there = fieldsOf(form);
    if (JSON.stringify(there) === JSON.stringify(kept.fields)) {
      localStorage.removeItem(key);
      return;
    }
    if (kept.version === (form.dataset.version ?? "")) {
      setFields(form, kept.fields);
      say("Brought back from this device", "warn");
      changed();
      return;
    }
    setFields(form, kept.fields);
    isStopped = true;
    showBoth({ message: "This draft was changed elsewhere since you last wrote on this device.", version: form.dataset.version, fields: there });
  }

  function showBoth(other) {
    say("Not saved: changed elsewhere", "warn");
    form.querySelector("[data-conflict]")?.remove();
    const notice = element("div", { className: "notice warn", role: "alert", tabIndex: -1 });
    notice.dataset.conflict = "";
    const box = element("div");
    box.append(element("p", { className: "notice-title", textContent: other.message ?? "This draft was changed elsewhere." }));
    const mine = fieldsOf(form);
    for (const [name, theirs] of Object.entries(other.fields ?? {})) {
      if (String(mine[name] ?? "") === String(theirs ?? "")) continue;
      box.append(element("p", { className: "small", dir: "auto", textContent: `${labelOf(form, name)}, there: ${theirs || "(empty)"}` }));
    }
    const row = element("div", { className: "row" });
    row.append(choice("Keep what is here", () => settle()), choice("Take what is there", () => settle(other.fields)));
    box.append(row);
    notice.append(box);
    form.prepend(notice);
    notice.focus();

    function settle(fields = null) {
      if (fields) setFields(form, fields);
      hasSeen(other.version ?? form.dataset.version ?? "");
      notice.remove();
      isStopped = false;
      changed();
    }
  }
}

function fieldsOf(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (NEVER_KEPT.has(name) || typeof value !== "string") continue;
    fields[name] = name in fields ? [].concat(fields[name], value) : value;
  }
  return fields;
}

/* Whether a field says something else than the page came with. */
function isTouched(form) {
  return [...form.elements].some((control) => {
    if (!control.name || NEVER_KEPT.has(control.name) || control.type === "hidden" || control.type === "file") return false;
    if (control.type === "radio" || control.type === "checkbox") return control.checked !== control.defaultChecked;
    if (control.options) return control.selectedIndex !== Math.max([...control.options].findIndex((option) => option.defaultSelected), 0);
    return control.value !== control.defaultValue;
  });
}

function setFields(form, fields) {
  for (const control of form.elements) {
    if (!control.name || NEVER_KEPT.has(control.name) || control.type === "file" || control.type === "hidden") continue;
    const value = fields[control.name];
    if (control.type === "radio" || control.type === "checkbox") control.checked = [].concat(value ?? []).map(String).includes(control.value);
    else if (value !== undefined && value !== null) control.value = value;
  }
  form.dispatchEvent(new CustomEvent("restored"));
}

/* The heading of a scorecard row says more than its field's "Evidence". */
function labelOf(form, name) {
  const control = [].concat(form.elements.namedItem(name) ?? [])[0];
  const first = control instanceof RadioNodeList ? control[0] : control;
  const part = first?.closest("[data-rating]")?.querySelector("h2")?.textContent;
  const own = first?.type === "radio" ? first.closest("fieldset")?.querySelector("legend")?.textContent : first?.labels?.[0]?.textContent;
  return [part, own?.trim()].filter(Boolean).join(", ") || name;
}

function choice(label, onClick) {
  const button = element("button", { className: "button", type: "button", textContent: label });
  button.addEventListener("click", onClick);
  return button;
}

function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}

function clock(instant) {
  const at = instant ? new Date(instant) : new Date();
  return at.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}
