"""Saved views: the filters of a page that a person keeps under a name of their own."""

from tracker.domain.names import clean_line
from tracker.domain.rules import RuleBroken

LONGEST_NAME = 80  # characters
LONGEST_QUERY = 1000  # characters
MOST_VIEWS = 30
"""How many views one person keeps of one page."""


def view_name(text: str | None) -> str:
    """The name of a view without blanks around it. Raises RuleBroken at `name` if it cannot be kept."""
    name = clean_line(text or "", "The name", "name", longest=LONGEST_NAME)
    if not name:
        raise RuleBroken("Give the view a name.", field="name")
    return name


def job_page(job_id: int) -> str:
    """The page that the views of a job's board and table belong to."""
    return f"job:{job_id}"
