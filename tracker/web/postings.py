"""The posting of a job, as those who set the job up write and publish it; and its links."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.permissions import Permission
from tracker.domain.postings import PostingDetails, why_not_public
from tracker.domain.rich_texts import rich_text
from tracker.domain.rules import RuleBroken
from tracker.models.jobs import Job
from tracker.models.postings import Posting
from tracker.queries.postings import (
    details_of,
    links_of,
    open_postings,
    referral_link,
    state_of,
    without_text,
)
from tracker.services import postings
from tracker.web.access import current_actor, requires, signed_in
from tracker.web.careers import public_address, today_here
from tracker.web.forms.postings import PostingForm, SourceLinkForm
from tracker.web.job_frames import keep_of_job, load_job, seen_version
from tracker.web.transaction import db_session, rule_errors_on

bp = Blueprint("postings", __name__)


@bp.route("/jobs/<int:job_id>/posting", methods=["GET", "POST"])
@requires(Permission.POSTING_EDIT, writes=True)
def edit(job_id: int) -> Any:
    job = load_job(job_id, Permission.POSTING_EDIT)
    form, preview = PostingForm(), None
    if not form.is_submitted():
        _fill(form, job)
    elif form.validate():
        with rule_errors_on(form):
            details = form.details()
            if "preview" not in request.form:
                postings.write_posting(
                    db_session(), job, details, version=seen_version(form), actor=current_actor()
                )
                flash("The posting is kept.", "success")
                return redirect(url_for(".edit", job_id=job_id), 303)
            preview = rich_text(details.text)
    return _page(job_id, form, preview), 422 if form.errors else 200


def _fill(form: PostingForm, job: Job) -> None:
    """Show the posting as it stands, or what it could say."""
    posting = db_session().get(Posting, job.id)
    form.fill(
        details_of(posting) if posting else _proposed(job),
        posting.version if posting else postings.NOT_WRITTEN,
    )


def _page(job_id: int, form: PostingForm, preview: Any) -> str:
    # Read anew: what a broken rule began was rolled back.
    posting = db_session().get(Posting, job_id)
    return render_template(
        "postings/edit.html",
        job=load_job(job_id),
        posting=posting,
        form=form,
        preview=preview,
        not_public=why_not_public(state_of(posting), today_here()) if posting else "",
        public_href=public_address("careers.show", job_id=job_id),
        links=[
            (link, public_address("careers.show", job_id=job_id, source=link.code))
            for link in links_of(db_session(), job_id)
        ],
    )


@bp.post("/jobs/<int:job_id>/posting/publish")
@requires(Permission.POSTING_EDIT, writes=True)
def publish(job_id: int) -> Any:
    job = load_job(job_id, Permission.POSTING_EDIT)
    form = PostingForm(formdata=None)
    _fill(form, job)
    with rule_errors_on(form):
        postings.publish_posting(db_session(), job, actor=current_actor())
        flash("The posting is published.", "success")
        return redirect(url_for(".edit", job_id=job_id), 303)
    return _page(job_id, form, None), 422


@bp.post("/jobs/<int:job_id>/posting/take-down")
@requires(Permission.POSTING_EDIT, writes=True)
def take_down(job_id: int) -> Response:
    job = load_job(job_id, Permission.POSTING_EDIT)
    try:
        postings.take_down_posting(db_session(), job, actor=current_actor())
        flash("The posting is taken down.", "success")
    except RuleBroken as broken:
        db_session().rollback()
        flash(broken.message, "error")
    return redirect(url_for(".edit", job_id=job_id), 303)


@bp.route("/jobs/<int:job_id>/posting/links/new", methods=["GET", "POST"])
@requires(Permission.POSTING_EDIT, writes=True)
def add_link(job_id: int) -> Any:
    job = load_job(job_id, Permission.POSTING_EDIT)
    form = SourceLinkForm()
    return keep_of_job(
        job,
        form,
        lambda: postings.add_source_link(
            db_session(), job, source=form.source.data, label=form.label.data or "", actor=current_actor()
        ),
        title="Add a link",
        said="The link is made.",
        back=url_for(".edit", job_id=job_id, _anchor="links"),
        label="Make the link",
        advice=("Whoever comes by it is counted to its channel, if it was the first way they came.",),
    )


@bp.get("/referrals")
@signed_in()
def referrals() -> str:
    actor = current_actor()
    link = referral_link(db_session(), actor.id or 0)
    rows = db_session().scalars(without_text(open_postings(today_here(), is_staff=True))).all()
    return render_template(
        "postings/referrals.html",
        rows=[
            (row, public_address("careers.show", job_id=row.job_id, source=link.code) if link else "")
            for row in rows
        ],
        link=link,
    )


@bp.post("/referrals")
@signed_in(writes=True)
def make_referral_link() -> Response:
    postings.give_referral_link(db_session(), actor=current_actor())
    return redirect(url_for(".referrals"), 303)


def _proposed(job: Job) -> PostingDetails:
    """What a posting could say, from what is kept of the job."""
    parts = [job.description]
    for title, lines in (
        ("What you bring", job.minimum_qualifications),
        ("What helps", job.preferred_qualifications),
    ):
        if lines:
            parts.append("\n".join([f"# {title}", *(f"- {line}" for line in lines)]))
    country = (job.jurisdiction or "").partition("-")[0]
    text = "\n\n".join(part for part in parts if part)
    return PostingDetails(
        title=job.title, text=text, place=job.location, country=country if country != "EU" else ""
    )
