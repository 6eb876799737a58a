"""Lists of candidates: read as spreadsheets write them, each fault at its line."""

import re

import pytest

from tracker.domain.candidate_files import read_candidates
from tracker.domain.rules import RuleBroken

HEADER = "name,email,phone,source,resume\n"
ANN = "Ann Lee,Ann@Example.org,555 0100,job board,ann.pdf\n"


@pytest.mark.parametrize(
    "text",
    [
        HEADER + ANN,
        "\ufeff" + HEADER + ANN,
        (HEADER + ANN).replace(",", ";"),
        (HEADER + ANN).replace(",", "\t"),
        (HEADER + ANN).replace("\n", "\r\n"),
        (HEADER + ANN).replace("\n", "\r"),
        HEADER.upper() + "\n,,,,\n" + ANN,
        "email,name,resume,source,phone\nann@example.org,Ann Lee,ann.pdf,job board,555 0100",
        HEADER + '"Ann Lee","ann@example.org","555 0100","job board","ann.pdf"\n',
    ],
)
def test_every_common_spelling_of_a_list_is_read_alike(text):
    (line,), bad = read_candidates(text.encode())
    assert bad == []
    assert (line.name, line.email, line.phone) == ("Ann Lee", "ann@example.org", "555 0100")
    assert (line.source, line.resume) == ("job board", "ann.pdf")


def test_columns_beyond_name_and_email_may_be_missing():
    (line,), _ = read_candidates(b"name,email\nAnn,ann@example.org\n")
    assert (line.phone, line.source, line.resume) == ("", "", "")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"name,phone\nAnn,1\n", "column email is missing"),
        (b"Ann Lee,ann@example.org\n", "column name is missing"),
        (b"name,email,salary\n", "“salary” is unknown"),
        (b"name,email,\n", "without a name"),
        (b"name,email,email\n", "stands twice"),
        (b'"name,email\n', "first line must be"),
        (HEADER.encode() + b"Ann,ann@example.org,,,\nElodie \xe9,e@example.org,,,\n", "Line 3 is not UTF-8"),
        (HEADER.encode("utf-16"), "not UTF-8"),
    ],
)
def test_what_is_no_list_is_refused_with_one_sentence(data, reason):
    with pytest.raises(RuleBroken, match=reason) as refused:
        read_candidates(data)
    assert refused.value.field == "file"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",ann@example.org,,,", "name is missing"),
        ("Ann,,,,", "e-mail address is missing"),
        ("Ann,ann at example,,,", "no e-mail address"),
        ("Ann,ann@example.org,,", "4 values, but the first line names 5"),
        ("Ann,ann@example.org,,,,", "6 values"),
        ("Ann\x00,ann@example.org,,,", "no text"),
        ("Ann,bob@example.org,,,", "Line 2 has the same e-mail"),
        (f"{'A' * 201},ann@example.org,,,", "more than 200"),
        (f"{'A' * 200_000},ann@example.org,,,", "quotation marks|more than"),
    ],
)
def test_a_bad_line_is_named_by_number_and_reason_and_spoils_no_other(row, reason):
    text = f"{HEADER}Bob,bob@example.org,,,\n{row}\nCid,cid@example.org,,,\n"
    good, (bad,) = read_candidates(text.encode())
    assert [line.name for line in good] == ["Bob", "Cid"]
    assert bad.number == 3
    assert re.search(reason, bad.reason)


def test_a_value_over_several_lines_is_counted_from_where_it_begins():
    text = f'{HEADER}"Ann\nLee",ann@example.org,,,\nBob,no,,,\n'
    (line,), (bad,) = read_candidates(text.encode())
    assert (line.number, line.name, bad.number) == (2, "Ann Lee", 4)
