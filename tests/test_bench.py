"""The benchmark runs, and what it says of the floor is so."""

import json

import pytest

from tests.bench import __main__ as bench
from tests.bench.applying_load import measure_applying
from tests.bench.applying_works import applying_works
from tests.bench.calling import Caller, counted_statements
from tests.bench.floor import create_floor
from tests.bench.floor_data import MEASURED_JOB, STAGES, floor_file
from tests.bench.measuring import Line, Side
from tests.bench.once import works_once
from tests.bench.reporting import as_json, growth
from tests.bench.works import Work

ONE_PAGE = ("board, 150 cards", "move, durable")  # at most 16 statements each, sign-in included


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("bench")


@pytest.fixture(scope="module")
def floor(home):
    return Caller(create_floor(floor_file(home, 1000)))


def test_the_floors_board_shows_150_cards_with_nine_statements(floor):
    with counted_statements() as statements:
        answer = floor.get(f"/jobs/{MEASURED_JOB}", keep_body=True)
    assert answer.body.count(b'class="board-card"') == 150
    assert len(statements) == 9
    assert 40_000 < answer.size < 50_000


def test_the_floors_move_leaves_its_row_and_refuses_a_stale_version(floor):
    version = 7 % STAGES + 1
    assert floor.post("/applications/7/moves", {"version": version}).status == 303
    with pytest.raises(RuntimeError, match="409"):
        floor.post("/applications/7/moves", {"version": version})


def test_the_floor_finds_a_surname_and_pages_its_candidates(floor):
    found = floor.get("/search?q=Babafor", keep_body=True).body
    assert found.count(b"<tr><td>") == found.count(b"Babafor</a>") >= 1
    assert floor.get("/candidates?after=950", keep_body=True).body.count(b"<tr><td>") == 50


def test_the_floors_export_has_every_row(floor):
    assert floor.get("/report.csv", keep_body=True).body.count(b"\r\n") == 1001


def test_a_short_run_writes_its_figures(home, capsys):
    bench.main(["--sizes", "1k", "--seconds", "0", "--home", str(home), "--no-once"])
    lines = json.loads((home / "results.json").read_text())["lines"]
    assert {"board, 150 cards", "move, durable", "search, a surname"} <= {line["work"] for line in lines}
    sides = [line[side] for line in lines for side in ("floor", "tracker")]
    assert all(side["median_ms"] > 0 for side in sides if side)
    assert all(line["tracker"]["statements"] <= 16 for line in lines if line["work"] in ONE_PAGE)
    assert lines[0]["work"] == "board, 150 cards"
    assert lines[0]["tracker"]["size"] <= 75_000
    assert "board, 150 cards" in capsys.readouterr().out


def test_what_is_measured_once_starts_both_sides_and_aligns_whole_rows(home):
    start, few, _ = works_once(home)
    assert all(call() > 20_000_000 for call in (start.floor_call, start.tracker_call))
    assert few.tracker_call() == 10


def test_ratio_and_growth_are_of_the_medians():
    def line(candidates: int, floor_ms: float, tracker_ms: float) -> Line:
        sides = [Side(median, median, 1, 1, 5) for median in (floor_ms, tracker_ms)]
        return Line(Work("board", None, None, goal=2.5, growth=1.25), candidates, *sides)

    lines = [line(1_000, 2.0, 4.0), line(100_000, 2.0, 5.0)]
    assert lines[1].ratio == 2.5
    assert growth(lines[0], lines) is None
    assert growth(lines[1], lines) == 1.25
    assert as_json(lines)["lines"][1]["growth"] == 1.25


@pytest.mark.parametrize("size", ["many", "10", "k"])
def test_a_size_that_is_none_is_refused(size, capsys):
    with pytest.raises(SystemExit):
        bench.options(["--sizes", size])
    assert "1k" in capsys.readouterr().err


def test_an_application_is_taken_beside_the_file_that_is_stored(home):
    (work,) = applying_works(home)
    assert work.floor_call() > 0
    assert work.tracker_call() > 0
    assert len(list((home / "stored").glob("[0-9]*"))) == 1


def test_a_real_server_takes_applications_at_the_rate_and_says_how_the_board_fared(home):
    found = measure_applying(home, seconds=1.5)
    assert (found.taken, found.failed) == (5, 0)
    assert f"{found.ratio:.2f}" in str(found)
