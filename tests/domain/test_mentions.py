"""Whom a note mentions: by name or address, never by guessing, never somebody who may not read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.mentions import MOST_MENTIONED, Colleague, mentioned_in
from tracker.domain.rules import RuleBroken

ANN = Colleague(1, "Ann Lee", "ann@example.org", may_read=True)
ANNE = Colleague(2, "Anne", "anne@example.org", may_read=True)
HANK = Colleague(3, "Hank", "hank@example.org", may_read=True)
HANK_HILL = Colleague(4, "Hank Hill", "h.hill@example.org", may_read=True)
INES = Colleague(5, "Ines O’Hara", "ines@example.org", may_read=False)
ELODIE = Colleague(6, "Élodie Müller", "elodie@example.org", may_read=True)
AMIN = Colleague(7, "محمد الأمين", "amin@example.org", may_read=True)
TWIN = Colleague(8, "Ann Lee", "lee@example.org", may_read=True)
LU = Colleague(9, "王小明", "wang@example.org", may_read=True)
EVERYBODY = (ANN, ANNE, HANK, HANK_HILL, INES, ELODIE, AMIN, LU)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("@Hank please read", [HANK]),
        ("@hank hill please", [HANK_HILL]),
        ("(@Hank), and @ANN LEE: look", [HANK, ANN]),
        ("@Anne and @Ann", [ANNE, ANN]),
        ("@elodie muller, @Élodie again", [ELODIE]),
        ("ask @محمد الأمين", [AMIN]),
        ("@王小明 看", [LU]),
        ("@h.hill@example.org.", [HANK_HILL]),
        ("write to hank@example.org", []),
        ("@nobody @ home @@Hank mail@Hank", []),
        ("@Hankie", []),
        ("@Hank\nHill", [HANK]),
        ("Hank", []),
        ("", []),
    ],
)
def test_names_and_addresses_are_found_and_nothing_besides(text, who):
    assert list(mentioned_in(text, EVERYBODY)) == who


@pytest.mark.parametrize(
    ("text", "colleagues", "words"),
    [
        ("@Ines O’Hara", EVERYBODY, "may not read the notes"),
        ("@Ines, look", EVERYBODY, "may not read the notes"),
        ("@ines@example.org", EVERYBODY, "may not read the notes"),
        ("@Ann Lee", (ANN, TWIN), "write the whole name"),
        ("@Ann", (ANN, TWIN), "write the whole name"),
        (
            " ".join(f"@x{n}@example.org" for n in range(MOST_MENTIONED + 1)),
            [Colleague(n, f"X{n}", f"x{n}@example.org", may_read=True) for n in range(MOST_MENTIONED + 1)],
            "at most 20",
        ),
    ],
)
def test_who_may_not_or_is_not_plain_is_refused_at_the_text(text, colleagues, words):
    with pytest.raises(RuleBroken) as broken:
        mentioned_in(text, colleagues)
    assert broken.value.field == "text"
    assert words in broken.value.message


def test_two_of_a_name_are_told_apart_by_address():
    assert mentioned_in("@lee@example.org", (ANN, TWIN)) == (TWIN,)


@given(st.text(alphabet="@Han kLeIs.\n,'", max_size=60))
def test_nobody_is_ever_mentioned_who_may_not_read(text):
    try:
        found = mentioned_in(text, EVERYBODY)
    except RuleBroken:
        return
    assert all(one.may_read for one in found)
    assert len(set(found)) == len(found)
