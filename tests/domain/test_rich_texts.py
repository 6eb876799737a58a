"""Text with a little form: what it becomes, and that everything else stays as it was written."""

import pytest

from tracker.domain.rich_texts import Block, BlockKind, Span, plain_text, rich_text, summary


def kinds(text):
    return [block.kind for block in rich_text(text)]


def test_headings_paragraphs_and_lists_are_told_apart():
    text = "# The work\nYou take orders.\nAll day.\n\n- phone\n* mail\n\n1. first\n2) second\n\n### Small"
    assert kinds(text) == [
        BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.BULLETS, BlockKind.NUMBERS, BlockKind.SMALL_HEADING,
    ]  # fmt: skip
    assert [len(block.lines) for block in rich_text(text)] == [1, 2, 2, 2, 1]


def test_two_headings_in_a_row_are_two():
    assert kinds("# One\n# Two") == [BlockKind.HEADING, BlockKind.HEADING]


def test_bold_italics_and_links_are_spans():
    (block,) = rich_text("Be **calm**, *kind* and [write](https://example.org/a?b=1) to us.")
    assert block.lines[0] == (
        Span("Be "), Span("calm", is_strong=True), Span(", "), Span("kind", is_emphasis=True), Span(" and "),
        Span("write", href="https://example.org/a?b=1"), Span(" to us."),
    )  # fmt: skip


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "/settings",
        "vbscript:x",
        'https://a"onclick=x',
        "https://a<b",
        "https://a\\b",
    ],
)
def test_a_link_that_leads_nowhere_we_send_people_stays_text(href):
    text = f"[here]({href})"
    assert rich_text(text) == (Block(BlockKind.PARAGRAPH, ((Span(text),),)),)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "2 * 3 * 4", "**open", "a_b_c", "[x] (y)", "&amp;"]
)
def test_what_is_no_mark_stays_as_it_was_written(text):
    assert rich_text(text) == (Block(BlockKind.PARAGRAPH, ((Span(text),),)),)


def test_long_lines_of_marks_are_read_in_no_time():
    assert plain_text("*a " * 6000 + "**b " * 6000 + "[c](" * 4000)


def test_a_summary_ends_between_words():
    assert summary("# Order clerk\n\nYou take **orders** by phone.", 30) == "Order clerk You take orders…"
    assert summary("Short") == "Short"
