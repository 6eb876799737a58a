"""Checks of how the code is laid out: each takes a root folder and answers the offences it found there."""
