"""Guards of scorecards and their ratings: fixed once submitted."""

from tracker.models.guards.guard import Guard, forbid

_CARD_ERASED = (
    "EXISTS (SELECT 1 FROM interviews i JOIN applications a ON a.id = i.application_id"
    " JOIN candidates c ON c.id = a.candidate_id WHERE i.id = OLD.interview_id AND c.erased_at IS NOT NULL)"
)
_SUBMITTED = "EXISTS (SELECT 1 FROM scorecards s WHERE s.id = {}.scorecard_id AND s.submitted_at IS NOT NULL)"
_RATING_ERASED = (
    "EXISTS (SELECT 1 FROM scorecards s JOIN interviews i ON i.id = s.interview_id"
    " JOIN applications a ON a.id = i.application_id JOIN candidates c ON c.id = a.candidate_id"
    " WHERE s.id = OLD.scorecard_id AND c.erased_at IS NOT NULL)"
)
SCORECARD_GUARDS = (
    Guard(
        "scorecards_born",
        "scorecards",
        "INSERT",
        (
            ("EXISTS (SELECT 1 FROM scorecards s WHERE s.id = NEW.id)", "the scorecard exists"),
            (
                "NEW.amends_id IS NULL AND EXISTS (SELECT 1 FROM scorecards s WHERE s.interview_id ="
                " NEW.interview_id AND s.interviewer_id = NEW.interviewer_id AND s.amends_id IS NULL)",
                "the interviewer has a card for this session",
            ),
            (
                "NOT EXISTS (SELECT 1 FROM panel_members p WHERE p.interview_id = NEW.interview_id"
                " AND p.user_id = NEW.interviewer_id)",
                "the interviewer is not on the panel",
            ),
            (
                "NEW.amends_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM scorecards s WHERE s.id = NEW.amends_id"
                " AND s.submitted_at IS NOT NULL AND s.amends_id IS NULL AND s.interview_id = NEW.interview_id"
                " AND s.interviewer_id = NEW.interviewer_id)",
                "only one''s own submitted card can be amended",
            ),
            ("NEW.submitted_at IS NOT NULL", "a card begins as a draft"),
        ),
    ),
    Guard(
        "scorecards_fixed",
        "scorecards",
        "UPDATE",
        (
            (
                "NEW.id <> OLD.id OR NEW.interview_id <> OLD.interview_id OR NEW.interviewer_id <>"
                " OLD.interviewer_id OR coalesce(NEW.amends_id, 0) <> coalesce(OLD.amends_id, 0)",
                "a card stays with its session and interviewer",
            ),
            (
                "OLD.submitted_at IS NOT NULL AND (NOT "
                + _CARD_ERASED
                + " OR NEW.submitted_at IS DISTINCT FROM OLD.submitted_at"
                " OR NEW.recommendation IS DISTINCT FROM OLD.recommendation OR NEW.summary IS NOT NULL)",
                "a submitted card never changes",
            ),
            (
                "NEW.submitted_at IS NOT NULL AND OLD.submitted_at IS NULL AND EXISTS (SELECT 1 FROM ratings r"
                " WHERE r.scorecard_id = NEW.id AND r.value IS NOT NULL AND trim(coalesce(r.evidence, '')) = '')",
                "a rating needs evidence",
            ),
            (
                "NEW.submitted_at IS NOT NULL AND OLD.submitted_at IS NULL AND NOT EXISTS (SELECT 1 FROM ratings r"
                " WHERE r.scorecard_id = NEW.id)",
                "a card needs ratings",
            ),
        ),
    ),
    forbid("scorecards", "DELETE", "a submitted card is never deleted", "OLD.submitted_at IS NOT NULL"),
    Guard(
        "ratings_born",
        "ratings",
        "INSERT",
        (
            (_SUBMITTED.format("NEW"), "a submitted card never changes"),
            (
                "EXISTS (SELECT 1 FROM ratings r WHERE r.scorecard_id = NEW.scorecard_id"
                " AND r.competency = NEW.competency)",
                "the competency is rated on this card",
            ),
            (
                "NOT EXISTS (SELECT 1 FROM scorecards s WHERE s.id = NEW.scorecard_id)",
                "there is no such card",
            ),
        ),
    ),
    Guard(
        "ratings_fixed",
        "ratings",
        "UPDATE",
        (
            (
                "NEW.scorecard_id <> OLD.scorecard_id OR NEW.competency <> OLD.competency",
                "a rating stays on its card",
            ),
            (
                f"{_SUBMITTED.format('OLD')} AND (NOT {_RATING_ERASED} OR NEW.evidence IS NOT NULL"
                " OR NEW.value IS DISTINCT FROM OLD.value)",
                "a submitted card never changes",
            ),
        ),
    ),
    forbid("ratings", "DELETE", "a submitted card never changes", _SUBMITTED.format("OLD")),
)
