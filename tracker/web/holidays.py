"""Calendars of holidays that HR keeps: the list, adding, changing, removing."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from tracker.domain.holidays import Holiday
from tracker.domain.permissions import Permission
from tracker.models.holidays import HolidayCalendar
from tracker.queries.holidays import calendars, calendars_with_days
from tracker.services.holidays import add_calendar, change_calendar, remove_calendar
from tracker.web.access import current_actor, load_or_404, requires
from tracker.web.forms.holidays import CalendarForm
from tracker.web.forms.records import StepForm
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("holidays", __name__, url_prefix="/holidays")


@bp.get("")
@requires(Permission.HOLIDAYS_EDIT)
def index() -> str:
    return render_template("holidays/index.html", rows=calendars_with_days(db_session()))


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.HOLIDAYS_EDIT, writes=True)
def new() -> Any:
    form = CalendarForm()
    if form.validate_on_submit():
        with rule_errors_on(form):
            add_calendar(
                db_session(),
                name=form.name.data,
                jurisdiction=form.jurisdiction.data,
                days=form.days.data,
                actor=current_actor(),
            )
            flash("The calendar is added.", "success")
            return redirect(url_for(".index"), 303)
    page = render_template("holidays/form.html", form=form, title="Add a calendar", calendar=None)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int:calendar_id>", methods=["GET", "POST"])
@requires(Permission.HOLIDAYS_EDIT, writes=True)
def edit(calendar_id: int) -> Any:
    calendar = _load(calendar_id)
    form = CalendarForm(
        name=calendar.name,
        jurisdiction=calendar.jurisdiction,
        days="\n".join(Holiday(day.kept_on, day.name).line for day in calendar.days),
        version=str(calendar.version),
    )
    title = calendar.name
    if form.validate_on_submit():
        with rule_errors_on(form):
            change_calendar(
                db_session(),
                calendar,
                name=form.name.data,
                jurisdiction=form.jurisdiction.data,
                days=form.days.data,
                seen_version=form.seen(),
                actor=current_actor(),
            )
            flash("Saved.", "success")
            return redirect(url_for(".index"), 303)
    page = render_template("holidays/form.html", form=form, title=title, calendar=calendar)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int:calendar_id>/remove", methods=["GET", "POST"])
@requires(Permission.HOLIDAYS_EDIT, writes=True)
def remove(calendar_id: int) -> Any:
    calendar, form = _load(calendar_id), StepForm()
    if form.validate_on_submit():
        remove_calendar(db_session(), calendar, actor=current_actor())
        flash("The calendar is removed.", "success")
        return redirect(url_for(".index"), 303)
    page = render_template("holidays/remove.html", form=form, calendar=calendar)
    return page, 422 if form.is_submitted() else 200


def _load(calendar_id: int) -> HolidayCalendar:
    return load_or_404(db_session(), calendars().where(HolidayCalendar.id == calendar_id))
