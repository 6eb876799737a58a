"""Where pages and files stand: a page asks some dozens of times, so each answer is put together once."""

from functools import lru_cache
from typing import Any

from flask import Flask, request, url_for


def href(endpoint: str, **values: Any) -> str:
    """The path of a page of ours, as `url_for` puts it together."""
    # Only rows by their numbers and files of ours are kept: a text may be a secret, such as a link's token.
    is_plain = endpoint == "static" or all(type(value) is int for value in values.values())
    if endpoint.startswith(".") or not is_plain:
        return url_for(endpoint, **values)
    return _href(request.script_root, endpoint, **values)


@lru_cache(maxsize=4096, typed=True)
def _href(root: str, endpoint: str, /, **values: Any) -> str:
    del root  # url_for begins with it
    return url_for(endpoint, **values)


def href_before(endpoint: str, name: str) -> str:
    """What stands before a row's number in its address: put together once for all rows of a page."""
    return href(endpoint, **{name: 0}).removesuffix("0")


def static_href(filename: str) -> str:
    """Where a file of the pages stands."""
    return href("static", filename=filename)


def add_hrefs(app: Flask) -> None:
    """Let templates ask where pages and files stand."""
    app.add_template_global(href, "url_for")
    app.add_template_global(static_href)
    app.add_template_global(href_before)
