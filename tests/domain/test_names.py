"""Texts as people type them: folded, cleaned, and refused where they are no text."""

import pytest

from tracker.domain.names import clean_email, clean_line, clean_text, fold, search_words
from tracker.domain.rules import RuleBroken


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Élodie   Brûlé ", "elodie brule"),
        ("STRASSE Straße", "strasse strasse"),
        ("ﬁne", "fine"),
        ("Łukasz", "łukasz"),
        ("İnci", "inci"),
        ("张伟", "张伟"),
    ],
)
def test_folding_leaves_lower_case_without_accents(text, folded):
    assert fold(text) == folded
    assert fold(folded) == folded


def test_search_words_split_at_everything_but_letters_and_digits():
    assert search_words("O'Brien, Ann_Lee ann.lee@x-1.org") == (
        *("o", "brien", "ann", "lee"),
        *("ann", "lee", "x", "1", "org"),
    )


def test_an_address_is_kept_in_lower_case():
    assert clean_email(" Ann.Lee+jobs@Example.ORG ") == "ann.lee+jobs@example.org"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ann",
        "ann@",
        "@example.org",
        "ann@example",
        "ann@@example.org",
        "ann lee@example.org",
        "ann@example.org\x00",
        "ann@exa\nmple.org",
        "ann@example..org",
        ".ann@example.org",
        "ann.@example.org",
        "ann@example.org, bob@example.org",
        "Ann <ann@example.org>",
        "a" * 250 + "@example.org",
    ],
)
def test_what_is_no_address_is_refused_at_its_field(text):
    with pytest.raises(RuleBroken) as refused:
        clean_email(text)
    assert refused.value.field == "email"


@pytest.mark.parametrize("letter", ["\x00", "\x1b", "\ud800", "\u202e"])
def test_characters_that_are_no_text_are_refused(letter):
    with pytest.raises(RuleBroken, match="no text"):
        clean_line(f"Ann{letter}Lee", "The name", "name", longest=200)
    with pytest.raises(RuleBroken, match="no text"):
        clean_text(f"Ann{letter}Lee", "The note", "note", longest=200)


def test_lines_are_folded_to_one_and_texts_keep_theirs():
    assert clean_line(" Ann\n Lee ", "The name", "name", longest=9) == "Ann Lee"
    assert clean_text(" one\r\ntwo ", "The note", "note", longest=9) == "one\ntwo"


@pytest.mark.parametrize(
    "text",
    [
        "İ" * 242 + "@example.org",
        "zoë@example.org",
        "zoe@exämple.org",
        "zoe@example.рф",
        "z\uff4fe@example.org",
    ],
)
def test_an_address_that_no_mail_reaches_is_refused_in_words(text):
    with pytest.raises(RuleBroken, match="plain letters") as refused:
        clean_email(text)
    assert refused.value.field == "email"


def test_the_longest_address_is_kept_whole():
    longest = "A" * 242 + "@example.org"
    assert clean_email(longest) == longest.lower()
    with pytest.raises(RuleBroken, match="254"):
        clean_email("A" + longest)
