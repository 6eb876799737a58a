"""The door to stored bytes: a folder that nothing serves, where each file lies under a random key."""

import contextlib
import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import BinaryIO

_KEY_BYTES = 24
_KEY = re.compile(rf"[0-9a-f]{{{2 * _KEY_BYTES}}}")
_UNFINISHED = ".part"
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS}


class NoSuchFile(Exception):
    """No bytes are stored under this key, or it is no key at all."""


@dataclass(frozen=True, slots=True)
class StoredBytes:
    """What was stored: the key to find it by, its SHA-256 in hex, and its size in bytes."""

    key: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class FileStore:
    """A folder of stored bytes; only the keys that it gave out itself lead to anything."""

    folder: Path

    def within(self, name: str) -> "FileStore":
        """A store of its own in a folder of this one, which this one neither lists nor sweeps."""
        return FileStore(self.folder / name)

    def put(self, data: bytes, *, key: str | None = None) -> StoredBytes:
        """Store bytes so that they survive a crash once this returns, under a new key or the one they had.

        Raises OSError for a full disk, NoSuchFile for what is no key.
        """
        key, digest = key or secrets.token_hex(_KEY_BYTES), hashlib.sha256()
        # Beside the writing, which waits for the disk most of its time.
        hashing = Thread(target=digest.update, args=(data,))
        hashing.start()
        try:
            with self._written(key) as file:
                file.write(data)
        finally:
            hashing.join()
        return StoredBytes(key, digest.hexdigest(), len(data))

    def put_blocks(self, blocks: Iterable[bytes], *, key: str | None = None) -> StoredBytes:
        """Store what comes piece by piece, as `put` stores it whole; nothing stays if it breaks off."""
        digest, size = hashlib.sha256(), 0
        key = key or secrets.token_hex(_KEY_BYTES)
        with self._written(key) as file:
            for block in blocks:
                file.write(block)
                digest.update(block)
                size += len(block)
        return StoredBytes(key, digest.hexdigest(), size)

    @contextlib.contextmanager
    def _written(self, key: str) -> Iterator[BinaryIO]:
        """A file to write, which lies under its key once all of it is there, or not at all."""
        path = self._path(key)
        self._make_folders(path.parent)
        unfinished = path.with_suffix(_UNFINISHED)
        try:
            handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
            _sync_folder(path.parent)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            path.unlink(missing_ok=True)
            raise

    def open(self, key: str) -> BinaryIO:
        """The bytes under a key, to read. Raises NoSuchFile."""
        try:
            return self._found(key).open("rb")
        except FileNotFoundError:
            raise NoSuchFile("The file is not there.") from None

    def path_of(self, key: str) -> Path:
        """Where the bytes under a key lie, for those who read them more than once. Raises NoSuchFile."""
        path = self._found(key)
        if not path.is_file():
            raise NoSuchFile("The file is not there.")
        return path

    def holds(self, key: str, size: int) -> bool:
        """Whether bytes of this size lie under a key. Raises NoSuchFile for what is no key."""
        try:
            return self._found(key).stat().st_size == size
        except FileNotFoundError:
            return False

    def remove(self, key: str) -> None:
        """Remove what is stored under a key, if it is still there. Raises NoSuchFile for what is no key."""
        self._found(key).unlink(missing_ok=True)

    def stored(self) -> Iterator[tuple[str, datetime]]:
        """Every key, in order, with the instant at which its bytes were stored; unfinished ones left out."""
        # Folder by folder, so that a million files are never listed at once.
        for folder in sorted(self.folder.glob("??")):
            for path in sorted([*folder.iterdir(), *folder.glob("??/*")], key=lambda path: path.name):
                if _KEY.fullmatch(path.name):
                    with contextlib.suppress(FileNotFoundError):
                        yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def remove_unfinished(self, before: datetime) -> int:
        """Remove what a crash left half written before this instant; gives their number."""
        count = 0
        for path in [*self.folder.glob(f"??/*{_UNFINISHED}"), *self.folder.glob(f"??/??/*{_UNFINISHED}")]:
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                path.unlink(missing_ok=True)
                count += 1
        return count

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise NoSuchFile("This is no key of a stored file.")
        return self.folder / key[:2] / key

    def _found(self, key: str) -> Path:
        """Where the bytes under a key lie: of those stored before there was one level, one level deeper."""
        path = self._path(key)
        deeper = path.parent / key[2:4] / key
        return deeper if not path.exists() and deeper.exists() else path

    def _make_folders(self, folder: Path) -> None:
        for each in (self.folder, folder):
            if not each.is_dir():
                each.mkdir(mode=0o700, parents=True, exist_ok=True)
                _sync_folder(each.parent)


def has_no_room(error: OSError) -> bool:
    """Whether a disk is full, read-only or broken: nobody's mistake, and over once somebody sees to it."""
    return error.errno in _NO_ROOM


def read_beside(folder: Path, name: str, most: int) -> bytes:
    """A file in a folder or below it: at most `most` bytes and one more. Raises FileNotFoundError."""
    if "\0" in name:
        raise FileNotFoundError("No file has such a name.")
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise FileNotFoundError(f"There is no file {name!r} in the folder.")
    with path.open("rb") as file:
        return file.read(most + 1)


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder last; not every system can, and then the file itself is all there is."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
