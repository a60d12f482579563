# Smart CX: `make run` starts everything from nothing; `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8000
DATA ?= var
SMARTCX_DEMO ?= 1
BIN := .venv/bin
INSTALLED := .venv/.installed
TOOLS := .venv/.installed-tools

.PHONY: help run install tools test check bench promises clean

help:
	@echo "make run [PORT=8000] [DATA=var]   start everything, in demo mode unless SMARTCX_DEMO=0"
	@echo "make test                         run all tests, installing what they need"
	@echo "make check                        style, types, import contracts, house tests"
	@echo "make bench                        benchmarks, as a table and as DATA/bench.json;"
	@echo "                                  SMARTCX_BENCH_FRESH=1 measures a start from a fresh clone too"
	@echo "make promises                     the table promise, tests, result"

run: install
	@SMARTCX_PORT="$(PORT)" SMARTCX_DATA="$(DATA)" SMARTCX_DEMO="$(SMARTCX_DEMO)" exec $(BIN)/smartcx run

install: $(INSTALLED)

tools: $(TOOLS)

$(INSTALLED): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Smart CX needs Python 3.11 or newer: install it, or name it with PYTHON=…" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv module is missing: install the package python3-venv." >&2; exit 1; }
	@test -x $(BIN)/python || { echo "Making the virtual environment .venv …"; $(PYTHON) -m venv .venv; }
	@echo "Installing the pinned dependencies …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(TOOLS): $(INSTALLED) requirements-dev.txt
	@echo "Installing the tools for tests …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

test: tools
	@sh tests/need-chromium.sh
	@$(BIN)/python -m pytest -n 2 $(ARGS)

check: tools
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -q tests/house

bench: tools
	@sh tests/need-chromium.sh
	@SMARTCX_DATA="$(DATA)" $(BIN)/python -m benchmarks $(ARGS)

promises: tools
	@$(BIN)/python -m pytest -q -n 2 -p tests.promise_table $(ARGS)

clean:
	rm -rf .web .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
