"""One person at one browser: goes from page to page, and notes whatever a page does wrong on the way."""

from pathlib import Path
from typing import Any

from tests.web.conftest import PASSWORD

PATIENCE = 30000  # milliseconds: a machine that does much else is slow, not wrong


class Visitor:
    """A persona with a window of their own; `faults` gathers errors of scripts and of the content policy."""

    def __init__(self, context: Any, persona: str, shots: Path) -> None:
        self.context, self.persona, self.shots = context, persona, shots
        self.faults: list[str] = []
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.persona}: {error}"))
        self.page.on("console", self._note)

    def _note(self, message: Any) -> None:
        # A refusal that the page shows is also said on the console; what is broken says something else.
        if message.type == "error" and "status of 4" not in message.text:
            self.faults.append(f"{self.persona}: {message.text}")

    def sign_in(self) -> None:
        self.page.goto("/sign-in")
        self.page.get_by_label("E-mail").fill(f"{self.persona}@example.org")
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def open(self, path: str) -> Any:
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status < 400, f"{path}: {answer.status}"
        return self.page

    def press(self, name: str, role: str = "button") -> None:
        self.page.get_by_role(role, name=name, exact=True).first.click()

    def follow(self, name: str) -> None:
        self.press(name, "link")

    def sees(self, text: str) -> None:
        self.page.get_by_text(text).first.wait_for()

    def picture(self, name: str) -> None:
        self.shots.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=self.shots / f"{name}.png", full_page=True)
