"""Every page that people reach by links, as they see it: one page for each endpoint."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from flask import Flask
from waitress import create_server
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.browser.axe import axe_findings, overflows
from tests.browser.visitor import PATIENCE
from tracker.app import create_app
from tracker.cli import main
from tracker.config import load_config
from tracker.db import Database

pytestmark = pytest.mark.slow

SEEN_BY = [
    ("rita", 390, "dark"),
    ("hank", 1440, "dark"),
    ("ines", 390, "light"),
    ("olga", 1440, "light"),
]
FEWEST = {"rita": 40, "hank": 40, "ines": 10, "olga": 40}
LINKS = "[...document.querySelectorAll('a[href]:not([download])')].map(link => link.href)"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    home = tmp_path_factory.mktemp("home")
    filled = CliRunner().invoke(main, ["demo", "--candidates", "40"], env={"TRACKER_HOME": str(home)})
    assert filled.exit_code == 0, filled.output
    config = replace(load_config({"TRACKER_HOME": str(home)}, is_demo=True), is_testing=True)
    database = Database.at(config.database_url)
    yield create_app(config, database)
    database.engine.dispose()


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    server.task_dispatcher.shutdown()
    thread.join(timeout=5)


class Crawl:
    """Follows links from the start page, once to each kind of page; `faults` says what is wrong on which."""

    def __init__(self, app: Flask, page: Any) -> None:
        self.routes, self.page = app.url_map.bind("localhost"), page
        self.seen: dict[str, str] = {}
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", self._note)

    def _note(self, message: Any) -> None:
        # Beside a file that is no page a browser asks for a site's icon of its own accord.
        if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
            self.faults.append(f"{self.page.url}: {message.text}")

    def kind_of(self, path: str) -> str | None:
        """Which endpoint answers the path, if one of ours does."""
        try:
            return str(self.routes.match(path, method="GET")[0])
        except (HTTPException, RequestRedirect):
            return None

    def walk(self, start: str) -> None:
        waiting = [start]
        while waiting:
            path = waiting.pop(0)
            kind = self.kind_of(urlsplit(path).path)
            if kind is None or kind in self.seen or kind.startswith(("static", "sign_ins.")):
                continue
            self.seen[kind] = path
            waiting += self.look(kind, path)

    def look(self, kind: str, path: str) -> list[str]:
        from playwright.sync_api import Error

        try:
            answer = self.page.goto(path)
        except Error as refused:
            # What is handed over as a file opens no page.
            if "Download is starting" not in str(refused) and "ERR_ABORTED" not in str(refused):
                raise
            return []
        if answer.status >= 400:
            self.faults.append(f"{kind} {path}: {answer.status}")
        if "text/html" not in answer.headers.get("content-type", ""):
            return []
        self.faults += [f"{kind} {path}: {finding}" for finding in axe_findings(self.page)]
        if overflows(self.page):
            self.faults.append(f"{kind} {path}: wider than its window")
        links = [urlsplit(link) for link in self.page.evaluate(LINKS)]
        here = urlsplit(self.page.url).netloc
        return [f"{link.path}?{link.query}" for link in links if link.netloc == here]


@pytest.mark.parametrize(("persona", "width", "scheme"), SEEN_BY)
def test_every_page_can_be_read(
    app: Flask, address: str, chromium: Any, persona: str, width: int, scheme: str
) -> None:
    context = chromium.new_context(
        base_url=address,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/sign-in")
    page.locator(f"button[value='{persona}@example.org']").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    assert persona in page.locator(".signed-in").first.text_content().lower()
    crawl = Crawl(app, page)
    crawl.walk(page.url.removeprefix(address))
    context.close()
    assert crawl.faults == []
    assert len(crawl.seen) >= FEWEST[persona], sorted(crawl.seen)
