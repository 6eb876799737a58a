"""Moves: the history of every application, its texts, the legal edges, and what moves keep for reports."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.metrics.spells import SpellEnd
from tracker.domain.moves import MoveKind
from tracker.domain.stages import Outcome, Stage
from tracker.models.base import Base, UtcDateTime, enum_column


class Move(Base):
    """One dated change of stage or outcome, by a named actor; never changed, never deleted."""

    __tablename__ = "moves"
    __table_args__ = (
        CheckConstraint("version >= 1", name="version_positive"),
        CheckConstraint("length(hash) = 64 AND length(previous_hash) = 64", name="hash_length"),
        CheckConstraint("(kind = 'import') = imported", name="import_is_marked"),
        CheckConstraint(
            "(to_outcome IN ('rejected', 'withdrawn')) = (reason IS NOT NULL)", name="closing_has_reason"
        ),
        Index("ix_moves_at", "at"),
        Index(
            "ix_moves_overridden",
            "recorded_at",
            sqlite_where=text("overridden <> ''"),
            postgresql_where=text("overridden <> ''"),
        ),
        Index(
            "ix_moves_hired",
            "application_id",
            "version",
            "at",
            sqlite_where=text("to_outcome = 'hired'"),
            postgresql_where=text("to_outcome = 'hired'"),
        ),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[MoveKind] = mapped_column(enum_column(MoveKind))
    from_stage: Mapped[Stage | None] = mapped_column(enum_column(Stage, "from_stage"))
    to_stage: Mapped[Stage] = mapped_column(enum_column(Stage, "to_stage"))
    from_outcome: Mapped[Outcome | None] = mapped_column(enum_column(Outcome, "from_outcome"))
    to_outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome, "to_outcome"))
    reason: Mapped[str | None] = mapped_column(String(60))
    actor: Mapped[str] = mapped_column(String(120))
    """`user:7`, `candidate`, `system`, or `imported:` and the other system's name of who did it."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    imported: Mapped[bool] = mapped_column(default=False)
    overridden: Mapped[str] = mapped_column(Text, default="")
    """Requirements that HR overrode, their names parted by commas."""
    text_commitment: Mapped[str | None] = mapped_column(String(64))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class MoveNote(Base):
    """The free text of a move, which may be erased; the move keeps only a salted commitment to it."""

    __tablename__ = "move_notes"

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    salt: Mapped[str | None] = mapped_column(String(64))
    reason: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    override_reason: Mapped[str | None] = mapped_column(Text)


class LegalEdge(Base):
    """One legal change as the guards check it: the table of moves, written down by a migration."""

    __tablename__ = "legal_edges"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    from_stage: Mapped[str] = mapped_column(String(20), primary_key=True)
    to_stage: Mapped[str] = mapped_column(String(20), primary_key=True)
    from_outcome: Mapped[str] = mapped_column(String(20), primary_key=True)
    to_outcome: Mapped[str] = mapped_column(String(20), primary_key=True)


class StageCount(Base):
    """How many applications of a job stand at a stage with an outcome; kept by each move, under the job's
    lock.
    """

    __tablename__ = "stage_counts"

    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"), primary_key=True)
    stage: Mapped[Stage] = mapped_column(enum_column(Stage), primary_key=True)
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class Stay(Base):
    """One stay of an application in a stage, from which move to which; what was undone has none."""

    __tablename__ = "stays"
    __table_args__ = (
        CheckConstraint(
            "(became = 'active') = (ended_at IS NULL) AND (became = 'active') = (ended_version IS NULL)",
            name="over_has_end",
        ),
        Index("ix_stays_job_stage", "job_id", "stage", "became", "application_id", "entered_version"),
        Index(
            "ix_stays_open",
            "stage",
            "entered_at",
            sqlite_where=text("became = 'active'"),
            postgresql_where=text("became = 'active'"),
        ),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    entered_version: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"))
    stage: Mapped[Stage] = mapped_column(enum_column(Stage))
    became: Mapped[SpellEnd] = mapped_column(enum_column(SpellEnd))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_version: Mapped[int | None]


class StayCount(Base):
    """How many applications of a job were ever in a stage, by what became of their last stay there."""

    __tablename__ = "stay_counts"

    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"), primary_key=True)
    stage: Mapped[Stage] = mapped_column(enum_column(Stage), primary_key=True)
    became: Mapped[SpellEnd] = mapped_column(enum_column(SpellEnd), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class HistoryPlace(Base):
    """How far the history of a job is: how many moves its applications ever made, undone ones too, and how
    often a source of theirs was set right. Whatever is counted of the same place is counted of the same.
    """

    __tablename__ = "history_places"

    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"), primary_key=True)
    moves: Mapped[int] = mapped_column(default=0)
    sources_set: Mapped[int] = mapped_column(default=0)


class CourseCount(Base):
    """How many applications of a job and source took one course so far; kept by each move."""

    __tablename__ = "course_counts"

    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"), primary_key=True)
    source: Mapped[str] = mapped_column(String(80), primary_key=True)
    stages: Mapped[int] = mapped_column(primary_key=True)
    """The stages it ever was in: the sum of 1 for the first, 2 for the second, 4 for the third and so on."""

    has_been_hired: Mapped[bool] = mapped_column(primary_key=True)
    """Whether a move ever closed it as hired."""

    has_imported_offer: Mapped[bool] = mapped_column(primary_key=True)
    """Whether an imported move ever brought it into Offer."""

    stage: Mapped[Stage] = mapped_column(enum_column(Stage), primary_key=True)
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome), primary_key=True)
    reason: Mapped[str] = mapped_column(String(60), primary_key=True)
    """Why it stands closed, empty where it does not, or where no reason belongs to it."""

    count: Mapped[int] = mapped_column(default=0)
