"""Taking a whole tracker away and bringing it back elsewhere: every row and every file, each part with its
hash.

A backup is a zip of one text for each table, a JSON list a line, and the files under their keys. It is read
in one snapshot, so that people may go on working, and it fits SQLite and PostgreSQL alike. It holds personal
data as the database does, but not the key that signs cookies.
"""

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum as PythonEnum
from itertools import chain, islice
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import Connection, Date, Enum, LargeBinary, Table, func, insert, select, text
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.rules import RuleBroken
from tracker.files import FileStore, NoSuchFile
from tracker.models import Base
from tracker.models.base import UtcDateTime
from tracker.models.files import StoredFile
from tracker.models.guards import drop_guards, drop_later_guards, install_guards, install_later_guards
from tracker.models.guards.courses import drop_courses, install_courses
from tracker.models.guards.places import drop_places, install_places
from tracker.models.guards.stays import drop_stays, install_stays
from tracker.models.moves import LegalEdge
from tracker.queries.history import verify_history
from tracker.services.audit import record
from tracker.services.files import remove_on_failure

FORMAT = 1
_BATCH = 500
_MANIFEST = "backup.json"
_WRITTEN_BY_MIGRATIONS = {LegalEdge.__tablename__}
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BackupContents:
    """What a backup holds: tables, rows, files, and the keys of files whose bytes were gone by then."""

    tables: int
    rows: int
    files: int
    missing: tuple[str, ...] = ()


def write_backup(
    session: Session, store: FileStore, out: IO[bytes], *, revision: str, at: datetime, tell: Tell
) -> BackupContents:
    """Write every row and file as of one instant, in a session that has read nothing yet.

    `tell` hears the name of each part before it is written.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        tables = {}
        for table in _tables():
            tell(table.name)
            tables[table.name] = _write_table(session, table, archive)
        tell("files")
        files, missing = _write_files(session, store, archive)
        manifest = {
            "format": FORMAT,
            "schema": revision,
            "made_at": at.isoformat(),
            "tables": tables,
            "files": files,
            "missing": missing,
        }
        archive.writestr(_MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
    return _contents(manifest)


def restore_backup(
    session: Session, store: FileStore, source: IO[bytes], *, revision: str, tell: Tell
) -> BackupContents:
    """Bring a backup back into an empty database of the same schema, and prove its history.

    Raises RuleBroken for what is no backup, one of another schema, one that was changed on the way, or a
    database that holds something already; nothing is kept then.
    """
    with _opened(source) as archive:
        manifest = _manifest(archive, revision)
        _require_empty(session)
        connection = session.connection()
        # The rows come in as they were; what a move sets off has happened already.
        drop_guards(connection)
        drop_later_guards(connection)
        drop_stays(connection)
        drop_courses(connection)
        drop_places(connection)
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        for table in _tables():
            tell(table.name)
            _read_table(connection, table, archive, manifest["tables"].get(table.name))
        tell("files")
        _read_files(session, store, archive, manifest)
        if connection.dialect.name == "postgresql":
            _go_on_counting(connection)
        install_guards(connection)
        install_later_guards(connection)
        install_stays(connection)
        install_courses(connection)
        install_places(connection)
    tell("history")
    _, _, fault = verify_history(session)
    if fault is not None:
        raise RuleBroken(f"The history of the backup does not hold: {fault}.")
    return _contents(manifest)


def record_backup(session: Session, contents: BackupContents, *, actor: Actor) -> None:
    """Note who took everything away, in a transaction of its own after the backup was made."""
    record(session, "backup:made", contents, actor=actor, rows=contents.rows, files=contents.files)


def _tables() -> list[Table]:
    return [table for table in Base.metadata.sorted_tables if table.name not in _WRITTEN_BY_MIGRATIONS]


def _part(table: Table) -> str:
    return f"tables/{table.name}.jsonl"


def _write_table(session: Session, table: Table, archive: ZipFile) -> dict[str, Any]:
    """One list for each row, after a list of the columns' names; how many rows, and the hash of it all."""
    digest, rows = hashlib.sha256(), 0
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=_BATCH)
    with archive.open(_part(table), "w", force_zip64=True) as part, session.execute(query) as result:
        for line in chain([_line(table.columns.keys())], (_line(map(_plain, row)) for row in result)):
            part.write(line)
            digest.update(line)
            rows += 1
    return {"rows": rows - 1, "sha256": digest.hexdigest()}


def _line(values: Any) -> bytes:
    return json.dumps(list(values), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return value.value if isinstance(value, PythonEnum) else value


def _write_files(session: Session, store: FileStore, archive: ZipFile) -> tuple[int, list[str]]:
    count, missing = 0, []
    for key in session.scalars(_own_bytes(StoredFile.key).order_by(StoredFile.id)).all():
        try:
            with store.open(key) as stored:
                archive.writestr(f"files/{key}", stored.read())
            count += 1
        except NoSuchFile:
            missing.append(key)
    return count, missing


def _own_bytes(*columns: Any) -> Any:
    """These columns of the files with bytes of their own; others stand for bytes that came in before."""
    return select(*columns).where(StoredFile.content_key.is_(None))


def _opened(source: IO[bytes]) -> ZipFile:
    try:
        return ZipFile(source)
    except BadZipFile:
        raise RuleBroken("This file is no backup of a tracker.") from None


def _manifest(archive: ZipFile, revision: str) -> dict[str, Any]:
    try:
        manifest = json.loads(archive.read(_MANIFEST))
        parts = [(part["rows"], part["sha256"]) for part in manifest["tables"].values()]
        is_sound = (
            manifest["format"] == FORMAT
            and bool(parts)
            and isinstance(manifest["schema"], str)
            and isinstance(manifest["files"], int)
            and all(isinstance(key, str) for key in manifest["missing"])
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        is_sound = False
    if not is_sound:
        raise RuleBroken("This file is no backup of a tracker, or of one that is newer than this.")
    if manifest["schema"] != revision:
        raise RuleBroken(
            f"The backup has schema {manifest['schema']}, this version {revision}: bring it back with the "
            "version that made it, then upgrade."
        )
    return dict(manifest)


def _require_empty(session: Session) -> None:
    for table in _tables():
        if session.execute(select(table.primary_key.columns[0]).limit(1)).first() is not None:
            raise RuleBroken("This home holds something already: bring a backup back into an empty one.")


def _read_table(connection: Connection, table: Table, archive: ZipFile, kept: Any) -> None:
    """The rows of a table as they were. Raises RuleBroken where they are not what the backup says."""
    changed = RuleBroken(f"The backup was changed: its part {_part(table)} is not what was written.")
    digest, rows = hashlib.sha256(), 0
    try:
        with archive.open(_part(table)) as part:
            lines = _lines(table, part, digest)
            while batch := list(islice(lines, _BATCH)):
                rows += len(batch)
                connection.execute(insert(table), batch)
    except (KeyError, ValueError, TypeError, BadZipFile):
        raise changed from None
    if kept is None or (rows, digest.hexdigest()) != (kept["rows"], kept["sha256"]):
        raise changed


def _lines(table: Table, part: IO[bytes], digest: Any) -> Iterator[dict[str, Any]]:
    names = None
    for line in part:
        digest.update(line)
        values = json.loads(line)
        if names is None:
            names = values
            continue
        yield {name: _typed(table.columns[name], value) for name, value in zip(names, values, strict=True)}


def _typed(column: Any, value: Any) -> Any:
    kind = column.type
    if value is None:
        return None
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, LargeBinary):
        return b64decode(value, validate=True)
    return kind.enum_class(value) if isinstance(kind, Enum) and kind.enum_class else value


def _read_files(session: Session, store: FileStore, archive: ZipFile, manifest: dict[str, Any]) -> None:
    missing = set(manifest["missing"])
    for key, sha256 in session.execute(_own_bytes(StoredFile.key, StoredFile.sha256)).all():
        if key in missing:
            continue
        try:
            data = archive.read(f"files/{key}")
        except (KeyError, BadZipFile):
            data = b""
        if hashlib.sha256(data).hexdigest() != sha256:
            raise RuleBroken(f"The backup was changed: the file {key} is not what was stored.")
        store.put(data, key=key)
        remove_on_failure(session, store, key)


def _go_on_counting(connection: Connection) -> None:
    """Numbers given by PostgreSQL go on after the highest that came in."""
    for table in _tables():
        key = list(table.primary_key)
        if len(key) == 1 and key[0].autoincrement and key[0].type.python_type is int:
            name = func.pg_get_serial_sequence(table.name, key[0].name)
            connection.execute(
                select(func.setval(name, func.max(key[0])))
                .select_from(table)
                .having(func.max(key[0]).is_not(None))
            )


def _contents(manifest: dict[str, Any]) -> BackupContents:
    tables = manifest["tables"]
    rows = sum(part["rows"] for part in tables.values())
    return BackupContents(len(tables), rows, manifest["files"], tuple(manifest["missing"]))
