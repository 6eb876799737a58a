import pytest

from tracker.domain.rules import RuleBroken
from tracker.domain.texts import written, written_or_none


def test_text_is_kept_without_blanks_around_it():
    assert written("  Called twice\n", "Say why.") == "Called twice"
    assert written_or_none(" \t", field="note") is None
    assert written_or_none(None, field="note") is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [(None, "Say why."), ("  ", "Say why."), ("x" * 21, "more than 20"), ("a\x00", "no text")],
)
def test_text_that_cannot_be_kept_is_refused_at_its_field(text, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        written(text, "Say why.", field="why", longest=20)
    assert refused.value.field == "why"


def test_half_a_character_is_refused():
    with pytest.raises(RuleBroken, match="no text"):
        written_or_none("\ud83d", field="note")
