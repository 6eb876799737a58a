"""The README's tables are printed from the code. `python -m tests.test_readme` prints them anew."""

import re
from pathlib import Path

import pytest

from tracker.config import SETTINGS
from tracker.domain.move_table import as_markdown
from tracker.domain.permissions import policy_rows

README = Path(__file__).parent.parent / "README.md"


def settings_table() -> str:
    rows = "".join(f"| `{name}` | {meaning} |\n" for name, meaning in SETTINGS.items())
    return f"| setting | meaning |\n| --- | --- |\n{rows}"


def policy_table() -> str:
    rows = "".join(f"| `{permission}` | {who} |\n" for permission, who in policy_rows())
    return f"| permission | who |\n| --- | --- |\n{rows}"


TABLES = {"moves": as_markdown, "settings": settings_table, "policy": policy_table}


def pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- {name}:[^\n]*-->\n)(.*?)(<!-- /{name} -->)", re.DOTALL)


def printed_anew(text: str) -> str:
    for name, table in TABLES.items():
        text = pattern(name).sub(lambda m, table=table: f"{m[1]}{table()}{m[3]}", text)
    return text


@pytest.mark.parametrize("name", TABLES)
def test_the_readme_prints_what_the_code_says(name: str) -> None:
    found = pattern(name).search(README.read_text())
    assert found is not None
    assert found[2] == TABLES[name]()


if __name__ == "__main__":
    README.write_text(printed_anew(README.read_text()))
