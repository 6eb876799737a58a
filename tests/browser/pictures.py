"""Take the README's pictures of this very build: `python -m tests.browser.pictures`."""

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import sync_playwright
from waitress import create_server

from tests.browser.chromium import find_chromium
from tracker.app import create_app
from tracker.cli import main
from tracker.config import load_config
from tracker.db import Database

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SHOTS = (
    ("board", "rita", "/jobs/1", "light"),
    ("application", "rita", "/applications/{interviewed}", "light"),
    ("rubric", "hank", "/rubrics/1", "dark"),
    ("pipeline", "olga", "/reports/pipeline", "light"),
)
WIDTH, HEIGHT = 1280, 800


@contextmanager
def served() -> Iterator[str]:
    """A demonstration that listens on this machine."""
    with tempfile.TemporaryDirectory() as home:
        filled = CliRunner().invoke(main, ["demo"], env={**os.environ, "TRACKER_HOME": home})
        if filled.exit_code:
            raise SystemExit(filled.output)
        config = replace(load_config({"TRACKER_HOME": home}, is_demo=True), is_testing=True)
        database = Database.at(config.database_url)
        server = create_server(create_app(config, database), host="127.0.0.1", port=0)
        threading.Thread(target=server.run, daemon=True).start()
        yield f"http://127.0.0.1:{server.effective_port}"
        server.close()
        database.engine.dispose()


def take() -> None:
    """Write each picture of SHOTS into docs/pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for name, persona, path, scheme in SHOTS:
            window = {"width": WIDTH, "height": HEIGHT}
            context = browser.new_context(base_url=address, viewport=window, color_scheme=scheme)  # type: ignore[arg-type]
            page = context.new_page()
            page.goto("/sign-in")
            page.locator(f"button[value='{persona}@example.org']").click()
            page.goto("/jobs/1")
            card = page.locator("[data-stage=interview] a").first.get_attribute("href") or ""
            page.goto(path.format(interviewed=card.rpartition("/")[2]))
            page.screenshot(path=FOLDER / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    take()
