# Kith. `make run` to look round, `make test` for everything, `make check` before a commit.
SHELL := /bin/bash
PORT ?= 8000
UV_VERSION := 0.13.9
BIN := .venv/bin
export UV_PROJECT_ENVIRONMENT := .venv
.PHONY: run test check lint services pictures bench clean

run: .venv/base.stamp
	@PORT=$(PORT) KITH_DATA=$${KITH_DATA:-data-demo} KITH_DEMO=1 $(BIN)/kith demo --serve --port $(PORT)

.venv/bin/uv:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Kith needs Python 3.11 or newer (python3, with venv)."; exit 1; }
	python3 -m venv .venv || { echo "python3 has no venv here. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"

.venv/base.stamp: pyproject.toml uv.lock .venv/bin/uv
	$(BIN)/uv sync --frozen --inexact --no-group test --quiet
	@touch $@

.venv/test.stamp: pyproject.toml uv.lock .venv/bin/uv
	$(BIN)/uv sync --frozen --inexact --group test --quiet
	@touch $@ .venv/base.stamp

lint: .venv/test.stamp
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --config pyproject.toml
	$(BIN)/kith manage makemigrations --check --dry-run
	$(BIN)/python -m tools.lint_own

check: lint
	$(BIN)/python -m pytest -q -n auto -m "not browser" -p no:cacheprovider

services: .venv/test.stamp
	@$(BIN)/python -m tools.services

# SQLite first, then the same tests on PostgreSQL in a cluster of their own, browsers last: the last lines are pytest's.
test: lint services
	$(BIN)/python -m pytest -q -n auto -m "not browser" -p no:cacheprovider
	$(BIN)/python -m tools.postgres $(BIN)/python -m pytest -q -n auto -m "not browser" -p no:cacheprovider
	$(BIN)/python -m pytest -q -m browser -p no:cacheprovider

pictures: services
	$(BIN)/python -m tools.pictures

bench: .venv/base.stamp
	$(BIN)/kith bench pages --json

clean:
	rm -rf .venv data-demo
