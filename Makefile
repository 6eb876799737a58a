# make run | install | test | check | bench        (make lock after a change of dependencies, make pictures for the README)

VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DEMO_HOME := $(CURDIR)/var/demo
SIZES ?= 1k 100k
WORKERS ?= logical
LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header --quiet

COVERED := tracker/domain/permissions.py,tracker/domain/moves.py,tracker/domain/deciding.py,$\
	tracker/domain/requirements.py,tracker/domain/dispositions.py,tracker/domain/retention.py,$\
	tracker/domain/file_formats.py,tracker/services/moves.py,tracker/services/files.py,tracker/web/uploads.py
COVERING := tests/domain/test_moves.py tests/domain/test_undo.py tests/domain/test_permissions.py \
	tests/domain/test_requirements.py tests/domain/test_retention.py tests/domain/test_file_formats.py \
	tests/services/test_moves.py tests/services/test_bulk_moves.py tests/services/test_files.py \
	tests/web/test_file_uploads.py tests/web/test_files.py tests/web/test_refused_moves.py tests/api/test_moves.py

# The first interpreter that is 3.11 to 3.13 and can make a virtual environment.
PYTHONS := python3 python3.13 python3.12 python3.11
FITS := import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))

.PHONY: run install test check format lint types branches bench pictures lock clean
.DEFAULT_GOAL := run

run: install
	@export TRACKER_HOME="$(DEMO_HOME)"; \
	if [ -e "$(DEMO_HOME)/.filled" ]; then $(BIN)/tracker db upgrade; \
	else mkdir -p "$(DEMO_HOME)" && $(BIN)/tracker demo && touch "$(DEMO_HOME)/.filled"; fi && \
	echo && \
	echo "The tracker is at http://127.0.0.1:$(PORT)" && \
	echo "Sign in there with one click: as rita the recruiter, hank the hiring manager," && \
	echo "ines the interviewer or olga of HR. Stop it with Ctrl-C." && \
	exec $(BIN)/tracker serve --demo --host 127.0.0.1 --port "$(PORT)"

install: $(VENV)/.installed $(VENV)/.platform

$(BIN)/python:
	@for python in $(PYTHONS); do \
		if $$python -c "$(FITS)" 2>/dev/null; then exec $$python -m venv $(VENV); fi; \
	done; \
	echo "Python 3.11, 3.12 or 3.13 with its venv module is needed (on Debian: python3 and python3-venv)." >&2; \
	exit 1

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# A browser driver and a PostgreSQL for the tests: there are machines that have no wheel of them.
$(VENV)/.platform: requirements-platform.lock | $(VENV)/.installed
	@if $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<; \
	then touch $@; \
	else echo "No browser driver or no PostgreSQL for this machine: their tests will say that they skip."; fi

test: install
	@$(BIN)/python -m pytest -n $(WORKERS) --maxprocesses 4 --dist worksteal $(ARGS)

.NOTPARALLEL:
check: format lint types branches test

format: install
	@$(BIN)/ruff format --check .

lint: install
	@$(BIN)/ruff check .

types: install
	@$(BIN)/mypy

# Every branch of what is never to be wrong: permissions, moves, retention, uploads.
branches: install
	@$(BIN)/python -m coverage run --include=$(COVERED) -m pytest -q -n 0 -p no:cacheprovider -m "not postgres" \
		--durations 0 --durations-min 60 $(COVERING)
	@$(BIN)/python -m coverage report --include=$(COVERED) --fail-under=100

pictures: install
	@$(BIN)/python -m tests.browser.pictures

bench: install
	@$(BIN)/python -m tests.bench --sizes $(SIZES) $(ARGS)
	@$(BIN)/python -m tests.bench.history_import --events 200k

lock:
	$(LOCK) pyproject.toml --extra postgres --group test --group dev -o requirements.lock
	$(LOCK) --group platform -c requirements.lock -o requirements-platform.lock

clean:
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
