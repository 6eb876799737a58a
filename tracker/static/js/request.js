/* How pages talk to the server by themselves: same origin, with the page's token, named as a fetch. */

export function token(form) {
  const own = form?.querySelector("input[name='csrf_token']");
  return own?.value ?? document.querySelector("meta[name='csrf-token']")?.content ?? "";
}

export function get(address) {
  return fetch(address, { credentials: "same-origin", headers: { "X-Requested-With": "fetch" } });
}

export function post(address, body, form, headers = {}, redirect = "follow") {
  return fetch(address, {
    method: "POST",
    redirect,
    credentials: "same-origin",
    body,
    headers: { "X-Requested-With": "fetch", "X-CSRFToken": token(form), ...headers },
  });
}

/* The fields of a form as it would send them, the pressed button included; files need the longer encoding. */
export function bodyOf(form, submitter = null) {
  const data = new FormData(form, submitter);
  const encoding = submitter?.getAttribute("formenctype") ?? form.enctype;
  return encoding === "multipart/form-data" ? data : new URLSearchParams(data);
}

export function parse(text) {
  return new DOMParser().parseFromString(text, "text/html");
}
