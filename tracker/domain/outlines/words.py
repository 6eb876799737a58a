"""Columns and definitions that several outlines share, each said in one place."""

from tracker.domain.reports import CellKind, Column

WHO = (
    Column("job", "Job", CellKind.TEXT),
    Column("application", "Application"),
    Column("candidate", "Candidate", CellKind.TEXT),
)
STAGE = Column("stage", "Stage", CellKind.TEXT)
MOVE = Column("move", "By move")
DAYS = Column("days", "Days", CellKind.DAYS)
ENTERED_AT = Column("entered_at", "Entered at", CellKind.INSTANT)
ENDED_AT = Column("ended_at", "Ended at", CellKind.INSTANT)
BECAME = Column("became", "What became of it", CellKind.TEXT)
STAY = (ENTERED_AT, Column("entered_move", "By move"), ENDED_AT, Column("ended_move", "By move"))

APPLICATION = "An application; one that was transferred to another job is one with where it came from."
A_STAY = "A stay: from an application's coming into a stage until it leaves; who returns stays again."
HIRE = (
    "An application whose offer was accepted, by which it came into Onboarding; imported: that, or hired."
    " It stays a hire if the start failed later."
)
RECEIVED = "The instant of the application's first move."
UNDONE = "A move that was undone counts nowhere, nor does its undo."
UNDONE_EVER = "A move that was undone counts nowhere, nor does its undo, whenever it came."
WINDOW = "Its first instant counts, its end does not. Days are those of the report's time zone."
FOLLOWED = "What came after the window counts too, up to the instant the report is as of."
