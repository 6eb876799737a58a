import pytest

from tracker.domain.rules import RuleBroken
from tracker.domain.tags import LONGEST_TAG, MOST_TAGS, tag_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Night shift", ("night shift",)),
        (" #Night   shift , forklift,, NIGHT SHIFT", ("night shift", "forklift")),
        ("عمل ليلي", ("عمل ليلي",)),
        ("x" * LONGEST_TAG, ("x" * LONGEST_TAG,)),
    ],
)
def test_tags_are_parted_by_commas_in_small_letters_each_once(text: str, names: tuple[str, ...]) -> None:
    assert tag_names(text) == names


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "Write a tag"),
        ("  ", "Write a tag"),
        ("#, ,", "Write a tag"),
        ("x" * (LONGEST_TAG + 1), "at most 40 characters"),
        (",".join(str(n) for n in range(MOST_TAGS + 1)), "at most 20 tags"),
        ("a\x00b", "This text"),
    ],
)
def test_what_is_no_tag_is_refused_at_its_field(text: str | None, message: str) -> None:
    with pytest.raises(RuleBroken, match=message) as broken:
        tag_names(text)
    assert broken.value.field == "tag"
