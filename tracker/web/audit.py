"""The audit log for HR: who did or read what, by person, action, application and day, and as a file."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from tracker import clock
from tracker.domain.permissions import Permission
from tracker.domain.reports import read_edge
from tracker.domain.rules import RuleBroken
from tracker.exports.csv import csv_of
from tracker.queries.audit import (
    NOUNS,
    PAGE,
    AuditFilters,
    detail_of,
    export_entries,
    list_entries,
    names_of,
)
from tracker.queries.users import list_users
from tracker.services.audit import record_audit_export
from tracker.web.access import current_actor, requires
from tracker.web.filters import reader_zone
from tracker.web.forms.audit import AuditForm
from tracker.web.running import database
from tracker.web.transaction import db_session

bp = Blueprint("audit", __name__, url_prefix="/audit")

FIELDS = ("actor", "noun", "application", "from", "to")
_LARGEST = 2**31 - 1


@bp.get("")
@requires(Permission.AUDIT_READ)
def index() -> Any:
    session, form = db_session(), AuditForm(formdata=request.args)
    form.offer(list_users(session), NOUNS)
    filters = _filters(form)
    if filters is None:
        return render_template("audit/index.html", form=form, rows=None, names={}, asked={}), 422
    before = request.args.get("before", type=int)
    found = list_entries(
        session, filters, current_actor(), before=min(before, _LARGEST) if before is not None else None
    )
    rows, asked = found[:PAGE], _asked()
    return render_template(
        "audit/index.html",
        form=form,
        rows=rows,
        names=names_of(session, {row.actor for row in rows}),
        detail_of=detail_of,
        asked=asked,
        next_href=url_for(".index", before=rows[-1].id, **asked) if len(found) > PAGE else "",
        first_href=url_for(".index", **asked) if before is not None else "",
    )


@bp.get("/export")
@requires(Permission.AUDIT_READ)
def export() -> Any:
    form = AuditForm(formdata=request.args)
    form.offer(list_users(db_session()), NOUNS)
    filters = _filters(form)
    if filters is None:
        raise RuleBroken("The filters do not hold: look at them on the page of the log.")
    # Who takes the log away is on record before its first line leaves.
    with database().writing() as session:
        record_audit_export(session, actor=current_actor(), filters=_asked())
    actor, now, zone = current_actor(), clock.now(), reader_zone().key

    kept = database()

    def blocks() -> Iterator[bytes]:
        # Not the session of the request: it ends before the last row has left.
        with kept.reading() as session:
            yield from csv_of(export_entries(session, filters, actor, as_of=now, zone=zone))

    response = Response(blocks(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="audit-{now.date().isoformat()}.csv"'
    return response


def _asked() -> dict[str, Any]:
    return {name: request.args[name] for name in FIELDS if request.args.get(name)}


def _filters(form: AuditForm) -> AuditFilters | None:
    """What the address asks for; none where it cannot be understood, which the form then says."""
    if not form.validate():
        return None
    zone = reader_zone()
    try:
        from_ = read_edge(form.from_.data, zone, field="from_")
        to = read_edge(form.to.data, zone, field="to")
        if from_ is not None and to is not None and from_ >= to:
            raise RuleBroken("The window must end after it begins.", field="to")
    except RuleBroken as broken:
        field = broken.field if broken.field and broken.field in form else "from_"
        form[field].errors = [*form[field].errors, broken.message]
        return None
    number = form.application.data or ""
    return AuditFilters(
        actor=form.actor.data or None,
        noun=form.noun.data or None,
        application_id=min(int(number), _LARGEST) if number else None,
        from_=from_,
        to=to,
    )
