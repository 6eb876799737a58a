"""A tracker that listens on this machine, and a Chromium in which people walk through it."""

import os
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from waitress import create_server

from tests.browser.chromium import find_chromium
from tests.browser.visitor import Visitor
from tests.needs import missing
from tests.web.conftest import app, config, database, people
from tracker.db import Database

__all__ = ["app", "config", "database", "people"]

ARTEFACTS = Path(os.environ.get("TRACKER_SHOTS", "var/shots"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser of this test run."""
    path = find_chromium()
    if path is None:
        missing("no Chromium on this machine; name one by TRACKER_CHROMIUM")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("no wheel of Playwright for this machine")
    with sync_playwright() as playwright:
        # As root Chromium runs without its sandbox or not at all; it opens pages of ours only.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the tracker of this test listens."""
    del app.test_client_class
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    is_over = threading.Event()

    def serve() -> None:
        try:
            server.run()
        except OSError:
            # Closing takes the sockets away that it waits for.
            if not is_over.is_set():
                raise

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    is_over.set()
    server.close()
    server.task_dispatcher.shutdown()
    thread.join(timeout=5)
    for channel in list(server._map.values()):
        # What a browser kept open for its next question.
        channel.close()


@pytest.fixture
def visit(
    chromium: Any, address: str, database: Database, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Visitor]]:
    """Lets a person in: `visit("rita", width=390, scheme="dark")`, signed in through the page.

    With `is_phone` they point with a thumb.
    """
    visitors: list[Visitor] = []
    shots = ARTEFACTS / re.sub(r"\W+", "-", request.node.name)

    def let_in(
        persona: str,
        *,
        width: int = 1440,
        height: int = 900,
        scheme: str = "light",
        is_phone: bool = False,
    ) -> Visitor:
        # A press must not meet what still moves: a machine that does much else draws the movement late.
        context = chromium.new_context(
            base_url=address,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            has_touch=is_phone,
            is_mobile=is_phone,
        )
        visitor = Visitor(context, persona, shots)
        visitors.append(visitor)
        visitor.sign_in()
        return visitor

    yield let_in
    for visitor in visitors:
        visitor.picture(f"last-of-{visitor.persona}")
        visitor.context.close()
    faults = [fault for visitor in visitors for fault in visitor.faults]
    assert faults == []
