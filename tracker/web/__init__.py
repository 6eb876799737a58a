"""The pages: one blueprint per noun, each view load, form, service, redirect."""

from tracker.web import (
    applications,
    bulk_moves,
    debriefs,
    home,
    interviews,
    jobs,
    moves,
    offers,
    onboarding,
    references,
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
    onboarding.bp,
    interviews.bp,
    debriefs.bp,
)
