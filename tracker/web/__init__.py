"""The pages: one blueprint per noun, each view load, form, service, redirect."""

from tracker.web import (
    applications,
    background_checks,
    bulk_moves,
    debriefs,
    home,
    interviews,
    jobs,
    moves,
    offers,
    onboarding,
    references,
    scorecards,
    screenings,
    settings,
    sign_ins,
    users,
)

BLUEPRINTS = (
    home.bp,
    sign_ins.bp,
    settings.bp,
    users.bp,
    jobs.bp,
    applications.bp,
    moves.bp,
    bulk_moves.bp,
    screenings.bp,
    references.bp,
    offers.bp,
    background_checks.bp,
    onboarding.bp,
    interviews.bp,
    scorecards.bp,
    debriefs.bp,
)
