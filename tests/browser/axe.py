"""What axe finds on a page, as lines: rule, element."""

from typing import Any

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe_findings(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response
    return [f"{v['id']}: {node['target']} {v['help']}" for v in found["violations"] for node in v["nodes"]]


def overflows(page: Any) -> bool:
    """Whether the page is wider than its window."""
    wider: bool = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    return wider
