"""Text with a little form, as people write it: headings, paragraphs, lists, bold, italics and links.

A small subset of Markdown becomes values, never markup: whoever shows them escapes each letter, so there is
nothing to sanitise. Everything that is no mark of the subset stays as it was written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_MARKS = re.compile(
    r"\*\*(?=\S)(?P<strong>.{1,400}?)(?<=\S)\*\*"
    r"|\*(?=\S)(?P<emphasis>[^*]{1,400}?)(?<=\S)\*"
    r"|\[(?P<words>[^\[\]\n]{1,300})\]\((?P<href>[^()\s]{1,500})\)"
)
_HEADING = re.compile(r"(#{1,3})\s+(.+)")
_BULLET = re.compile(r"[-*]\s+(.+)")
_NUMBER = re.compile(r"\d{1,3}[.)]\s+(.+)")
_LINKS = re.compile(r"(https?://|mailto:)[^\s\"'<>\\]+", re.IGNORECASE)


class BlockKind(StrEnum):
    """What a part of a text is."""

    HEADING = "heading"
    SMALL_HEADING = "small_heading"
    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Span:
    """Some letters of one kind; a link where `href` is given."""

    text: str
    is_strong: bool = False
    is_emphasis: bool = False
    href: str = ""


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading of one line, or a paragraph or list of several."""

    kind: BlockKind
    lines: tuple[Line, ...]


def rich_text(text: str) -> tuple[Block, ...]:
    """The blocks of a text in their order."""
    return tuple(_joined(_lines(text)))


def plain_text(text: str) -> str:
    """The same text without its marks, a line for each of its lines."""
    blocks = rich_text(text)
    return "\n".join("".join(span.text for span in line) for block in blocks for line in block.lines)


def summary(text: str, longest: int = 200) -> str:
    """How the text begins, in one line of at most so many characters."""
    words = " ".join(plain_text(text).split())
    if len(words) <= longest:
        return words
    return words[: longest - 1].rpartition(" ")[0] + "…"


def _lines(text: str) -> Iterator[tuple[BlockKind | None, Line]]:
    """Each line with its kind; none between blocks."""
    for line in text.replace("\r\n", "\n").split("\n"):
        line = line.strip()
        if not line:
            yield None, ()
        elif found := _HEADING.fullmatch(line):
            kind = BlockKind.SMALL_HEADING if len(found[1]) == 3 else BlockKind.HEADING
            yield kind, _spans(found[2])
        elif found := _BULLET.fullmatch(line):
            yield BlockKind.BULLETS, _spans(found[1])
        elif found := _NUMBER.fullmatch(line):
            yield BlockKind.NUMBERS, _spans(found[1])
        else:
            yield BlockKind.PARAGRAPH, _spans(line)


def _joined(lines: Iterator[tuple[BlockKind | None, Line]]) -> Iterator[Block]:
    """Lines of one kind that follow each other are one block; a heading is always alone."""
    here: BlockKind | None = None
    gathered: list[Line] = []
    for kind, line in lines:
        is_alone = here in (BlockKind.HEADING, BlockKind.SMALL_HEADING)
        if here is not None and (kind is not here or is_alone):
            yield Block(here, tuple(gathered))
            gathered = []
        here = kind
        if kind is not None:
            gathered.append(line)
    if here is not None and gathered:
        yield Block(here, tuple(gathered))


def _spans(line: str) -> Line:
    spans, end = [], 0
    for mark in _MARKS.finditer(line):
        spans.append(Span(line[end : mark.start()]))
        spans.append(_span(mark))
        end = mark.end()
    spans.append(Span(line[end:]))
    return tuple(span for span in spans if span.text)


def _span(mark: re.Match[str]) -> Span:
    if mark["strong"]:
        return Span(mark["strong"], is_strong=True)
    if mark["emphasis"]:
        return Span(mark["emphasis"], is_emphasis=True)
    if _LINKS.fullmatch(mark["href"]):
        return Span(mark["words"], href=mark["href"])
    # A link that leads nowhere we would send people stays as it was written.
    return Span(mark[0])
