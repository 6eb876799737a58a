"""A panel member's answer to a session, and the session as a file for one's calendar."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, url_for

from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.exports.ics import write_entry
from tracker.models.interviews import Interview
from tracker.queries.interviews import interview_subject
from tracker.services import panel_replies
from tracker.services.mails import calendar_entry
from tracker.web.access import allow, current_actor, requires
from tracker.web.filters import reader_zone
from tracker.web.forms.panel_replies import HandOverForm
from tracker.web.interviews import load_interview
from tracker.web.records import keep
from tracker.web.running import config
from tracker.web.transaction import db_session

bp = Blueprint("panel_replies", __name__, url_prefix="/interviews/<int:interview_id>")


@bp.post("/confirm")
@requires(Permission.SCORECARD_SUBMIT, writes=True)
def confirm(interview_id: int) -> Any:
    interview = _load_own(interview_id)
    try:
        panel_replies.confirm_session(db_session(), interview, actor=current_actor())
        flash("You confirmed the session.", "success")
    except RuleBroken as broken:
        db_session().rollback()
        flash(broken.message, "error")
    return redirect(url_for("interviews.show", interview_id=interview_id), 303)


@bp.route("/hand-over", methods=["GET", "POST"])
@requires(Permission.SCORECARD_SUBMIT, writes=True)
def hand_over(interview_id: int) -> Any:
    interview = _load_own(interview_id)
    form = HandOverForm()
    form.offer(panel_replies.could_sit(db_session(), interview))

    def deed() -> object:
        return panel_replies.hand_over_session(
            db_session(),
            interview,
            reason=form.reason.data or "",
            proposed_id=int(form.proposed.data) if form.proposed.data else None,
            actor=current_actor(),
        )

    return keep(
        interview.application,
        form,
        deed,
        title="Hand over the session",
        said="Whoever schedules the session sees that you cannot be there.",
        back=url_for("interviews.show", interview_id=interview_id),
        label="Hand over",
        advice=f"{interview.title}: you stay on the panel until somebody else is chosen.",
    )


@bp.get("/session.ics")
@requires(Permission.INTERVIEW_READ)
def calendar(interview_id: int) -> Response:
    interview = load_interview(interview_id)
    entry = calendar_entry(
        interview,
        ("", ""),
        reader_zone(),
        title=f"{interview.title}: {interview.application.candidate.name or 'Erased'}",
        url=config().base_url + url_for("interviews.show", interview_id=interview_id),
    )
    answer = Response(write_entry(entry), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="session-{interview_id}.ics"'
    return answer


def _load_own(interview_id: int) -> Interview:
    interview = load_interview(interview_id)
    allow(Permission.SCORECARD_SUBMIT, interview_subject(db_session(), interview))
    return interview
