"""Bytes of exports and brought histories that nobody knows go; those that wait for their row stay."""

import os
from datetime import timedelta

import pytest

from tracker import clock
from tracker.cli.report_exports import sweep_left_behind
from tracker.files import FileStore
from tracker.services import history_uploads, report_exports


@pytest.mark.parametrize("folder", [report_exports.FOLDER, history_uploads.FOLDER])
def test_what_a_killed_worker_left_goes_after_an_hour(sqlite_database, tmp_path, folder):
    store = FileStore(tmp_path)
    own = store.within(folder)
    old, young = own.put(b"Amina Yusuf"), own.put(b"Lukas Berg")
    long_ago = (clock.now() - timedelta(hours=2)).timestamp()
    os.utime(own.path_of(old.key), (long_ago, long_ago))
    assert sweep_left_behind(sqlite_database, store) == 1
    assert [key for key, _ in own.stored()] == [young.key]
