"""Whether the guards that stand in a database are those of the code, text for text, and the table of moves too."""

import re
from collections.abc import Mapping
from types import SimpleNamespace
from typing import cast

from sqlalchemy import Connection, select, text

from tracker.domain.moves import EDGES
from tracker.models.guards.courses import install_courses
from tracker.models.guards.installing import install_guards
from tracker.models.guards.later import install_later_guards
from tracker.models.guards.places import install_places
from tracker.models.guards.signatures import install_signature_guards
from tracker.models.guards.stays import install_stays
from tracker.models.moves import LegalEdge

INSTALLING = (
    install_guards,
    install_later_guards,
    install_signature_guards,
    install_stays,
    install_courses,
    install_places,
)
_SEARCH = ("candidates_searchable", "candidates_researched")
_TRIGGER = re.compile(r"CREATE TRIGGER (\w+)")
_FUNCTION = re.compile(r"CREATE FUNCTION (\w+)\(\).* AS \$\$(.*)\$\$", re.DOTALL)


class _Notes:
    """Takes down what a connection would be asked to run."""

    def __init__(self, dialect: str) -> None:
        self.dialect = SimpleNamespace(name=dialect)
        self.statements: list[str] = []

    def exec_driver_sql(self, statement: str) -> None:
        self.statements.append(statement)


def differing_guards(connection: Connection) -> list[str]:
    """A sentence for each guard that is missing, reads otherwise or is none of the code's; and for the moves."""
    asked, found = _of_code(connection.dialect.name), _standing(connection)
    lines = [f"the guard {name} is missing" for name in asked.keys() - found.keys()]
    lines += [f"the guard {name} is none of this version's" for name in found.keys() - asked.keys()]
    lines += [
        f"the guard {name} reads otherwise than in this version"
        for name in asked.keys() & found.keys()
        if asked[name] != found[name]
    ]
    columns = (LegalEdge.kind, LegalEdge.from_stage, LegalEdge.to_stage)
    kept = set(map(tuple, connection.execute(select(*columns, LegalEdge.from_outcome, LegalEdge.to_outcome))))
    if kept != {edge.key for edge in EDGES}:
        lines.append("the table of moves is not that of this version")
    return sorted(lines)


def _of_code(dialect: str) -> dict[str, str]:
    notes = _Notes(dialect)
    for install in INSTALLING:
        install(cast(Connection, notes))
    found = {}
    for statement in notes.statements:
        if dialect != "sqlite":
            statement = statement.replace("%%", "%")
        if function := _FUNCTION.match(statement):
            found[f"{function[1]}()"] = function[2]
        elif trigger := _TRIGGER.match(statement):
            found[trigger[1]] = statement
    return found


def _standing(connection: Connection) -> Mapping[str, str]:
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        return {name: statement for name, statement in rows if name not in _SEARCH}
    functions = connection.execute(
        text(
            "SELECT proname || '()', prosrc FROM pg_proc WHERE prorettype = 'trigger'::regtype"
            " AND pronamespace = current_schema()::regnamespace"
        )
    )
    triggers = connection.execute(
        text(
            "SELECT tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT tgisinternal AND c.relnamespace = current_schema()::regnamespace"
        )
    )
    plain = {name: _plain(statement) for name, statement in triggers}
    return plain | dict(map(tuple, functions))


def _plain(statement: str) -> str:
    """As it was written: PostgreSQL names the schema, and says that a statement is guarded as a whole."""
    return re.sub(r" ON \w+\.", " ON ", statement).replace(" FOR EACH STATEMENT", "")
