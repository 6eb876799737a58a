"""Outlines of the reports, by what they are about."""
