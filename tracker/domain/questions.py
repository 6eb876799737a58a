"""The interview questions of a competency, made from the statement at the job's target level."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Questions:
    """What every candidate of a job is asked on one competency, and what the interviewer listens for."""

    behavioural: str
    situational: str
    probes: tuple[str, ...]
    look_fors: tuple[str, ...]
    needs_review: bool
    is_situational_first: bool = False
