"""What all mapped classes share: naming of constraints, instants in UTC, enums as text."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum, MetaData, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base of every mapped class."""

    metadata = MetaData(naming_convention=NAMING)
    # Nothing is stored as nothing: a document that says null would pass for one that is there.
    type_annotation_map = dict.fromkeys((dict[str, Any], list[str], list[Any]), JSON(none_as_null=True))


def _read_text(value: str | None) -> datetime | None:
    # Said in the text: to put the zone in afterwards takes six times as long.
    return None if value is None else datetime.fromisoformat(value + "Z")


def _read_aware(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware on the Python side always, UTC in the database. Raises ValueError for a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive instants and bring aware ones to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """Give instants back aware, in one step for each value: boards read hundreds."""
        return _read_text if dialect.name == "sqlite" else _read_aware


class TextEnum(Enum):
    """An enum kept as text, read back by one look into a table. Raises KeyError for a value it lacks."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """The member of each value."""
        members: dict[Any, Any] = {None: None} | {member.value: member for member in self.enum_class or ()}
        return members.__getitem__


def enum_column(enum: type[StrEnum], name: str | None = None) -> Enum:
    """A text column that holds only this enum's values, with its own check constraint."""
    return TextEnum(
        enum,
        native_enum=False,
        create_constraint=True,
        name=name or enum.__name__.lower(),
        values_callable=lambda members: [m.value for m in members],
        length=40,
    )
