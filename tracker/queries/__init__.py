"""Reads that join or count: each answers one screen or report; `visible` says what an actor may know of."""
