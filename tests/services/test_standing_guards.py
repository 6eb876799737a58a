"""Guards in a database are compared with those of the code, whatever was done to them."""

from tracker.db import Database
from tracker.models.guards.standing import differing_guards


def differing(database: Database, *statements: str) -> list[str]:
    with database.engine.execution_options(may_write=True).connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
        return differing_guards(connection)


def test_a_migrated_database_has_the_guards_of_the_code(database: Database) -> None:
    assert differing(database) == []


def test_a_guard_that_is_gone_is_named(database: Database) -> None:
    on = "" if database.is_sqlite else " ON jobs"
    assert differing(database, f"DROP TRIGGER jobs_kept{on}") == ["the guard jobs_kept is missing"]


def test_a_guard_that_refuses_nothing_any_more_is_named(database: Database) -> None:
    if database.is_sqlite:
        empty = "CREATE TRIGGER jobs_kept BEFORE DELETE ON jobs BEGIN SELECT 1; END"
        again = ["DROP TRIGGER jobs_kept", empty]
    else:
        body = "LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$"
        again = [f"CREATE OR REPLACE FUNCTION jobs_kept() RETURNS trigger {body}"]
    (said,) = differing(database, *again)
    assert "jobs_kept" in said
    assert "reads otherwise" in said


def test_a_foreign_guard_and_an_edge_that_is_gone_are_named(database: Database) -> None:
    on, ends = ("", " BEGIN SELECT 1; END") if database.is_sqlite else (" ON legal_edges", "")
    call = "" if database.is_sqlite else " FOR EACH ROW EXECUTE FUNCTION jobs_kept()"
    said = differing(
        database,
        f"DROP TRIGGER legal_edges_kept{on}",
        "DELETE FROM legal_edges WHERE kind = 'reopen'",
        f"CREATE TRIGGER odd BEFORE DELETE ON jobs{call}{ends}",
    )
    assert said == [
        "the guard legal_edges_kept is missing",
        "the guard odd is none of this version's",
        "the table of moves is not that of this version",
    ]
