"""Texts lose the ways to reach somebody and nothing of what they did."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.contact_masks import without_contacts, without_person


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Write to amina.yusuf+jobs@corp.example.org now", "Write to [e-mail] now"),
        ("o'brien@x.org, jörg@müller.de; jane_doe@x.org_", "[e-mail], [e-mail]; [e-mail]"),
        (
            "Tel.+491701234567 Tel.0170/1234567 mobile-01701234567",
            "Tel.[number] Tel.[number] mobile-[number]",
        ),
        ("0171 2005 2011", "[number]"),
        ("jane.example.com/cv", "[page]"),
        ("+44 (0)113 496 0000", "[number]"),
        ("Tel. 0113/4960000, mobile 07700 900123", "Tel. [number], mobile [number]"),
        ("https://example.org/amina?x=1", "[page]"),
        ("www.example.org/cv and linkedin.com/in/amina", "[page] and [page]"),
        ("Order clerk, 2018 - 2021", "Order clerk, 2018 - 2021"),
        ("01.02.2018 – 03.04.2021", "01.02.2018 – 03.04.2021"),
        ("2019-03 to 2021-04", "2019-03 to 2021-04"),
        ("(2018–2021) 03/2019 - 11/2021, since 2022", "(2018–2021) 03/2019 - 11/2021, since 2022"),
        ("C++/C#, and/or 24/7", "C++/C#, and/or 24/7"),
        ("Took 60 orders a day, 15,000 a year", "Took 60 orders a day, 15,000 a year"),
        ("Line one\nLine two\n\nLine four", "Line one\nLine two\n\nLine four"),
        ("", ""),
    ],
)
def test_ways_to_reach_somebody_are_left_out(text: str, masked: str) -> None:
    assert without_contacts(text) == masked


LETTERS = st.text("abcdefghij", min_size=1, max_size=12)


@given(st.text(max_size=60), LETTERS, LETTERS, st.text(max_size=60))
def test_no_address_is_left_wherever_it_stands(before: str, who: str, where: str, after: str) -> None:
    address = f"{who}@{where}.example"
    assert address not in without_contacts(f"{before} {address} {after}")


@given(st.text(max_size=60), st.integers(1_000_000_000, 99_999_999_999), st.text(max_size=60))
def test_no_number_is_left_wherever_it_stands(before: str, number: int, after: str) -> None:
    assert f" +{number} " not in without_contacts(f"{before} +{number} {after}")


@given(st.text(max_size=300))
def test_nothing_breaks_it(text: str) -> None:
    assert without_contacts(without_contacts(text)) == without_contacts(text)


@pytest.mark.parametrize(
    ("name", "text", "masked"),
    [
        ("Amina Yusuf", "AMINA  yusuf, née Aminah", "[name]  [name], née Aminah"),
        ("José O'Brien-Müller", "Jose O’Brien, MÜLLER", "[name] O’[name], [name]"),
        ("Jose\u0301 Luz", "jose\u0301_luz", "[name]_[name]"),
        ("Anna de la Cruz", "De la Cruz sells de luxe", "De la [name] sells de luxe"),
        ("may park", "May I park?", "[name] I [name]?"),
        ("Page Number", "www.example.org – Page 0113 4960000", "[page] – [name] [number]"),
        ("J. I. Reyes", "I, J. Reyes, mail j.reyes@x.org", "I, J. [name], mail [e-mail]"),
        ("王伟", "我是王伟。", "我是[name]。"),
        ("김 민수", "김민수 입니다, 민수", "[name] 입니다, [name]"),
        ("محمد الأمين", "محمد الأمين", "[name] [name]"),
        (None, "Anna, anna@x.org", "Anna, [e-mail]"),
        ("", "Anna", "Anna"),
    ],
)
def test_each_word_of_a_name_is_left_out(name: str | None, text: str, masked: str) -> None:
    assert without_person(text, name) == masked


@given(st.text(max_size=60), st.text(max_size=300))
def test_no_name_breaks_it(name: str, text: str) -> None:
    assert isinstance(without_person(f"{name} {text}", name), str)
