"""The clock tells the real time, except inside a block that stands elsewhere."""

from datetime import UTC, date, datetime, timedelta, timezone
from threading import Thread
from zoneinfo import ZoneInfo

import pytest

from tests.zones import days_of
from tracker import clock
from tracker.app import create_app
from tracker.config import load_config

THEN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def is_real(instant: datetime) -> bool:
    return abs(datetime.now(UTC) - instant) < timedelta(seconds=5)


def test_a_block_stands_elsewhere_and_the_time_goes_on_after_it():
    with clock.standing_at(THEN):
        assert (clock.now(), clock.today()) == (THEN, THEN.date())
        with clock.standing_at(THEN + timedelta(days=1)):
            assert clock.now() == THEN + timedelta(days=1)
        assert clock.now() == THEN
    assert is_real(clock.now())


def test_a_block_that_fails_leaves_the_real_time():
    with pytest.raises(LookupError), clock.standing_at(THEN):
        raise LookupError
    assert is_real(clock.now())


def test_other_threads_keep_the_real_time():
    seen = []
    with clock.standing_at(THEN):
        thread = Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert is_real(seen[0])


def test_an_instant_is_told_in_utc_and_needs_a_zone():
    with clock.standing_at(THEN.astimezone(timezone(timedelta(hours=5)))):
        assert (clock.now(), clock.now().tzinfo) == (THEN, UTC)
    with pytest.raises(ValueError), clock.standing_at(datetime(2026, 3, 2)):
        pass


def test_nothing_is_served_while_the_time_is_not_the_real_one(tmp_path, sqlite_database):
    config = load_config({"TRACKER_HOME": str(tmp_path)})
    with clock.standing_at(THEN), pytest.raises(RuntimeError, match="clock"):
        create_app(config, sqlite_database)


@pytest.mark.parametrize(
    ("zone", "day"), [("UTC", 2), ("America/Los_Angeles", 1), ("Asia/Tokyo", 2), ("Pacific/Kiritimati", 2)]
)
def test_the_day_is_that_of_the_organisation(zone, day):
    with days_of(zone), clock.standing_at(datetime(2026, 3, 2, 5, tzinfo=UTC)):
        assert clock.today() == clock.here().date() == date(2026, 3, day)
        assert clock.here() == clock.now()


def test_each_tracker_of_a_process_has_days_of_its_own(tmp_path):
    app = create_app(load_config({"TRACKER_HOME": str(tmp_path), "TRACKER_TIMEZONE": "Asia/Tokyo"}))
    seen = []

    def ask():
        app.test_client().get("/sign-in")
        seen.append(clock.zone())

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert (seen, clock.zone()) == ([ZoneInfo("Asia/Tokyo")], UTC)
