"""Rows as a stream, read a column at a time in batches, so that memory stays flat."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Enum, Select
from sqlalchemy.orm import Session

from tracker.domain.reports import Cell, Row, RowBlocks
from tracker.models.base import UtcDateTime
from tracker.queries.by_ids import reader_of

BATCH = 500
"""Few enough that no garbage is collected between two blocks, which takes longer than reading one."""
_CACHE = -8_000
"""Pages of SQLite while rows leave, in KiB, as its pragma has it."""


class Stream(RowBlocks):
    """The rows of a query by the names of its columns, read once."""

    def __init__(self, session: Session, query: Select[Any]) -> None:
        self._session, self._query = session, query

    def __iter__(self) -> Iterator[Row]:
        for names, columns in self._read(()):
            for row in zip(*columns, strict=True):
                yield dict(zip(names, row, strict=True))

    def blocks(self) -> Iterator[Mapping[str, Sequence[Cell]]]:
        """The columns of so many rows at a time; choices and instants as the database keeps them."""
        for names, columns in self._read((Enum, UtcDateTime)):
            yield dict(zip(names, columns, strict=True))

    def _read(self, kept: tuple[type, ...]) -> Iterator[tuple[tuple[str, ...], list[Sequence[Any]]]]:
        """Names and columns, block by block; what is of the `kept` types may stay as the driver gives it."""
        connection = self._session.connection()
        reading = _sqlite_blocks if connection.dialect.name == "sqlite" else _server_blocks
        names = tuple(column.key or "" for column in self._query.selected_columns)
        for columns in reading(connection, self._query, kept):
            yield names, columns


def _server_blocks(
    connection: Connection, query: Select[Any], kept: tuple[type, ...]
) -> Iterator[list[Sequence[Any]]]:
    # The option goes with the statement: what else is sent over the connection wants no cursor on the server.
    # Whoever reads on may stop early; that cursor must not stay open then.
    with connection.execute(query.execution_options(yield_per=BATCH)) as result:
        for block in result.partitions():
            yield list(zip(*block, strict=True))


def _sqlite_blocks(
    connection: Connection, query: Select[Any], kept: tuple[type, ...]
) -> Iterator[list[Sequence[Any]]]:
    """Past the rows of the library, which take as long as the reading itself."""
    readers = [
        None if isinstance(column.type, kept) else reader_of(column.type, connection.dialect)
        for column in query.selected_columns
    ]
    with _little_kept(connection), connection.execute(query) as result:
        while block := result.cursor.fetchmany(BATCH):
            columns = zip(*block, strict=True)
            yield [_told(cells, read) for cells, read in zip(columns, readers, strict=True)]


@contextmanager
def _little_kept(connection: Connection) -> Iterator[None]:
    """Whoever reads through everything once comes back to no page: few of them are kept meanwhile."""
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size={_CACHE}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size={int(before)}")


def _told(cells: Sequence[Any], read: Any) -> Sequence[Any]:
    return cells if read is None else [read(cell) for cell in cells]
