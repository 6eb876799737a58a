"""Rubrics are drafted, edited by what the editor saw, and published by a named person for good."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from tests.factories import AN_INSTANT, make_actor, make_application, make_job
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.deciding import NotPermitted
from tracker.domain.frameworks import Level
from tracker.domain.interview_plans import InterviewKind
from tracker.domain.jobs import RoundDetails
from tracker.domain.rubric_edits import QuestionKind
from tracker.domain.rubrics import document_hash, rubric_from_document
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.domain.stages import JobStatus, Stage
from tracker.models.audit import AuditEntry
from tracker.models.interviews import Interview
from tracker.models.rubrics import RubricStatus
from tracker.queries import visible
from tracker.services import job_plans, rubric_edits, rubrics
from tracker.services.frameworks import import_framework

FOLDER = Path(__file__).parents[1] / "domain" / "frameworks"
NURSES = (FOLDER / "registered_nurses.json").read_bytes()


@pytest.fixture
def olga(session):
    return make_actor(session, Role.HR, name="Olga")


@pytest.fixture
def job(session):
    return make_job(session, jurisdiction="us")


@pytest.fixture
def framework(session):
    return import_framework(session, NURSES, actor=SYSTEM)


@pytest.fixture
def draft(session, job, framework, olga):
    return rubrics.generate_rubric_draft(
        session, job, framework, actor=olga, target_level=Level.DEVELOPING, target_reason="Night ward"
    )


def first_key(rubric):
    return rubric.content["competencies"][0]["key"]


def schedule(session, job, rubric):
    row = Interview(
        application_id=make_application(session, job, stage=Stage.INTERVIEW).id,
        rubric_id=rubric.id,
        kind=InterviewKind.IN_PERSON,
        title="Ward visit",
        starts_at=AN_INSTANT,
        minutes=45,
        created_at=AN_INSTANT,
        created_by="system",
    )
    session.add(row)
    session.flush()


def test_a_generated_rubric_is_a_draft_that_says_who_set_its_level(session, job, draft, olga, framework):
    assert (draft.status, draft.number, draft.edits) == (RubricStatus.DRAFT, 1, 0)
    assert (draft.target_set_by, draft.target_reason) == (olga.key, "Night ward")
    assert draft.content == draft.generated
    assert draft.content["framework"]["sha256"] == framework.sha256
    assert job.rubric_id is None


def test_versions_of_a_job_are_numbered_on(session, job, draft, framework, olga):
    second = rubrics.generate_rubric_draft(session, job, framework, actor=olga, target_level=Level.ADVANCED)
    assert second.number == 2
    assert draft.target_set_by == olga.key


def test_an_edit_is_kept_counted_and_named_in_the_audit_log(session, draft, olga):
    key = first_key(draft)
    rubric_edits.rename_competency(session, draft, key, "Bedside care", edits=0, actor=olga)
    session.expire(draft)
    assert rubric_from_document(draft.content).competency(key).name == "Bedside care"
    assert rubric_from_document(draft.generated).competency(key).name != "Bedside care"
    assert draft.edits == 1
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.subject_type == "rubric"))
    assert list(actions) == ["rubric:generate", "rubric:rename_competency"]


def test_an_edit_of_an_older_state_is_a_conflict_and_changes_nothing(session, draft, olga):
    key = first_key(draft)
    rubric_edits.rename_competency(session, draft, key, "Bedside care", edits=0, actor=olga)
    with pytest.raises(ChangedMeanwhile):
        rubric_edits.rename_competency(session, draft, key, "Other care", edits=0, actor=olga)
    with pytest.raises(ChangedMeanwhile):
        rubrics.publish_rubric(session, draft, edits=0, actor=olga)
    assert rubric_from_document(draft.content).competency(key).name == "Bedside care"


def test_every_edit_of_the_rules_has_its_verb(session, draft, olga):
    key, to_key = (row["key"] for row in draft.content["competencies"][:2])
    edits = [
        lambda n: rubric_edits.set_weight(session, draft, key, 2, "Matters most", edits=n, actor=olga),
        lambda n: rubric_edits.set_required(session, draft, to_key, False, edits=n, actor=olga),
        lambda n: rubric_edits.set_target_level(
            session, draft, key, Level.ADVANCED, "Works alone", edits=n, actor=olga
        ),
        lambda n: rubric_edits.confirm_anchor(session, draft, key, Level.DEVELOPING, edits=n, actor=olga),
        lambda n: rubric_edits.move_anchor(
            session, draft, key, Level.DEVELOPING, to_key, edits=n, actor=olga
        ),
        lambda n: rubric_edits.blank_cell(session, draft, to_key, Level.DEVELOPING, edits=n, actor=olga),
        lambda n: rubric_edits.remove_competency(session, draft, to_key, edits=n, actor=olga),
    ]
    for number, edit in enumerate(edits):
        edit(number)
    one, other = draft.content["leftovers"][:2]
    rubric_edits.add_competency(
        session, draft, Level(one["level"]), one["index"], "New row", edits=len(edits), actor=olga
    )
    rubric_edits.place_leftover(
        session, draft, Level(other["level"]), other["index"], key, edits=len(edits) + 1, actor=olga
    )
    assert draft.edits == len(edits) + 2
    names = [row["name"] for row in draft.content["competencies"]]
    assert "New row" in names
    statements = {
        cell["statement"]
        for content in (draft.content, draft.generated)
        for row in content["competencies"]
        for cell in row["anchors"].values()
        if cell
    } | {item["statement"] for item in draft.content["leftovers"]}
    kept = {
        cell["statement"] for row in draft.content["competencies"] for cell in row["anchors"].values() if cell
    } | {item["statement"] for item in draft.content["leftovers"]}
    assert kept == statements


def test_a_question_that_may_not_be_asked_there_is_refused(session, draft, olga):
    with pytest.raises(RuleBroken):
        rubric_edits.rewrite_question(
            session,
            draft,
            first_key(draft),
            QuestionKind.BEHAVIOURAL,
            "Do you have a disability?",
            edits=0,
            actor=olga,
        )
    assert draft.edits == 0


def test_publishing_signs_and_fixes_the_content_and_the_job_pins_it(session, job, draft, olga):
    rubrics.publish_rubric(session, draft, edits=0, actor=olga)
    session.expire(draft)
    assert (draft.status, draft.published_by_id) == (RubricStatus.PUBLISHED, olga.id)
    assert draft.content_hash == document_hash(draft.content)
    assert job.rubric_id == draft.id
    with pytest.raises(RuleBroken, match="never changes"):
        rubric_edits.rename_competency(session, draft, first_key(draft), "Other", edits=0, actor=olga)
    with pytest.raises(RuleBroken, match="never changes"):
        rubrics.publish_rubric(session, draft, edits=0, actor=olga)


def test_the_database_itself_refuses_a_change_of_published_content(session, draft, olga):
    rubrics.publish_rubric(session, draft, edits=0, actor=olga)
    draft.content = {**draft.content, "competencies": []}
    with pytest.raises(DBAPIError, match="published content never changes"):
        session.flush()
    session.rollback()


def test_the_system_publishes_nothing(session, draft):
    with pytest.raises(NotPermitted):
        rubrics.publish_rubric(session, draft, edits=0, actor=SYSTEM)
    assert draft.status is RubricStatus.DRAFT


def test_a_rubric_without_a_required_row_is_not_published(session, draft, olga):
    for number, row in enumerate(list(draft.content["competencies"])):
        rubric_edits.set_required(session, draft, row["key"], False, edits=number, actor=olga)
    with pytest.raises(RuleBroken, match="required"):
        rubrics.publish_rubric(session, draft, edits=draft.edits, actor=olga)
    assert draft.published_at is None


def test_a_job_changes_its_version_only_before_its_first_interview(session, job, draft, olga):
    first = rubrics.publish_rubric(session, draft, edits=0, actor=olga)
    second = rubrics.new_version(session, first, actor=olga)
    assert (second.number, second.content, second.status) == (2, first.content, RubricStatus.DRAFT)
    rubrics.publish_rubric(session, second, edits=0, actor=olga)
    assert job.rubric_id == second.id
    schedule(session, job, second)
    third = rubrics.new_version(session, second, actor=olga)
    rubrics.publish_rubric(session, third, edits=0, actor=olga)
    assert job.rubric_id == second.id


def test_interviews_of_another_job_hold_nothing_back(session, job, draft, framework, olga):
    first = rubrics.publish_rubric(session, draft, edits=0, actor=olga)
    other = make_job(session)
    theirs = rubrics.generate_rubric_draft(
        session, other, framework, actor=olga, target_level=Level.DEVELOPING
    )
    rubrics.publish_rubric(session, theirs, edits=0, actor=olga)
    schedule(session, other, theirs)
    second = rubrics.new_version(session, first, actor=olga)
    rubrics.publish_rubric(session, second, edits=0, actor=olga)
    assert job.rubric_id == second.id


def test_a_draft_begins_no_new_version(session, draft, olga):
    with pytest.raises(RuleBroken, match="still a draft"):
        rubrics.new_version(session, draft, actor=olga)


def test_a_version_in_use_is_not_retired_and_others_are_once(session, job, draft, olga):
    with pytest.raises(RuleBroken, match="Only a published"):
        rubrics.retire_rubric(session, draft, actor=olga)
    rubrics.publish_rubric(session, draft, edits=0, actor=olga)
    with pytest.raises(RuleBroken, match="scored on this version"):
        rubrics.retire_rubric(session, draft, actor=olga)
    job.status = JobStatus.CLOSED
    session.flush()
    rubrics.retire_rubric(session, draft, actor=olga)
    assert draft.status is RubricStatus.RETIRED
    assert draft.retired_at is not None
    with pytest.raises(RuleBroken, match="Only a published"):
        rubrics.retire_rubric(session, draft, actor=olga)


def test_a_manager_drafts_for_their_own_job_only(session, job, framework):
    hank = make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER])
    draft = rubrics.generate_rubric_draft(session, job, framework, actor=hank, target_level=Level.DEVELOPING)
    rubrics.publish_rubric(session, draft, edits=0, actor=hank)
    for other in (make_job(session), make_job(session)):
        with pytest.raises(NotPermitted):
            rubrics.generate_rubric_draft(
                session, other, framework, actor=hank, target_level=Level.DEVELOPING
            )


def test_a_manager_who_only_interviews_for_a_job_reads_its_rubric_and_changes_nothing(session, job, draft):
    hank = make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.INTERVIEWER])
    assert draft in session.scalars(visible.rubrics(hank))
    with pytest.raises(NotPermitted):
        rubric_edits.rename_competency(session, draft, first_key(draft), "Other", edits=0, actor=hank)
    with pytest.raises(NotPermitted):
        rubrics.publish_rubric(session, draft, edits=0, actor=hank)


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.INTERVIEWER])
def test_who_may_not_edit_rubrics_neither_drafts_nor_edits(session, job, draft, framework, role):
    actor = make_actor(session, role)
    with pytest.raises(NotPermitted):
        rubrics.generate_rubric_draft(session, job, framework, actor=actor)
    with pytest.raises(NotPermitted):
        rubric_edits.rename_competency(session, draft, first_key(draft), "Other", edits=0, actor=actor)


def test_rounds_are_planned_from_the_rubric_and_rate_only_what_it_holds(session, job, draft, olga):
    rubrics.publish_rubric(session, draft, edits=0, actor=olga)
    rounds = job_plans.plan_from_rubric(session, job, draft, actor=olga)
    planned = [session["competencies"] for session in draft.content["plan"]]
    assert [row.competencies for row in rounds] == planned
    assert rounds[0].title == "Round 1: in-person interview"
    strange = RoundDetails("Ward visit", InterviewKind.IN_PERSON, 45, ("no-such-row",))
    with pytest.raises(RuleBroken, match="which the job's rubric lacks"):
        job_plans.set_rounds(session, job, [strange], actor=olga)
    with pytest.raises(RuleBroken, match="another job"):
        job_plans.plan_from_rubric(session, make_job(session), draft, actor=olga)
