"""The words of HTML: those that are seen, whatever it is, and never for long."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.html_texts import MOST_HTML, text_of_html


@pytest.mark.parametrize(
    "unit", ["<a ", "<", "</", "<!--", "<?", "<a b='", '<a "', "<script>", "<svg>", "</script", "&#9", "&a"]
)
def test_no_html_takes_long(unit):
    for size in (12_000, MOST_HTML):
        page, begun = unit * (size // len(unit)), time.monotonic()
        text_of_html(page)
        assert time.monotonic() - begun < (0.5 if size == 12_000 else 10)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<html><head><title>T<b></title><body><p>One <b>two</b></p>Three", "One two\nThree"),
        ("<head><meta charset=utf-8><style>p{}</style><p>One", "One"),
        ("<head><title>T</title></head>One", "One"),
        ("<head>One", "One"),
        ("<head>T<p>One<object>two</object>", "One"),
        ("One<object>two<p>", "One"),
        ("<object>One<p>two", "One\ntwo"),
        ("<!doctype html><!-- <p>x --><![if !mso]>a<![endif]>b", "ab"),
        ("x < y > z &amp; &#8364; &#99999999999999999999; 3<4", "x < y > z & € &#99999999999999999999; 3<4"),
        ("<p>a<script>if(a<b)'<script>'</SCRIPT>c", "ac"),
        ("<svg/>a<svg><text>x</text></svg>b", "ab"),
        ("<a href=\"x>y\">link</a><p title='it\"s'>p</p><p title=it's>q</p>", "link\np\n\nq"),
    ],
)
def test_words_are_taken_from_html_however_it_is_written(html, text):
    assert text_of_html(html) == text


@given(st.text(alphabet="<>/abp&;script styleh1'\"= \n!-", max_size=200))
def test_any_html_becomes_plain_text(html):
    assert isinstance(text_of_html(html), str)
