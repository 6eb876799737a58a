import pytest

from tracker.domain.agendas import CLOSE, WELCOME, agenda

ROWS = [("a", "Orders"), ("b", "Charges"), ("c", "Complaints")]


def test_minutes_are_shared_evenly_between_welcome_and_close():
    items = agenda(45, ROWS)
    assert [(i.title, i.starts_after, i.minutes) for i in items] == [
        (WELCOME, 0, 4),
        ("Orders", 4, 13),
        ("Charges", 17, 12),
        ("Complaints", 29, 12),
        (CLOSE, 41, 4),
    ]


@pytest.mark.parametrize("minutes", [5, 7, 30, 45, 61, 480])
@pytest.mark.parametrize("count", [1, 2, 6, 10])
def test_agenda_fills_the_session_and_names_every_question(minutes, count):
    rows = [(f"row-{n}", f"Row {n}") for n in range(count)]
    items = agenda(minutes, rows)
    assert sum(item.minutes for item in items) == minutes
    assert [item.key for item in items if item.key] == [key for key, _ in rows]
    lengths = [item.minutes for item in items if item.key]
    assert max(lengths) - min(lengths) <= 1
