"""The name that signs is the candidate's, however they write it, and nobody else's."""

import pytest

from tracker.domain.rules import RuleBroken
from tracker.domain.signing import checked_signature, is_same_name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Amina Yusuf", "Amina Yusuf"),
        ("  amina   YUSUF ", "Amina Yusuf"),
        ("Yusuf, Amina", "Amina Yusuf"),
        ("Élodie Brûlé", "Elodie Brule"),
        ("Ann Mary O'Brien", "Ann-Mary OBrien"),
        ("OBrien Annmary", "Ann Mary O’Brien"),
        ("نور الهدى", "نور الهدى"),
        ("山田 太郎", "山田太郎"),
        ("Weiß", "Weiss"),
        ("A B C D E F G", "G F E D C B A"),
    ],
)
def test_one_name_written_in_two_ways_signs(typed, kept):
    assert is_same_name(typed, kept)
    assert is_same_name(kept, typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Amina", "Amina Yusuf"),
        ("Amina Yusuf Zora", "Amina Yusuf"),
        ("Jonas Berg", "Amina Yusuf"),
        ("Amina Yusof", "Amina Yusuf"),
        ("X", "Amina Yusuf"),
        ("-", "Amina Yusuf"),
    ],
)
def test_another_name_does_not_sign(typed, kept):
    with pytest.raises(RuleBroken, match="We have your name as Amina Yusuf") as refused:
        checked_signature(typed, kept)
    assert refused.value.field == "typed_name"


def test_a_missing_name_does_not_sign():
    with pytest.raises(RuleBroken, match="missing"):
        checked_signature("  ", "Amina Yusuf")
