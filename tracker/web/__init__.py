"""The pages: one blueprint per noun, each view load, form, service, redirect."""

from tracker.web import home, settings, sign_ins, users

BLUEPRINTS = (home.bp, sign_ins.bp, settings.bp, users.bp)
