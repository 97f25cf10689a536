# The commands people type. `make` alone lists them.

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8080
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest $(if $(SHUFFLE),-p randomly)
# What the tests need of Debian: a browser, what playwright's node is linked with, the
# recorder of power cuts, the checker of units.
DEBIAN := chromium libatomic1 strace systemd

# The tests start the program some hundred times: it is compiled at the first start only.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-afternoon test test-fast test-browser coverage check \
	format docs screenshots bench lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

setup: ## Python packages into .venv, the program as .venv/bin/hometime
	@PYTHON='$(PYTHON)' VENV='$(VENV)' bash tools/setup.sh

demo: setup ## the simulated classroom, on http://127.0.0.1:8080 (PORT= for another)
	@exec $(BIN)/hometime demo --port $(PORT)

demo-afternoon: setup ## the same on a Monday at 14:50, with four days behind it
	@exec $(BIN)/hometime demo --afternoon --port $(PORT)

test: setup ## every test: first the fast part, then the part with a browser
	@bash tools/debian-packages.sh $(DEBIAN)
	@begun=$$(date +%s) && $(MAKE) --no-print-directory test-fast && \
	between=$$(date +%s) && $(MAKE) --no-print-directory test-browser && \
	echo "$$((between - begun)) $$(($$(date +%s) - between))" >$(VENV)/.hometime-test-seconds

test-fast: setup ## the part that needs no browser, under two minutes
	@bash tools/test-halves.sh fast $(PYTEST)

test-browser: setup ## the part with a browser, and what takes long
	@bash tools/test-halves.sh browser $(PYTEST)

coverage: setup ## which lines the fast part runs
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q -m 'not browser and not slow'
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

check: setup ## lint, types, import contracts, spelling, generated documents
	@BIN='$(BIN)' bash tools/check.sh

format: setup ## what `make check` would complain of and a tool can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: setup ## write the generated parts of docs/
	@BIN='$(BIN)' bash tools/docs.sh

screenshots: setup ## the pictures of docs/images, from a demo's days (wants chromium, chromium-l10n)
	@$(BIN)/python -m tools.screenshots

bench: setup ## the table of figures, each beside what it is compared with
	@$(BIN)/python -m tools.bench

lock: setup ## resolve requirements*.txt anew from pyproject.toml
	@bash tools/lock.sh

clean: ## remove what these commands made
	rm -rf .venv .venv-* build ./*.egg-info .mypy_cache .ruff_cache .pytest_cache
	rm -rf .hypothesis .import_linter_cache .coverage htmlcov test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
