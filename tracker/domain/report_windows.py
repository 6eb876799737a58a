"""The window before a report's own, to compare with: as long, and as far behind when it is looked at."""

from dataclasses import replace
from datetime import datetime

from tracker.domain.reports import ReportFilters, start_of_day
from tracker.domain.rules import RuleBroken


def before_window(filters: ReportFilters) -> ReportFilters:
    """The filters of the window that ends where this one begins.

    Whole months are compared with as many months, whole days with as many days, in the report's zone, and
    other windows with as many seconds. The report is as of an instant as long after the end of its window, so
    that both had the same time to come to something. Raises RuleBroken at `from` where no window begins.
    """
    begin = filters.from_
    if begin is None:
        raise RuleBroken(
            "Give the first day of the window: before it lies what to compare with.", field="from"
        )
    end = filters.to or filters.as_of
    earlier = _earlier(begin, end, filters)
    is_over = filters.to is not None and filters.to <= filters.as_of
    as_of = begin + (filters.as_of - end) if is_over else earlier + (filters.as_of - begin)
    return replace(filters, from_=earlier, to=begin, as_of=as_of, is_as_it_was=True)


def _earlier(begin: datetime, end: datetime, filters: ReportFilters) -> datetime:
    """The instant at which the window before begins."""
    zone = filters.zone
    first, last = begin.astimezone(zone), end.astimezone(zone)
    if any(start_of_day(edge.date(), zone) != at for edge, at in ((first, begin), (last, end))):
        return begin - (end - begin)
    if first.day == last.day == 1:
        months = (last.year - first.year) * 12 + last.month - first.month
        year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
        return start_of_day(first.date().replace(year=year, month=month + 1), zone)
    return start_of_day(first.date() - (last.date() - first.date()), zone)
