"""The store of bytes: keys nobody can guess, and nothing reached but by them."""

import os
import stat
from datetime import UTC, datetime, timedelta

import pytest

from tracker.files import FileStore, NoSuchFile, read_beside


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "files")


def all_files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_bytes_come_back_under_a_key_of_at_least_128_random_bits(store):
    stored = [store.put(b"resume") for _ in range(20)]
    assert len({each.key for each in stored}) == 20
    assert all(len(bytes.fromhex(each.key)) * 8 >= 128 for each in stored)
    with store.open(stored[0].key) as file:
        assert file.read() == b"resume"
    assert (stored[0].size, stored[0].sha256[:8]) == (6, "a83a3132")


@pytest.mark.parametrize(
    "key",
    [
        *("", ".", "..", "../secret", "/etc/passwd", "..%2f..%2fetc", "a" * 47, "A" * 48, "g" * 48),
        *("a" * 48 + "\n", "a" * 48 + "/..", "aa/aa/" + "a" * 48, "\x00" * 48, "CON", "a" * 49),
    ],
)
def test_what_is_no_key_leads_nowhere(store, tmp_path, key):
    (tmp_path / "secret").write_text("secret")
    with pytest.raises(NoSuchFile):
        store.open(key)
    with pytest.raises(NoSuchFile):
        store.remove(key)


def test_a_key_that_was_never_given_out_leads_nowhere(store):
    with pytest.raises(NoSuchFile):
        store.open("a" * 48)


def test_only_the_owner_may_read_the_folder_and_its_files(store):
    store.put(b"resume")
    (path,) = all_files(store.folder)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_write_that_fails_leaves_nothing(store, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.put(b"resume")
    assert all_files(store.folder) == []


def test_what_a_crash_left_half_written_is_no_file_and_is_cleared(store):
    stored = store.put(b"resume")
    (path,) = all_files(store.folder)
    path.with_suffix(".part").write_bytes(b"res")
    assert [key for key, _ in store.stored()] == [stored.key]
    assert store.remove_unfinished(datetime.now(UTC) - timedelta(hours=1)) == 0
    assert store.remove_unfinished(datetime.now(UTC) + timedelta(seconds=5)) == 1
    assert all_files(store.folder) == [path]


def test_removing_twice_is_no_error(store):
    key = store.put(b"resume").key
    store.remove(key)
    store.remove(key)
    assert list(store.stored()) == []


@pytest.mark.parametrize("name", ["../cv.txt", "/etc/passwd", "link", ".", "", "gone.txt", "cv\x00.txt"])
def test_reading_beside_a_list_never_leaves_its_folder(tmp_path, name):
    folder = tmp_path / "list"
    folder.mkdir()
    (tmp_path / "cv.txt").write_text("secret")
    (folder / "link").symlink_to(tmp_path / "cv.txt")
    with pytest.raises(FileNotFoundError):
        read_beside(folder, name, 100)


def test_reading_beside_a_list_takes_no_more_than_asked(tmp_path):
    (tmp_path / "cv.txt").write_bytes(b"x" * 50)
    assert len(read_beside(tmp_path, "cv.txt", 100)) == 50
    assert len(read_beside(tmp_path, "cv.txt", 10)) == 11


def test_what_was_stored_two_folders_deep_is_still_found_listed_and_removed(store):
    key = store.put(b"older").key
    lies, deeper = store.path_of(key), store.folder / key[:2] / key[2:4] / key
    deeper.parent.mkdir()
    lies.rename(deeper)
    with store.open(key) as file:
        assert file.read() == b"older"
    assert store.holds(key, 5)
    newer = store.put(b"newer").key
    assert [one for one, _ in store.stored()] == sorted([key, newer])
    store.remove(key)
    assert not deeper.exists()
    assert [one for one, _ in store.stored()] == [newer]
