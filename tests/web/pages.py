"""A client that reads every page it fetches as a strict reader would."""

from typing import Any

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

UNLABELLED = {"hidden", "submit", "button", "reset", "image"}


def page_of(response: TestResponse) -> Any:
    return html5lib.parse(response.get_data(as_text=True), namespaceHTMLElements=False)


def faults_of(page: Any) -> list[str]:
    """What keeps a page from being read: no title, not one h1, a field without its label, an id twice."""
    faults = []
    if not "".join(page.find(".//title").itertext()).strip():
        faults.append("no title")
    headings = ["".join(h1.itertext()).strip() for h1 in page.findall(".//main//h1")]
    if len(headings) != 1 or not headings[0]:
        faults.append(f"headings: {headings}")
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    faults += [f"id {id_} twice" for id_ in set(ids) if ids.count(id_) > 1]
    labelled = {label.get("for") for label in page.findall(".//label")}
    within = {id(field) for label in page.findall(".//label") for field in label.iter()}
    for tag in ("input", "select", "textarea"):
        for field in page.findall(f".//{tag}"):
            is_named = field.get("id") in labelled or id(field) in within or field.get("aria-label")
            if field.get("type") not in UNLABELLED and not is_named:
                faults.append(f"{tag} {field.get('name')} has no label")
    for form in page.findall(".//form"):
        names = {field.get("name") for field in form.iter("input")}
        if form.get("method", "get").lower() == "post" and "csrf_token" not in names:
            faults.append(f"form to {form.get('action')} has no token")
    return faults


class ReadingClient(FlaskClient):
    """Checks every page, and sends the token of the last page with every form."""

    token = ""

    def open(self, *args: Any, **values: Any) -> TestResponse:
        response = super().open(*args, **values)
        if response.mimetype == "text/html" and response.data and not 300 <= response.status_code < 400:
            page = page_of(response)
            assert faults_of(page) == [], f"{args}: {faults_of(page)}"
            found = page.find(".//meta[@name='csrf-token']")
            self.token = found.get("content") if found is not None else self.token
        return response

    def send(self, path: str, values: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        """Post a form as a browser would: with the token of the page it stands on."""
        self.get("/settings")
        return self.post(path, data={"csrf_token": self.token, **(values or {})}, **more)
