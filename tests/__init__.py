"""The tests; `python -m tests.bench` measures."""
