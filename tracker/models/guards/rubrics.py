"""Guards of rubrics and interviews: published content and what was scored on it never change."""

from tracker.models.guards.guard import Guard, forbid

RUBRIC_GUARDS = (
    Guard(
        "rubrics_born",
        "rubrics",
        "INSERT",
        (
            (
                "EXISTS (SELECT 1 FROM rubrics r WHERE r.id = NEW.id OR (r.job_id = NEW.job_id"
                " AND r.number = NEW.number))",
                "the rubric version exists",
            ),
            ("NEW.status <> 'draft'", "a rubric begins as a draft"),
        ),
    ),
    Guard(
        "rubrics_fixed",
        "rubrics",
        "UPDATE",
        (
            (
                "NEW.id <> OLD.id OR NEW.job_id <> OLD.job_id OR NEW.number <> OLD.number",
                "a rubric stays with its job",
            ),
            (
                "OLD.status <> 'draft' AND (CAST(NEW.content AS TEXT) <> CAST(OLD.content AS TEXT)"
                " OR NEW.title <> OLD.title OR NEW.content_hash IS DISTINCT FROM OLD.content_hash"
                " OR NEW.published_at IS DISTINCT FROM OLD.published_at"
                " OR NEW.published_by_id IS DISTINCT FROM OLD.published_by_id"
                " OR NOT (NEW.status = OLD.status OR NEW.status = 'retired'))",
                "published content never changes",
            ),
        ),
    ),
    forbid("rubrics", "DELETE", "a published rubric is never deleted", "OLD.status <> 'draft'"),
    Guard(
        "interviews_born",
        "interviews",
        "INSERT",
        (
            (
                "NOT EXISTS (SELECT 1 FROM rubrics r WHERE r.id = NEW.rubric_id AND r.status = 'published')",
                "an interview needs a published rubric",
            ),
            ("EXISTS (SELECT 1 FROM interviews i WHERE i.id = NEW.id)", "the interview exists"),
        ),
    ),
    Guard(
        "interviews_fixed",
        "interviews",
        "UPDATE",
        (
            (
                "NEW.id <> OLD.id OR NEW.application_id <> OLD.application_id OR NEW.rubric_id <> OLD.rubric_id",
                "an interview stays with its application and rubric version",
            ),
        ),
    ),
    forbid("interviews", "DELETE", "an interview is cancelled, never deleted"),
)
