"""Rubrics begin empty or as a copy of what another job published."""

import pytest

from tests.factories import make_actor, make_job
from tests.interviewing import publish_rubric
from tracker.domain.actors import Role
from tracker.domain.deciding import NotPermitted
from tracker.domain.frameworks import Level
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.models.rubrics import RubricStatus
from tracker.queries.rubrics import rubrics_to_copy
from tracker.services import rubric_edits, rubrics


@pytest.fixture
def olga(session):
    return make_actor(session, Role.HR, name="Olga")


def test_rubric_is_written_from_scratch_edit_by_edit(session, olga):
    job = make_job(session, title="Cheese maker")
    draft = rubrics.begin_rubric(session, job, target_level=Level.DEVELOPING, actor=olga)
    rubric_edits.begin_competency(session, draft, "Ripening", edits=0, actor=olga)
    with pytest.raises(ChangedMeanwhile):
        rubric_edits.begin_competency(session, draft, "Washing", edits=0, actor=olga)
    text = "Ripening — turn each wheel every day."
    rubric_edits.write_anchor(session, draft, "ripening", Level.DEVELOPING, text, edits=1, actor=olga)
    rubrics.publish_rubric(session, draft, edits=2, actor=olga)
    assert draft.status is RubricStatus.PUBLISHED
    assert draft.content["framework"]["title"] == "Cheese maker"
    assert job.rubric_id == draft.id
    with pytest.raises(RuleBroken, match="never changes"):
        rubric_edits.write_anchor(session, draft, "ripening", Level.EMERGING, text, edits=2, actor=olga)


def test_copy_is_a_draft_and_leaves_the_original_alone(session, olga):
    there, here = make_job(session), make_job(session)
    published = publish_rubric(session, there)
    copied = rubrics.copy_rubric(session, here, published, actor=olga)
    assert (copied.job_id, copied.status) == (here.id, RubricStatus.DRAFT)
    assert copied.content == copied.generated == published.content
    key = copied.content["competencies"][0]["key"]
    rubric_edits.rename_competency(session, copied, key, "Another name", edits=0, actor=olga)
    assert copied.content != published.content
    with pytest.raises(RuleBroken, match="may still change"):
        rubrics.copy_rubric(session, there, copied, actor=olga)


def test_only_who_edits_here_and_reads_there_copies(session, olga):
    there, here = make_job(session), make_job(session)
    published = publish_rubric(session, there)
    hank = make_actor(session, Role.HIRING_MANAGER, name="Hank")
    with pytest.raises(NotPermitted):
        rubrics.copy_rubric(session, here, published, actor=hank)
    with pytest.raises(NotPermitted):
        rubrics.begin_rubric(session, here, target_level=Level.EMERGING, actor=hank)
    assert rubrics_to_copy(session, hank, here) == []
    assert [one.id for one, _ in rubrics_to_copy(session, olga, here)] == [published.id]
