# make demo   code the example reports and show them
# make test   every check and every test
# Both need only make and Python 3.11 or newer; what else they need goes into the folder .venv.

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
VENV   := .venv
BIN    := $(VENV)/bin
PY     := $(BIN)/python
PIP    := $(PY) -m pip --disable-pip-version-check install --quiet --quiet --no-input
LOCKED := --require-hashes --only-binary :all:
MADE   := $(VENV)/.made
RUN    := $(VENV)/.run-installed
DEV    := $(VENV)/.dev-installed

export PYTHONUTF8 = 1
export PYTHONNOUSERSITE = 1
unexport PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test install dev gazetteer lint types layers tests floors bench deskbench errors docs lock clean

help: ## list what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1@/p' Makefile | awk -F@ '{ printf "%-18s %s\n", $$1, $$2 }'

demo: gazetteer ## code the example reports: one as a sheet, all in a table
	@$(PY) -m tools.demo

test: dev gazetteer lint types layers floors tests ## run every check and every test

install: $(RUN) ## install the program and what it needs, each package by its hash

dev: $(DEV) ## install what the checks and tests need besides

gazetteer: $(RUN) ## build the gazetteer once (about 40 seconds)
	@test -f "$$($(BIN)/dateline gazetteer path)" \
	  || { echo "Building the gazetteer (once)"; $(BIN)/dateline gazetteer build > $(VENV)/.gazetteer-path; }

lint: $(DEV) ## style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV) ## types, strictly
	$(BIN)/mypy

layers: $(DEV) ## who may import whom
	$(BIN)/lint-imports

tests: $(DEV) gazetteer ## the tests
	$(PY) -m pytest

floors: $(DEV) gazetteer ## the example reports: what quality may not fall below
	$(PY) -m benchmarks.examples --floor

bench: $(DEV) gazetteer ## accuracy on the public corpora in DATELINE_CORPORA, then speed against bare spaCy
	$(PY) -m benchmarks.bench
	DATELINE_FLOORS=all $(PY) -m pytest tests/test_floors.py
	$(PY) -m benchmarks.speed

deskbench: $(DEV) gazetteer ## the desk: the sample beside its gold, copies, masking, kills, growth to a million claims
	$(PY) -m benchmarks.sample_desk --misses
	$(PY) -m benchmarks.capitals
	$(PY) -m benchmarks.joining
	$(PY) -m benchmarks.copies
	@test -f build/afghanistan-2021.desk || $(PY) -m tools.demo > build/demo.txt
	$(PY) -m benchmarks.masking build/afghanistan-2021.desk
	$(PY) -m benchmarks.kill
	$(PY) -m benchmarks.scale

errors: $(DEV) gazetteer ## the errors on one: make errors CORPUS=fakes [KIND=day] [LIMIT=40]
	@$(PY) -m benchmarks.bench --errors $(CORPUS) $(if $(KIND),--kind $(KIND)) $(if $(LIMIT),--limit $(LIMIT))

docs: gazetteer ## write what the documents take from the program
	$(PY) -m tools.fields
	$(PY) -m tools.columns
	$(PY) -m tools.excerpts

lock: $(DEV) ## write requirements/*.txt from pyproject.toml
	$(PY) -m tools.lock

clean: ## remove the environment and what checks left behind
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist

$(MADE):
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Dateline needs Python 3.11 or newer: make PYTHON=/path/to/python" >&2; exit 1; }
	@echo "Making the environment in $(VENV)"
	@"$(PYTHON)" -m venv $(VENV) \
	  || { echo "Python lacks its module venv (Debian, Ubuntu: the package python3-venv)" >&2; exit 1; }
	@touch $@

$(RUN): requirements/run.txt pyproject.toml $(MADE)
	@echo "Installing what the program needs (a minute or two, once)"
	@$(PIP) $(LOCKED) -r requirements/run.txt
	@$(PIP) --no-deps --no-index --no-build-isolation --editable .
	@touch $@

$(DEV): requirements/dev.txt $(RUN)
	@echo "Installing what the checks need"
	@$(PIP) $(LOCKED) -r requirements/dev.txt
	@touch $@
