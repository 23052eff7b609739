# Two commands on a fresh machine with Python 3.11+ and make: `make demo` and `make test`.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready-dev
RUNNING := $(VENV)/.ready-run
SOURCES := domain application adapters entrypoints sandbox tests
WORKERS ?= auto
# Hundreds of processes start in the tests and three in a demo: none compiles again what another has.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo serve test check format lint types imports wheel bench docs pictures gallery lock clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(BIN)/uv:
	$(PYTHON) -c 'import sys; sys.exit("Attain needs Python 3.11 or newer; name one with make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(RUNNING): requirements/run.txt pyproject.toml | $(BIN)/uv
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/run.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

$(READY): requirements/dev.txt $(RUNNING)
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

setup: $(READY) ## Make .venv and install everything from the lock

demo: $(RUNNING) ## Sample college, practice Canvas and Attain on this machine
	$(BIN)/attain demo

serve: $(RUNNING) ## The server with the settings of the environment
	$(BIN)/attain db upgrade
	$(BIN)/attain serve

test: $(READY) ## All tests but the benchmarks, in parallel
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --durations=20

check: format lint types imports test wheel ## Everything that must hold before a change lands

format: $(READY) ## Is the code formatted?
	$(BIN)/ruff format --check .

lint: $(READY) ## Does ruff find nothing?
	$(BIN)/ruff check .

types: $(READY) ## Does mypy, strict, find nothing?
	$(BIN)/mypy

imports: $(READY) ## Do the arrows between the rooms point inward?
	$(BIN)/lint-imports --no-cache

wheel: $(READY) ## Build the wheel, install it in a clean environment, ask its version
	rm -rf dist build/wheel
	$(BIN)/uv build --quiet --python $(BIN)/python --wheel --sdist
	$(BIN)/python -m venv build/wheel
	$(BIN)/uv pip install --quiet --python build/wheel/bin/python --require-hashes -r requirements/run.txt
	$(BIN)/uv pip install --quiet --python build/wheel/bin/python --no-deps dist/*.whl
	cd build && wheel/bin/attain --version

bench: $(READY) ## Measure speed beside the peers, printed as ratios
	$(BIN)/python -m venv build/bench
	$(BIN)/uv pip install --quiet --python build/bench/bin/python --require-hashes -r requirements/bench.txt
	$(BIN)/uv pip install --quiet --python build/bench/bin/python --no-deps -e .
	build/bench/bin/python -m tests.benchmark

pictures: $(READY) ## Take the pictures of the README from the running product
	$(BIN)/python -m tests.browser.pictures

gallery: $(READY) ## Take a picture of every page at two widths, for the docs
	$(BIN)/python -m tests.browser.gallery

docs: $(READY) ## Write the pages of the docs that are made from the code
	$(BIN)/python -m tests.documents

lock: $(BIN)/uv ## Resolve the locks again
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --group dev -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --group dev --group bench -o requirements/bench.txt

clean: ## Remove the environment and everything built
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
