"""Another system's history as one file: XES, CSV or JSON lines, compressed or not, or a zip of tables."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import tzinfo
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, cast
from zipfile import BadZipFile, ZipFile

from tracker.domain.event_logs import EventMapping, default_mapping, read_mapping
from tracker.domain.rules import RuleBroken
from tracker.services.event_log_files import (
    MOST_COLUMNS,
    REQUIRED_COLUMNS,
    csv_rows,
    read_csv,
    read_xes,
)
from tracker.services.event_log_gathering import EventLog, told_whole
from tracker.services.event_log_lines import read_jsonl
from tracker.services.event_log_tables import TableFile, read_tables_of

READY = ("greenhouse", "lever")
"""The systems whose tables there is a mapping for."""
READY_LABELS = {"greenhouse": "Greenhouse", "lever": "Lever"}
ENDINGS = (".xes", ".xes.gz", ".csv", ".csv.gz", ".jsonl", ".jsonl.gz", ".zip")
MOST_BYTES = 4 * 1024**3
"""How much a compressed file may hold."""
MOST_BYTES_OF_UPLOAD = 200 * 1024**2
"""How much a file from a page may hold: it is read in the process that answers pages."""
_BLOCK = 1024 * 1024
_IS_LOCKED = 1
_LOOKED_AT = 50


def ready_mapping(name: str, folder: Path) -> EventMapping:
    """The mapping of a system's tables, from the folder of mappings. Raises RuleBroken if there is none."""
    if name not in READY:
        raise RuleBroken(
            f"There is no ready mapping “{name}”; there are {', '.join(READY)}.", field="mapping"
        )
    return read_mapping((folder / f"{name}.toml").read_text("utf-8"))


def read_log(path: Path, name: str, mapping: EventMapping | None, *, zone: tzinfo) -> EventLog:
    """The cases of a file by the name that it was given; `zone` is for bare instants.

    Raises RuleBroken for what is none of the kinds that are read, or is damaged.
    """
    mapping = mapping or default_mapping()
    ending = next((one for one in ENDINGS if name.lower().endswith(one)), None)
    if ending is None:
        raise RuleBroken(f"{name} must end in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}.", field="file")
    if ending == ".zip":
        return _read_zip(path, name, mapping, zone)
    with _opened(path, name, is_compressed=ending.endswith(".gz")) as stream:
        if ending.startswith(".xes"):
            return read_xes(stream, name=name, zone=zone)
        if ending.startswith(".jsonl"):
            return read_jsonl(stream, name=name, zone=zone)
    if mapping.tables.tables:
        file = TableFile(name, partial(_opened, path, name, is_compressed=ending.endswith(".gz")))
        return read_tables_of([file], mapping.tables, zone=zone)
    with _opened(path, name, is_compressed=ending.endswith(".gz")) as stream:
        return read_csv(stream, name=name, zone=zone)


def unread_columns(path: Path, name: str, mapping: EventMapping) -> tuple[list[str], list[list[str]]] | None:
    """The columns of a CSV that nobody has said anything of yet, with three values of each; else none."""
    ending = next((one for one in (".csv", ".csv.gz") if name.lower().endswith(one)), None)
    if ending is None or mapping.tables.tables:
        return None
    opened = _opened(path, name, is_compressed=ending.endswith(".gz"))
    with opened as stream, told_whole(name), closing(csv_rows(stream, name)) as rows:
        header = [cell.strip() for cell in next(rows, (0, []))[1]]
        if not any(header) or {*REQUIRED_COLUMNS} <= {cell.lower() for cell in header}:
            return None
        few = [cells for _, cells in islice(rows, _LOOKED_AT)]
    values = ([cells[place][:60] for cells in few if len(cells) > place] for place in range(len(header)))
    return header[:MOST_COLUMNS], [
        list(dict.fromkeys(one for one in column if one.strip()))[:3] for column in values
    ][:MOST_COLUMNS]


@contextmanager
def _opened(path: Path, name: str, *, is_compressed: bool) -> Iterator[IO[bytes]]:
    with path.open("rb") as raw:
        if not is_compressed:
            yield raw
            return
        _require_small(path, name, MOST_BYTES)
        try:
            with gzip.GzipFile(fileobj=raw) as stream:
                yield cast(IO[bytes], stream)
        except gzip.BadGzipFile:
            raise RuleBroken(f"{name} is not compressed with gzip.", field="file") from None


def require_small(path: Path, name: str, most_bytes: int) -> None:
    """That a file holds no more than so many bytes, whatever it is packed in. Raises RuleBroken."""
    if name.lower().endswith(".gz"):
        _require_small(path, name, most_bytes)
    elif name.lower().endswith(".zip"):
        with suppress(BadZipFile), ZipFile(path) as archive:
            if sum(one.file_size for one in archive.infolist()) > most_bytes:
                raise _too_large(name, most_bytes)


def _too_large(name: str, most_bytes: int) -> RuleBroken:
    return RuleBroken(
        f"{name} holds more than {most_bytes >> 20:,} MB: import it from the command line.", field="file"
    )


def _require_small(path: Path, name: str, most_bytes: int) -> None:
    """That a compressed file does not swell beyond what is read. Raises RuleBroken."""
    read = 0
    with path.open("rb") as raw, gzip.GzipFile(fileobj=raw) as stream:
        try:
            while block := stream.read(_BLOCK):
                read += len(block)
                if read > most_bytes:
                    raise _too_large(name, most_bytes)
        except (gzip.BadGzipFile, EOFError, zlib.error):
            # Said by whoever reads it.
            return


def _read_zip(path: Path, name: str, mapping: EventMapping, zone: tzinfo) -> EventLog:
    if not mapping.tables.tables:
        raise RuleBroken(
            f"{name} holds tables: say which system they are of, or give a mapping with [tables].",
            field="mapping",
        )
    try:
        with ZipFile(path) as archive:
            members = [one for one in archive.infolist() if one.filename.lower().endswith(".csv")]
            if any(one.flag_bits & _IS_LOCKED for one in members):
                raise RuleBroken(f"{name} is locked with a password.", field="file")
            if sum(one.file_size for one in members) > MOST_BYTES:
                raise RuleBroken(f"{name} holds more than {MOST_BYTES >> 30} GB.", field="file")
            files = [
                TableFile(one.filename.rpartition("/")[2], partial(archive.open, one.filename))
                for one in members
            ]
            return read_tables_of(files, mapping.tables, zone=zone)
    except (BadZipFile, NotImplementedError, EOFError, zlib.error):
        raise RuleBroken(f"{name} is no zip that can be read: it may be damaged.", field="file") from None
