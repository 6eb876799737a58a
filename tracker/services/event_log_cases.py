"""The cases of another system's history, kept on disk while they are gathered: memory stays as it is.

A file may tell of one application on its first line and on its last. What was said is laid aside in a
database of its own, which has no name and is gone with the process that opened it.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from tracker.domain.event_logs import Case, LoggedEvent

MOST_OPEN = 2_000
"""Of how many cases pieces are held in memory before they are laid aside."""
MOST_PIECES = 10_000
_CACHE = 2_000  # KB
_SINCE = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SCHEMA = f"""
PRAGMA journal_mode=OFF;
PRAGMA synchronous=OFF;
PRAGMA temp_store=FILE;
PRAGMA cache_size=-{_CACHE};
BEGIN;
CREATE TABLE cases (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, job TEXT, began INTEGER, head TEXT);
CREATE TABLE pieces (case_id INTEGER, piece INTEGER, events TEXT, PRIMARY KEY (case_id, piece)) WITHOUT ROWID;
CREATE TABLE planned (plan INTEGER, case_id INTEGER, PRIMARY KEY (plan, case_id)) WITHOUT ROWID;
CREATE TABLE active (plan INTEGER, email TEXT, PRIMARY KEY (plan, email)) WITHOUT ROWID;
"""
_LAY_ASIDE = """
INSERT INTO cases (id, key, job, began, head) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
    job = excluded.job, head = excluded.head,
    began = min(coalesce(began, excluded.began), coalesce(excluded.began, began))
"""
_WITH_PIECES = "SELECT c.id, c.key, c.head, p.events FROM {} LEFT JOIN pieces p ON p.case_id = c.id"


class CaseStore:
    """Where cases are laid aside: those in hand as they are, all others as text."""

    def __init__(self) -> None:
        self.database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self.database.executescript(_SCHEMA)
        self._in_hand: dict[str, tuple[int, Case]] = {}
        self._number = self._pieces = self._laid_aside = self.plans = 0

    def __del__(self) -> None:
        # Together with the file that it lies in.
        self.database.close()

    def open(self, key: str) -> Case:
        """The case with this key to be said more of, until another one is opened; its events are new ones."""
        self._pieces += 1
        if len(self._in_hand) >= MOST_OPEN or self._pieces >= MOST_PIECES:
            self.lay_aside()
        found = self._in_hand.get(key)
        if found is None:
            found = self._in_hand[key] = self._known(key) or self._new(key)
        return found[1]

    def knows(self, key: str) -> bool:
        """Whether anything was said of a case."""
        return key in self._in_hand or self._known(key) is not None

    def _new(self, key: str) -> tuple[int, Case]:
        self._number += 1
        return self._number, Case(key)

    def _known(self, key: str) -> tuple[int, Case] | None:
        if not self._laid_aside:
            return None
        row = self.database.execute("SELECT id, head FROM cases WHERE key = ?", (key,)).fetchone()
        return None if row is None else (row[0], _case(key, row[1], ()))

    def lay_aside(self) -> None:
        """Write down what is in hand."""
        if not self._in_hand:
            return
        self._laid_aside += 1
        held = self._in_hand.values()
        self.database.executemany(
            _LAY_ASIDE, [(id_, case.key, case.job, _began(case), _head(case)) for id_, case in held]
        )
        self.database.executemany(
            "INSERT INTO pieces VALUES (?, ?, ?)",
            [(id_, self._laid_aside, _told(case.events)) for id_, case in held if case.events],
        )
        self._in_hand, self._pieces = {}, 0


class Cases:
    """The cases of a file in the order in which they came, or some of them: read one after the other."""

    def __init__(
        self,
        store: CaseStore | None = None,
        left_out: Collection[str | None] = (),
        jobs: Sequence[str] | None = None,
    ) -> None:
        self._store = store or CaseStore()
        self._left_out = frozenset(left_out)
        self._jobs = jobs

    def open(self, key: str) -> Case:
        """The case with this key, begun where it is new, to be said more of until another one is opened."""
        return self._store.open(key)

    def without(self, keys: Collection[str | None]) -> "Cases":
        """All cases but these."""
        return Cases(self._store, self._left_out.union(keys), self._jobs)

    def of_jobs(self, names: Sequence[str]) -> "Cases":
        """Those that name one of these jobs."""
        return Cases(self._store, self._left_out, names)

    def jobs_named(self) -> list[tuple[str | None, str]]:
        """The jobs that cases name, none among them, each with the first case that does so; in order."""
        first: dict[str | None, str] = {}
        where, values = self._where()
        query = f"SELECT c.job, c.key FROM cases c{where} ORDER BY c.id"  # noqa: S608
        for job, key in self._run(query, values):
            if job not in first and key not in self._left_out:
                first[job] = key
        return list(first.items())

    def __contains__(self, key: object) -> bool:
        return key not in self._left_out and self._store.knows(str(key))

    def __iter__(self) -> Iterator[str]:
        where, values = self._where()
        for (key,) in self._run(f"SELECT c.key FROM cases c{where} ORDER BY c.id", values):  # noqa: S608
            if key not in self._left_out:
                yield key

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __getitem__(self, key: str) -> Case:
        query = f"{_WITH_PIECES.format('cases c')} WHERE c.key = ? ORDER BY p.piece"
        for _, case in self._read(query, (key,)):
            return case
        raise KeyError(key)

    def values(self) -> Iterator[Case]:
        """The cases with all their events, in the order in which they came."""
        for _, case in self._all("c.id"):
            yield case

    def items(self) -> Iterator[tuple[str, Case]]:
        """The cases by their keys."""
        return ((case.key, case) for case in self.values())

    def numbered(self) -> Iterator[tuple[int, Case]]:
        """The cases with their numbers, in the order in which they began; those that never did come first."""
        return self._all("c.began, c.id")

    def begin_plan(self) -> int:
        """The number of a new plan."""
        self._store.plans += 1
        return self._store.plans

    def plan(self, plan: int, numbers: Iterable[int], active: Iterable[str]) -> None:
        """Note which cases a plan has, and who would be active by it."""
        run = self._store.database.executemany
        run("INSERT INTO planned VALUES (?, ?)", [(plan, number) for number in numbers])
        run("INSERT OR IGNORE INTO active VALUES (?, ?)", [(plan, email) for email in active])

    def active_among(self, plan: int, emails: Collection[str]) -> set[str]:
        """Which of these people would be active by a plan."""
        places = ", ".join("?" * len(emails))
        query = f"SELECT email FROM active WHERE plan = ? AND email IN ({places})"  # noqa: S608
        return {email for (email,) in self._run(query, (plan, *emails))}

    def planned(self, plan: int) -> Iterator[Case]:
        """The cases of a plan, in the order in which they began."""
        of_plan = "planned o JOIN cases c ON c.id = o.case_id AND o.plan = ?"
        query = f"{_WITH_PIECES.format(of_plan)} ORDER BY c.began, c.id, p.piece"
        return (case for _, case in self._read(query, (plan,)))

    def _where(self) -> tuple[str, tuple[str, ...]]:
        if self._jobs is None:
            return "", ()
        return f" WHERE c.job IN ({', '.join('?' * len(self._jobs))})", tuple(self._jobs)

    def _all(self, order: str) -> Iterator[tuple[int, Case]]:
        where, values = self._where()
        return self._read(f"{_WITH_PIECES.format('cases c')}{where} ORDER BY {order}, p.piece", values)

    def _run(self, query: str, values: Sequence[Any]) -> Iterator[Any]:
        self._store.lay_aside()
        # A cursor of its own: others may be read at the same time.
        return iter(self._store.database.cursor().execute(query, values))

    def _read(self, query: str, values: Sequence[Any]) -> Iterator[tuple[int, Case]]:
        for id_, rows in groupby(self._run(query, values), key=itemgetter(0)):
            pieces = list(rows)
            key, head = pieces[0][1:3]
            if key not in self._left_out:
                yield id_, _case(key, head, [events for *_, events in pieces if events is not None])


def _began(case: Case) -> int | None:
    """When the first thing happened of what is in hand, in microseconds, to be put in order by."""
    if not case.events:
        return None
    return (min(event.at for event in case.events) - _SINCE) // _MICROSECOND


def _head(case: Case) -> str:
    return json.dumps([case.candidate, case.email, case.job, case.source, case.attributes])


def _told(events: Iterable[LoggedEvent]) -> str:
    return json.dumps(
        [
            (event.place, event.at.isoformat(), event.activity, event.actor, event.reason, event.line)
            for event in events
        ]
    )


def _case(key: str, head: str, pieces: Iterable[str]) -> Case:
    candidate, email, job, source, attributes = json.loads(head)
    events = [
        LoggedEvent(place, datetime.fromisoformat(at), *said)
        for piece in pieces
        for place, at, *said in json.loads(piece)
    ]
    return Case(key, events, candidate, email, job, source, attributes)
