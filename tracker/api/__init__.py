"""The JSON API below /api/v1: the services and queries of the pages, for programs with a bearer token."""

from tracker.api import (
    applications,
    candidates,
    interviews,
    jobs,
    moves,
    offers,
    onboarding,
    openapi,
    references,
    reports,
    rubrics,
    screenings,
    users,
)

BLUEPRINTS = (
    openapi.bp,
    jobs.bp,
    applications.bp,
    moves.bp,
    screenings.bp,
    interviews.bp,
    references.bp,
    offers.bp,
    onboarding.bp,
    candidates.bp,
    users.bp,
    rubrics.bp,
    reports.bp,
)
