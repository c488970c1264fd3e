# Everything is installed into .venv by the targets themselves; only python3 (3.11 or newer) and make are needed.
.DEFAULT_GOAL := help
.PHONY: help install demo screenshots run lint types imports test test-fast test-sqlite test-postgresql format revision effort clean bench

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
unexport PYTHONDONTWRITEBYTECODE # the tests start the bot a hundred times; without cached bytecode each start takes three times as long
SYNC := --quiet --frozen --no-default-groups --compile-bytecode
PYTEST := $(BIN)/pytest -q -n 3 --dist loadgroup

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

$(BIN)/uv:
	@$(PYTHON) -m venv $(VENV) || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && apt-get install -qq -y python3-venv && rm -rf $(VENV) && $(PYTHON) -m venv $(VENV); \
	  else echo "python3 -m venv failed: install the package python3-venv" >&2; exit 1; fi; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(READY): pyproject.toml uv.lock | $(BIN)/uv
	@$(BIN)/uv sync --quiet --frozen 2>/dev/null || $(BIN)/uv sync --quiet --frozen --system-certs # behind a proxy of its own
	@touch $(READY)

install: | $(BIN)/uv ## what the bot needs to run, without what only its development needs
	@rm -f $(READY)
	@$(BIN)/uv sync $(SYNC) 2>/dev/null || $(BIN)/uv sync $(SYNC) --system-certs
	@$(BIN)/python -m compileall -q bot handlers scheduler storage # its own user may not write beside the sources

demo: $(READY) ## try it in a browser with a sample team, without any token
	@$(BIN)/mangluoi demo

screenshots: $(READY) ## the README's pictures, from the running demo (needs chromium, fonts-noto-core, fonts-noto-color-emoji)
	@$(BIN)/python -m tests.pages.screenshots

run: $(READY) ## the bot (settings from the environment or .env)
	@$(BIN)/mangluoi run

lint: $(READY) ## ruff: rules and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY) ## pyright, strict
	@$(BIN)/pyright

imports: $(READY) ## who may import whom
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

test-sqlite: $(READY) ## all tests on SQLite
	@$(PYTEST) --database sqlite

test-postgresql: $(READY) ## all tests that reach a database on a real PostgreSQL (brought along)
	@$(PYTEST) --database postgresql --with-database-only

test-fast: $(READY) ## unit tests on SQLite, without end-to-end and crash tests
	@$(PYTEST) --database sqlite -m "not endtoend and not crash"

test: lint types imports test-sqlite test-postgresql ## everything that a submission must pass

effort: $(READY) ## what the bot asks of people, counted
	@$(PYTEST) --database sqlite tests/effort

bench: $(READY) ## figures beside peers, medians of several runs
	@$(BIN)/python -m tests.benchmarks
	@$(BIN)/python -m tests.benchmarks.scale sqlite
	@$(BIN)/python -m tests.benchmarks.scale postgresql
	@$(BIN)/python -m tests.benchmarks.broadcast 3000
	@$(BIN)/python -m tests.benchmarks.report_files

format: $(READY) ## put the code into shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

revision: $(READY) ## the migration that changed tables need: make revision MESSAGE="what changed"
	@$(BIN)/python -m storage.write_revision "$(MESSAGE)"

clean: ## forget the environment and caches
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist

.PHONY: baddays soak fuzz audit

baddays: $(READY) ## what goes wrong, gone through with figures; the database is away for a minute, Telegram for ten
	@MANGLUOI_AWAY_SECONDS=$${MANGLUOI_AWAY_SECONDS:-60} MANGLUOI_TROUBLE_SECONDS=$${MANGLUOI_TROUBLE_SECONDS:-600} $(BIN)/pytest -q -s --database both tests/baddays

soak: $(READY) ## three processes behind a proxy, killed again and again for half an hour, on PostgreSQL
	@MANGLUOI_SOAK_REPORTS=$${MANGLUOI_SOAK_REPORTS:-120} MANGLUOI_SOAK_SECONDS=7200 $(BIN)/pytest -q -s --database postgresql tests/endtoend/test_three_processes.py

fuzz: $(READY) ## everything that reads what strangers write, tried for a long time
	@MANGLUOI_HYPOTHESIS=fuzz $(PYTEST) --database sqlite --timeout 3000 tests/fuzz

audit: $(READY) ## known holes in what is installed; without a network it says so and passes
	@$(BIN)/python -m tests.security.audit
