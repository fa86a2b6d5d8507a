# Needs make, Python 3.11 or later (PYTHON=... to choose one) and a package index.
PYTHON ?= python3
UV := $(shell uv --version >/dev/null 2>&1 && echo uv || echo .venv/bin/uv)
BIN := .venv/bin
PYTEST := $(BIN)/pytest -n logical --maxprocesses 4 --dist worksteal
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock"
LOCKS := requirements.lock requirements-dev.lock

.PHONY: help setup demo test browser soak lint docs bench bench-large bench-pages assets lock clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | expand -t 14

setup: .venv/.installed ## Install what requirements-dev.lock says, and the project, into .venv
	@:

demo: .venv/.installed ## Run the service on made-up cases; ONCE=1 shows them and ends
	@$(BIN)/case-timeline demo $(if $(ONCE),--once)

test: .venv/.installed browser ## Run the tests, but for the long-running ones
	@$(PYTEST) -m "not soak" $(ARGS)

# Who may install nothing is told what is missing; then it is the browser tests that fail.
browser: ## Install Debian's Chromium for the browser tests, where it may and none is found
	@for name in $${CHROMIUM:-chromium chromium-browser google-chrome}; do \
		command -v "$$name" >/dev/null && exit 0; \
	done; \
	test -z "$$CHROMIUM" && command -v apt-get >/dev/null && \
	{ test "$$(id -u)" = 0 || sudo="sudo -n"; } && $$sudo true 2>/dev/null && \
	echo "Installing Chromium, for the browser tests" && \
	$$sudo apt-get update -qq && \
	$$sudo env DEBIAN_FRONTEND=noninteractive \
		apt-get install -qq --no-install-recommends chromium >/dev/null 2>&1 || \
	echo "Browser tests will fail: install Chromium or Chrome, or set CHROMIUM to where one is."

soak: .venv/.installed ## Run the long-running tests
	@$(BIN)/pytest -m soak $(ARGS)

lint: .venv/.installed ## Check style, types, the direction of imports, and the lock
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@cp $(LOCKS) .venv/
	@$(COMPILE) --output-file .venv/requirements.lock
	@$(COMPILE) --group dev --output-file .venv/requirements-dev.lock
	@for lock in $(LOCKS); do diff $$lock .venv/$$lock || \
		{ echo "$$lock does not follow pyproject.toml: run make lock"; exit 1; }; done

assets: ## Make the style sheet and script of the pages anew (needs Node)
	@frontend/build.sh

docs: .venv/.installed ## Write the parts of docs/ that are made from the code
	@$(BIN)/python -m services.reference docs

bench: .venv/.installed ## Measure speed beside others'; QUICK=1 on little, for a look
	@$(BIN)/python -m bench $(if $(QUICK),--quick)

bench-large: .venv/.installed ## Measure how speed changes up to millions of events
	@$(BIN)/python -m bench --large $(if $(QUICK),--quick)

bench-pages: .venv/.installed ## Measure how long each web page takes, with a million events
	@$(BIN)/python -m bench.pages $(if $(QUICK),--quick)

lock: .venv/.installed ## Bring the locks up to pyproject.toml; UPGRADE=1 takes newer versions
	@$(COMPILE) --group dev --output-file requirements-dev.lock $(if $(UPGRADE),--upgrade)
	@cp requirements-dev.lock requirements.lock && $(COMPILE) --output-file requirements.lock

clean: ## Remove .venv and caches; data stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Who has no uv has told pip, not uv, where the package index is.
.venv/.installed: export UV_DEFAULT_INDEX ?= $(if $(filter uv,$(UV)),,$(PIP_INDEX_URL))
.venv/.installed: requirements-dev.lock pyproject.toml | $(filter-out uv,$(UV))
	@echo "Installing into .venv"
	@test -x $(BIN)/python || $(UV) venv --quiet --allow-existing --python $(PYTHON) .venv
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

.venv/bin/uv:
	@echo "Installing uv, which installs the rest"
	@$(PYTHON) -m venv .venv
	@sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.lock > .venv/uv.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.lock
