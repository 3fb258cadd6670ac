# `make play` and `make test` are all that a newcomer needs; `make` alone lists the rest.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
CLIENT := $(BIN)/python tools/client.py

export PIP_DISABLE_PIP_VERSION_CHECK := 1

# three processes, for many tests wait; a file of tests in one of them, in the order of the folders
SPREAD := --numprocesses 3 --dist loadfile --no-loadscope-reorder

.PHONY: help play test check bench types setup lock clean

help:           ## list the verbs
	@sed -n 's/^\([a-z]*\):.*## /make \1|/p' Makefile | column -t -s '|' 2>/dev/null || grep '##' Makefile

play: setup     ## play a demonstration game in the browser (ARGS='--seed 7' goes to `alliance demo`)
	$(BIN)/alliance demo $(ARGS)

test: setup     ## run every test (ARGS='-k recall' goes to pytest)
	$(CLIENT) npm test
	$(BIN)/pytest $(SPREAD) $(ARGS)

check: setup    ## format, lint, types, scenarios, generated files, compose file
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(CLIENT) npm run check
	$(BIN)/alliance check
	$(BIN)/alliance types
	$(BIN)/python -m tests.laws.manual
	git diff --exit-code -- client/src/protocol.ts docs
	$(BIN)/docker-compose config -q

bench: setup    ## measure against a bare loop of the same work
	$(BIN)/python -m benchmarks $(ARGS)

types: .venv/installed  ## write what is generated: the client's types, the schema, the rule book, tables in docs
	$(BIN)/alliance types
	$(BIN)/python -m tests.laws.manual

setup: .venv/installed  ## the virtual environment, the locked packages, the client
	@$(CLIENT) build

.venv/installed: .venv/locked pyproject.toml hatch_build.py
	$(BIN)/pip install --quiet --no-build-isolation --no-deps --editable .
	@touch $@

.venv/locked: requirements.lock
	$(if $(PYTHON),,$(error Python 3.11 or newer is needed: install it, or name it with `make PYTHON=/path/to/python3`))
	@$(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| $(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --require-hashes --no-deps -r requirements.lock
	@touch $@

lock:           ## resolve every dependency anew (no addresses: the index is each machine's own choice)
	$(PYTHON) -m venv --clear .venv/lock
	.venv/lock/bin/pip install --quiet uv
	.venv/lock/bin/uv pip compile $(COMPILE) --group dev -o requirements.lock pyproject.toml
	.venv/lock/bin/uv pip compile $(COMPILE) --group node -o tools/node.lock
	rm -r .venv/lock

COMPILE := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header

clean:          ## remove everything that set-up made
	rm -rf .venv client/node_modules client/dist dist
	rm -rf .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
