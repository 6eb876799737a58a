"""The pages: one blueprint per noun, each view load, form, service, redirect."""

from tracker.web import applications, bulk_moves, home, jobs, moves, screenings, settings, sign_ins, users

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
)
