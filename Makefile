# Kith. `make run` to look round, `make check` before a commit, `make test` for everything.
SHELL := /bin/bash
PORT ?= 8000
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -q -p no:cacheprovider
PARALLEL := -n auto --dist worksteal
QUICK := not browser and not postgres and not slow and not nightly
CHECKS := .pytest_cache/checks
# What was compiled once is kept: else every process of the tests, and every server that they start, compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE
export UV_PROJECT_ENVIRONMENT := .venv
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH
.PHONY: run test check trust nightly controls lint services pictures voices bench clean

run: .venv/base.stamp
	@exec $(BIN)/kith demo --serve --port $(PORT)

# uv comes by pip, checked by hash; everything else comes from uv.lock, checked by hash.
.venv/uv.stamp: tools/uv.txt
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Kith needs python3, version 3.11 or newer."; exit 1; }
	@python3 -m venv .venv || { echo "Python's venv is missing. On Debian or Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	@echo "Installing what Kith needs into .venv ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tools/uv.txt
	@touch $@

.venv/base.stamp: pyproject.toml uv.lock .venv/uv.stamp
	@$(BIN)/uv sync --frozen --inexact --quiet
	@touch $@

.venv/test.stamp: pyproject.toml uv.lock .venv/uv.stamp
	@$(BIN)/uv sync --frozen --inexact --group test --quiet
	@touch .venv/base.stamp $@

lint: .venv/test.stamp
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports pyproject.toml --no-logo
	DJANGO_SETTINGS_MODULE=kith.settings.test $(BIN)/kith manage makemigrations --check --dry-run
	$(BIN)/djlint --lint --quiet kith/web/templates
	$(BIN)/python -m tools.lint_own

# Under a minute: without the checks of trust, which have most of a minute of their own here and all of theirs in `make test`.
check: lint
	$(PYTEST) $(PARALLEL) -m "$(QUICK)" --ignore-glob='tests/trust/test_[a-z][a-z][0-9]_*'

trust: .venv/test.stamp
	$(PYTEST) $(PARALLEL) -m "$(QUICK)" tests/trust

services: .venv/test.stamp
	@$(BIN)/python -m tools.services

# SQLite first, then the same tests on PostgreSQL in a cluster of their own, browsers last: the last lines are pytest's.
# Before them it prints one line for each of the checks in tests/trust/checks.toml.
test: lint services
	@rm -rf $(CHECKS)
	$(PYTEST) $(PARALLEL) --checks $(CHECKS) -m "not browser and not nightly"
	$(BIN)/python -m tools.postgres $(PYTEST) $(PARALLEL) --checks $(CHECKS) -m "$(QUICK)"
	$(PYTEST) -n 2 --dist worksteal --checks $(CHECKS) --checks-tell commit -m "browser and not nightly"

# What takes too long for every change, in an hour at most.
nightly: lint services
	@rm -rf $(CHECKS)
	timeout 1200 $(BIN)/python -m tools.controls
	timeout 2400 $(PYTEST) --checks $(CHECKS) --checks-tell nightly -m nightly

# Faults planted into a copy of the tree, one after another: each must turn the test red that is named beside it (controls/).
controls: lint services
	$(BIN)/python -m tools.controls

pictures: services
	$(BIN)/python -m tools.pictures

# What each concern sounds like, made anew from kith/concerns/data.
voices: .venv/test.stamp
	$(BIN)/python -m tools.voices

bench: .venv/base.stamp
	$(BIN)/kith bench pages --json

clean:
	rm -rf .venv data-demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
