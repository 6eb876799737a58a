import pytest

from tracker.queries.board import Card
from tracker.web.cards import card_line


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
    days: int, is_over: bool, tags: tuple[str, ...], facts: str
) -> None:
    card = Card(7, 1, "Amina Yusuf", "website", days, is_over, None, True, None, tags)
    line = card_line(card, "/applications/")
    assert (line.facts, line.state, line.href) == (facts, "ready to move", "/applications/7")
