"""The words of an HTML page as plain text, in one pass from its beginning to its end, whatever it holds.

The parser of the standard library begins anew at every tag that has no end: hours for one page of them.
"""

import re
from collections.abc import Iterator
from html import unescape

MOST_HTML = 400_000  # characters
_BLOCKS = frozenset(
    (
        *("p", "div", "br", "tr", "li", "ul", "ol", "h1", "h2", "h3", "h4", "table", "blockquote", "pre"),
        *("hr", "body", "center", "section", "article"),
    )
)
_RAW = frozenset({"script", "style", "title"})
"""Everything in them is no page, whatever it looks like, until their own end."""
_UNSEEN = frozenset({"template", "noscript", "svg", "object"})
# Nothing in a tag reaches beyond the next <, so that each letter is looked at a few times at most.
_TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>[a-z][a-z0-9:-]{0,40}+)(?P<rest>(?>[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)>""",
    re.IGNORECASE,
)
_CARELESS_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9:-]{0,40}+)(?P<rest>[^<>]*+)>", re.IGNORECASE)
_SIGN = re.compile(
    r"&(?:#[0-9]{1,7}(?![0-9])|#[xX][0-9a-fA-F]{1,6}(?![0-9a-fA-F])|[A-Za-z][A-Za-z0-9]{1,31});?"
)

Piece = tuple[str, str]
"""A word of the page ("", words), or the beginning or the end of an element ("<", name), (">", name)."""


def text_of_html(html: str) -> str:
    """The words of a page as plain text, line by line; nothing of it is ever shown as it came."""
    page = html[:MOST_HTML]
    # What is left open for ever must not hide a whole mail.
    found = _seen(page, _UNSEEN) or _seen(page, frozenset())
    return re.sub(r"\n{3,}", "\n\n", found)


def _seen(page: str, hidden: frozenset[str]) -> str:
    found: list[str] = []
    depth, is_in_head = 0, False
    for kind, what in _pieces(page):
        if not kind:
            if not depth and not (is_in_head and hidden):
                found.append(_SIGN.sub(lambda sign: unescape(sign[0]), what.replace("\n", " ")))
        elif what == "head":
            is_in_head = kind == "<"
        elif what in hidden:
            depth = depth + 1 if kind == "<" else max(depth - 1, 0)
        elif what in _BLOCKS:
            # The end of a head may be left out: the first thing that stands in no head ends it.
            is_in_head = False
            found.append("\n")
    lines = (" ".join(line.split()) for line in "".join(found).split("\n"))
    return "\n".join(lines).strip()


def _pieces(page: str) -> Iterator[Piece]:
    lower = page.lower() if len(page.lower()) == len(page) else page
    place = 0
    while (begin := page.find("<", place)) >= 0:
        yield "", page[place:begin]
        place = _after_other(page, begin)
        if place > begin:
            continue
        tag = _TAG.match(page, begin) or _CARELESS_TAG.match(page, begin)
        if tag is None:
            yield "", "<"
            place = begin + 1
            continue
        place, name = tag.end(), tag["name"].lower()
        if tag["end"] or not tag["rest"].endswith("/") or name in _BLOCKS:
            yield (">" if tag["end"] else "<"), name
        if name in _RAW and not tag["end"]:
            end = lower.find(f"</{name}", place)
            place = len(page) if end < 0 else end
    yield "", page[place:]


def _after_other(page: str, begin: int) -> int:
    """Where what is neither word nor element ends (comments and the like), `begin` where there is none."""
    if page.startswith("<!--", begin):
        end, length = page.find("-->", begin + 2), 3
    elif page[begin + 1 : begin + 2] in ("!", "?"):
        end, length = page.find(">", begin), 1
    else:
        return begin
    return len(page) if end < 0 else end + length
