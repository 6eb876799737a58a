"""Tags: short words that a team puts on applications to find them again, such as "night shift"."""

from tracker.domain.rules import RuleBroken
from tracker.domain.texts import written

LONGEST_TAG = 40  # characters
MOST_TAGS = 20
"""How many tags one application carries at most."""


def tag_names(text: str | None) -> tuple[str, ...]:
    """The tags that somebody wrote, parted by commas: in small letters, single blanks, each once.

    Raises RuleBroken at `tag` where there is none, one is too long, or there are more than fit.
    """
    line = written(text, "Write a tag.", field="tag", longest=MOST_TAGS * (LONGEST_TAG + 2))
    names = dict.fromkeys(name for part in line.split(",") if (name := tag_name(part)))
    if not names:
        raise RuleBroken("Write a tag.", field="tag")
    if any(len(name) > LONGEST_TAG for name in names):
        raise RuleBroken(f"A tag holds at most {LONGEST_TAG} characters.", field="tag")
    if len(names) > MOST_TAGS:
        raise RuleBroken(f"An application carries at most {MOST_TAGS} tags.", field="tag")
    return tuple(names)


def tag_name(text: str) -> str:
    """One tag as it is kept, so that `#Night  shift` and `night shift` are the same."""
    return " ".join(text.split()).lstrip("#").strip().lower()
