"""Words for what somebody is like, which nobody observes in an interview: look-fors name what was done."""

import re

from tracker.domain.work_verbs import word_set

TRAITS = word_set("""
assertive attitude attitudes charisma charismatic charming cheerful cheerfully conscientious easygoing
empathetic empathic energetic enthusiasm enthusiastic enthusiastically extroverted friendly hard-working
hardworking humble humility introverted likable likeable likeability passionate passionately personality
self-motivated self-starter sincere upbeat
""")
# What stands behind a hyphen is something else, as in user-friendly screens.
_TRAIT = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(TRAITS))}|team player)(?![\w-])",
    re.IGNORECASE,
)


def names_trait(text: str) -> bool:
    """Whether a text speaks of somebody's personality."""
    return _TRAIT.search(text) is not None
