"""Every member of an enum has its label, and every permission its row: nothing is forgotten by adding one."""

import ast
import importlib
import pkgutil
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

import tracker
from tracker.domain.offer_approvals import APPROVERS
from tracker.domain.permissions import POLICY, Permission

DOMAIN = [
    name.name for name in pkgutil.walk_packages(tracker.domain.__path__, "tracker.domain.") if not name.ispkg
]
PARTIAL: dict[str, set[Any]] = {"APPROVER_LABELS": set(APPROVERS)}
"""Tables that speak of some members on purpose, and of which."""


def tables() -> list[tuple[str, dict[Any, str]]]:
    """The tables of the domain by enum member that are named after what they tell, each where it is made."""
    found = []
    for name in DOMAIN:
        module = importlib.import_module(name)
        tree = ast.parse(Path(str(module.__file__)).read_text())
        made = {
            target.id
            for node in tree.body
            for target in getattr(node, "targets", [getattr(node, "target", None)])
            if isinstance(target, ast.Name)
        }
        for key in sorted(made):
            table = getattr(module, key, None)
            if key.endswith(("_LABELS", "_BADGES")) and isinstance(table, dict) and table:
                found.append((key, table))
    return found


TABLES = [(key, table) for key, table in tables() if isinstance(next(iter(table)), Enum)]


def test_there_are_tables_to_look_at() -> None:
    assert len(TABLES) > 40


@pytest.mark.parametrize(("key", "table"), TABLES, ids=[key for key, _ in TABLES])
def test_every_member_of_an_enum_has_a_label(key: str, table: dict[Any, str]) -> None:
    members = PARTIAL.get(key, set(type(next(iter(table)))))
    assert set(table) == members
    assert all(isinstance(label, str) and label.strip() for label in table.values())


def test_every_permission_has_a_row_of_clauses_that_say_what_they_are() -> None:
    assert set(POLICY) == set(Permission)
    clauses = {clause for row in POLICY.values() for clause in row}
    assert all(clause.__doc__ for clause in clauses)
