"""Use cases: one verb each, with the actor by keyword; they write into the session and never commit."""
