"""Benchmark: the tracker beside its floor, in one run. `python -m tests.bench --help`."""
