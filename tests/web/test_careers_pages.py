"""The list of open jobs by pages, and its feed: bounded however many jobs there are."""

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from sqlalchemy import event

from tests.factories import make_job
from tests.web.pages import ReadingClient, page_of
from tracker.db import Database
from tracker.domain.postings import EmploymentType
from tracker.models.postings import Posting
from tracker.queries.postings import PAGE
from tracker.web.careers import MOST_IN_FEED

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def many_postings(database: Database, count: int) -> list[int]:
    """So many open postings, three of each instant; their jobs in the order in which they are listed."""
    with database.writing() as session:
        rows = [
            Posting(
                job_id=make_job(session, department=f"Department {number}").id,
                title=f"Job {number}",
                text="You take orders.",
                employment_type=EmploymentType.FULL_TIME,
                country="GB",
                published_at=AT + timedelta(minutes=number // 3),
                changed_at=AT,
            )
            for number in range(count)
        ]
        session.add_all(rows)
        session.flush()
        return [row.job_id for row in sorted(rows, key=lambda r: (r.published_at, r.job_id), reverse=True)]


def listed(page: Any) -> list[int]:
    hrefs = [link.get("href") for link in page.findall(".//ul[@class='openings']//h2/a")]
    return [int(href.rpartition("/")[2]) for href in hrefs]


def test_the_list_goes_on_by_pages_and_leaves_nobody_out(client: ReadingClient, database: Database) -> None:
    jobs, found, path = many_postings(database, 2 * PAGE + 1), [], "/careers"
    for length in (PAGE, PAGE, 1):
        page = page_of(client.get(path))
        assert len(listed(page)) == length
        found += listed(page)
        following = page.find(".//a[@rel='next']")
        assert (following is None) is (length == 1)
        path = following.get("href") if following is not None else ""
    assert found == jobs


def test_the_list_reads_no_text_and_as_much_for_many_as_for_one(
    client: ReadingClient, database: Database
) -> None:
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    counts = []
    for count in (1, 5):
        many_postings(database, count)
        statements.clear()
        for path in ("/careers", "/sitemap.xml"):
            assert client.get(path).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert not [one for one in statements if "postings.text" in one or "jobs.description" in one]


@pytest.mark.parametrize("after", ["x", "1-x", "-", "1-99999999999999999999999", "1" * 400])
def test_a_place_that_is_none_gets_a_clear_page(client: ReadingClient, after: str) -> None:
    assert client.get("/careers", query_string={"after": after}).status_code == 422


def test_the_feed_holds_the_latest_hundred(client: ReadingClient, database: Database) -> None:
    jobs = many_postings(database, MOST_IN_FEED + 1)
    entries = ElementTree.fromstring(client.get("/careers/feed.atom").data).findall("a:entry", ATOM)
    ends = [int(entry.findtext("a:id", "", ATOM).rpartition("/")[2]) for entry in entries]
    assert ends == jobs[:MOST_IN_FEED]
