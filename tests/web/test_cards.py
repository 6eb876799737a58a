import pytest
from flask import Flask

from tracker.domain.stages import Stage
from tracker.queries.board import Card, Column
from tracker.web.cards import card_lines


@pytest.mark.parametrize(
    ("days", "is_over", "tags", "facts"),
    [
        (1, False, (), "1 day · website"),
        (3, False, (), "3 days · website"),
        (4, True, (), "4 days, over · website"),
        (0, False, ("forklift",), "0 days · website #forklift"),
        (2, False, ("a", "b", "c", "d"), "2 days · website #a #b +2"),
    ],
)
def test_card_says_its_days_its_source_and_at_most_two_tags(
    app: Flask, days: int, is_over: bool, tags: tuple[str, ...], facts: str
) -> None:
    card = Card(7, 1, "Amina Yusuf", "website", days, is_over, None, True, None, tags)
    column = Column(Stage.APPLICATION, "Application", "1", 3, (card,), None)
    with app.test_request_context():
        (line,) = card_lines(column)
    assert (line.facts, line.state, line.href) == (facts, "ready to move", "/applications/7")
