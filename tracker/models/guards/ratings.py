"""Guards of what a submitted card says: every row of its session and no other, by somebody on the panel."""

from tracker.models.guards.guard import Guard, forbid

_EACH = "json_array_elements_text({}) AS c(value)"
_BLANK = " \t\n\v\f\r\u00a0"
_OFF_PANEL = (
    "EXISTS (SELECT 1 FROM scorecards s WHERE s.id = {} AND NOT EXISTS (SELECT 1 FROM panel_members p"
    " WHERE p.interview_id = s.interview_id AND p.user_id = s.interviewer_id))"
)
_HANDED_IN = (
    "EXISTS (SELECT 1 FROM scorecards s WHERE s.interview_id = OLD.interview_id"
    " AND s.interviewer_id = OLD.user_id AND s.submitted_at IS NOT NULL)"
)
_SUBMITS = "NEW.submitted_at IS NOT NULL AND OLD.submitted_at IS NULL AND "
_ON_PANEL = "the interviewer is not on the panel"
_STAYS = "whoever has handed in a card stays on the panel"
_WHOLE = ("NEW.value IS NOT NULL AND CAST(NEW.value AS INTEGER) <> NEW.value", "a rating is a whole number")
RATING_GUARDS = (
    Guard(
        "ratings_of_session",
        "ratings",
        "INSERT",
        (
            _WHOLE,
            (_OFF_PANEL.format("NEW.scorecard_id"), _ON_PANEL),
            (
                "EXISTS (SELECT 1 FROM scorecards s JOIN interviews i ON i.id = s.interview_id"
                " WHERE s.id = NEW.scorecard_id AND NOT EXISTS (SELECT 1"
                f" FROM {_EACH.format('i.competencies')} WHERE c.value = NEW.competency))",
                "the session does not rate this competency",
            ),
        ),
    ),
    Guard("ratings_whole", "ratings", "UPDATE", (_WHOLE,)),
    Guard(
        "scorecards_complete",
        "scorecards",
        "UPDATE",
        (
            (_SUBMITS + _OFF_PANEL.format("NEW.id"), _ON_PANEL),
            (
                f"{_SUBMITS}EXISTS (SELECT 1 FROM interviews i, {_EACH.format('i.competencies')}"
                " WHERE i.id = NEW.interview_id AND NOT EXISTS (SELECT 1 FROM ratings r"
                " WHERE r.scorecard_id = NEW.id AND r.competency = c.value))",
                "a competency of the session is neither rated nor marked as not assessed",
            ),
            (
                f"{_SUBMITS}EXISTS (SELECT 1 FROM ratings r WHERE r.scorecard_id = NEW.id"
                f" AND r.value IS NOT NULL AND trim(r.evidence, '{_BLANK}') = '')",
                "blank evidence is none",
            ),
        ),
    ),
    Guard(
        "interviews_rated",
        "interviews",
        "UPDATE",
        (
            (
                "CAST(NEW.competencies AS TEXT) <> CAST(OLD.competencies AS TEXT)"
                " AND EXISTS (SELECT 1 FROM scorecards s WHERE s.interview_id = OLD.id)",
                "a session with a card keeps what it rates",
            ),
        ),
    ),
    Guard(
        "interviews_of_job",
        "interviews",
        "INSERT",
        (
            (
                "NOT EXISTS (SELECT 1 FROM rubrics r JOIN applications a ON a.job_id = r.job_id"
                " WHERE r.id = NEW.rubric_id AND a.id = NEW.application_id)",
                "an interview is rated on a rubric of its own job",
            ),
        ),
    ),
    Guard(
        "panel_members_fixed",
        "panel_members",
        "UPDATE",
        (
            (
                f"(NEW.user_id <> OLD.user_id OR NEW.interview_id <> OLD.interview_id) AND {_HANDED_IN}",
                _STAYS,
            ),
        ),
    ),
    forbid("panel_members", "DELETE", _STAYS, _HANDED_IN),
    Guard(
        "rubrics_sourced",
        "rubrics",
        "UPDATE",
        (
            (
                "OLD.status <> 'draft' AND (NEW.framework_id IS DISTINCT FROM OLD.framework_id"
                " OR NEW.target_set_by IS DISTINCT FROM OLD.target_set_by"
                " OR NEW.target_reason IS DISTINCT FROM OLD.target_reason OR NEW.created_by <> OLD.created_by)",
                "a published rubric keeps what it was made from, and by whom",
            ),
        ),
    ),
)
