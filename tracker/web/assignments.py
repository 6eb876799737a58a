"""Who looks after one application: given to a recruiter, or to nobody."""

from typing import Any

from flask import Blueprint, url_for

from tracker.domain.permissions import Permission
from tracker.queries.users import recruiters
from tracker.services.assignments import assign_recruiter
from tracker.web.access import current_actor, requires
from tracker.web.forms.bulk import NOBODY, AssignForm
from tracker.web.records import keep, load_application
from tracker.web.transaction import db_session

bp = Blueprint("assignments", __name__)


@bp.route("/applications/<int:application_id>/recruiter", methods=["GET", "POST"])
@requires(Permission.APPLICATION_ASSIGN, writes=True)
def edit(application_id: int) -> Any:
    application = load_application(application_id, Permission.APPLICATION_READ, Permission.APPLICATION_ASSIGN)
    people = recruiters(db_session())
    form = AssignForm(recruiter=str(application.recruiter_id or NOBODY))
    form.offer(people)

    def deed() -> object:
        chosen = next((one for one in people if str(one.id) == form.recruiter.data), None)
        return assign_recruiter(db_session(), application, chosen, actor=current_actor())

    back = url_for("applications.show", application_id=application_id)
    said = "The recruiter is on record."
    return keep(application, form, deed, title="Recruiter", label="Assign", said=said, back=back)
