"""Statements that are sent again and again: each put into words once for each kind of database.

Finding the words of a statement again by all its parts takes longer than the database takes to answer, and a
page asks a dozen of them.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Dialect, Insert, Select, TextClause
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tracker.queries.by_ids import reader_of, row_shape

Statement = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]] | Insert | TextClause
_CONNECTION = "the connection of a transaction"
_NOTHING = "SELECT 1 WHERE 1 = 0"
# Lists of a page are short; those of an export have any length, and seldom the same one twice.
_LONGEST_KEPT = 256


def prepared(build: Callable[[], Statement]) -> "Prepared":
    """Makes of a function that puts a statement together the statement to be asked."""
    return Prepared(build)


class Prepared:
    """A statement that asks for columns or writes a row, with values given by name at each sending.

    A value compared by `among` is a list of any length.
    """

    def __init__(self, build: Callable[[], Statement]) -> None:
        self._build = build
        self._words: dict[Any, _Words] = {}
        self.__doc__ = build.__doc__

    @cached_property
    def statement(self) -> Statement:
        """The statement itself, to be part of others."""
        return self._build()

    def rows(self, asked: Session | Connection, /, **values: Any) -> list[Any]:
        """All rows as named tuples."""
        words = self._words_for(asked)
        return list(map(words.shape, words.read(words.send(asked, values))))

    def tuples(self, asked: Session | Connection, /, **values: Any) -> list[tuple[Any, ...]]:
        """All rows as plain tuples."""
        words = self._words_for(asked)
        return words.read(words.send(asked, values))

    def as_sent(self, asked: Session | Connection, /, **values: Any) -> list[tuple[Any, ...]]:
        """All rows as the driver gives them, for `KeptRows` to read."""
        return self._words_for(asked).send(asked, values)

    def scalar(self, asked: Session | Connection, /, **values: Any) -> Any:
        """The first column of the first row; none if there is no row."""
        found = self.tuples(asked, **values)
        return found[0][0] if found else None

    def run(self, asked: Session, /, **values: Any) -> None:
        """Send a statement that answers nothing."""
        self._words_for(asked).send(asked, values)

    def _words_for(self, asked: Session | Connection) -> "_Words":
        dialect = asked.dialect if isinstance(asked, Connection) else asked.get_bind().dialect
        key = (dialect.name, dialect.server_version_info)
        words = self._words.get(key)
        if words is None:
            words = self._words[key] = _Words(self.statement, dialect)
        return words


class _Words:
    """A statement as one kind of database reads it, with what writes its values and reads its rows."""

    def __init__(self, statement: Statement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        columns = () if isinstance(statement, Insert | TextClause) else tuple(statement.selected_columns)
        bounds = {name: bound for bound, name in compiled.bind_names.items()}
        if any(bound.literal_execute for bound in bounds.values()):
            raise ValueError("a prepared statement holds its constants in its text")
        self.shape = row_shape(tuple(str(column.key) for column in columns))
        self._text = compiled.string
        self._names = tuple(compiled.positiontup or ()) if compiled.positional else None
        self._constants = {name: value for name, value in compiled.params.items() if value is not None}
        self._lists = frozenset(name for name, bound in bounds.items() if bound.expanding)
        self._writers = {
            name: writer
            for name, bound in bounds.items()
            if (writer := bound.type.dialect_impl(dialect).bind_processor(dialect)) is not None
        }
        self._readers = [
            (place, reader)
            for place, column in enumerate(columns)
            if (reader := reader_of(column.type, dialect)) is not None
        ]
        self._texts: dict[tuple[int, ...], str] = {}

    def send(self, asked: Session | Connection, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        """The rows as the driver gives them. Raises KeyError for a value that is not given."""
        if isinstance(asked, Session):
            asked.flush()
            asked, listeners = _connection_of(asked)
        else:
            listeners = asked.dispatch.before_cursor_execute
        written = {**self._constants, **values}
        for name, writer in self._writers.items():
            value = written[name]
            written[name] = list(map(writer, value)) if name in self._lists else writer(value)
        text = self._with_lists(written) if self._lists else self._text
        sent = self._in_order(written) if self._names is not None else self._by_name(written)
        if listeners:
            # Somebody counts or reads what is sent.
            result = asked.exec_driver_sql(text, sent)
            return list(map(tuple, result)) if result.returns_rows else []
        return _fetched(asked, text, sent)

    def read(self, sent: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Rows of the driver as the columns' types read them."""
        if not self._readers:
            return sent
        found = []
        for row in sent:
            values = list(row)
            for place, reader in self._readers:
                values[place] = reader(values[place])
            found.append(tuple(values))
        return found

    def _with_lists(self, values: dict[str, Any]) -> str:
        lengths = tuple([len(values[name]) for name in self._lists])
        text = self._texts.get(lengths)
        if text is None:
            text = self._text
            for name, length in zip(self._lists, lengths, strict=True):
                text = text.replace(f"__[POSTCOMPILE_{name}]", self._places(name, length))
            if sum(lengths) <= _LONGEST_KEPT:
                self._texts[lengths] = text
        return text

    def _places(self, name: str, length: int) -> str:
        if not length:
            return _NOTHING
        if self._names is not None:
            return ", ".join("?" * length)
        return ", ".join(f"%({name}_{place})s" for place in range(length))

    def _in_order(self, values: dict[str, Any]) -> tuple[Any, ...]:
        if not self._lists:
            return tuple([values[name] for name in self._names or ()])
        sent: list[Any] = []
        for name in self._names or ():
            if name in self._lists:
                sent.extend(values[name])
            else:
                sent.append(values[name])
        return tuple(sent)

    def _by_name(self, values: dict[str, Any]) -> dict[str, Any]:
        for name in self._lists:
            values.update((f"{name}_{place}", value) for place, value in enumerate(values.pop(name)))
        return values


def _connection_of(session: Session) -> tuple[Connection, Any]:
    """The connection of the session's transaction and who listens to it: each asked for once, for the session
    looks for them each time.
    """
    # A savepoint is set when its connection is first asked for, so each has an asking of its own.
    transaction = session.get_nested_transaction() or session.get_transaction()
    known = session.info.get(_CONNECTION)
    if known is None or known[0] is not transaction or transaction is None or not transaction.is_active:
        found = session.connection()
        transaction = session.get_nested_transaction() or session.get_transaction()
        known = session.info[_CONNECTION] = transaction, (found, found.dispatch.before_cursor_execute)
    asked: tuple[Connection, Any] = known[1]
    return asked


def _fetched(connection: Connection, text: str, values: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement from the driver itself: what the library makes of each result takes longer.

    Raises what the library would.
    """
    dialect, held = connection.dialect, connection.connection
    cursor = held.cursor()
    try:
        cursor.execute(text, values)
        return list(cursor.fetchall()) if cursor.description else []
    except dialect.loaded_dbapi.Error as error:
        is_lost = dialect.is_disconnect(error, held, cursor)
        failure = DBAPIError.instance(
            text,
            values,
            error,
            dialect.loaded_dbapi.Error,
            hide_parameters=True,
            connection_invalidated=is_lost,
            dialect=dialect,
        )
        if is_lost:
            connection.invalidate(error)
        raise failure from error
    finally:
        cursor.close()
