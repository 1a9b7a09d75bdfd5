# Everything runs in .venv at the root; needs Python 3.11+, make and the package registries.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup assets demo test test-spark check lock clean
.DEFAULT_GOAL := help

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:[^#]*## /\t/' | expand -t 12

setup: .venv/.ready assets ## install what a running Sightline and its tests need

.venv/.ready: requirements/base.txt requirements/dev.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

assets: .venv/.ready ## fetch the GOV.UK and MoJ frontends and copy their compiled files
	$(BIN)/python assets/build.py

demo: setup ## a running system with a populated fictional borough
	$(BIN)/sightline demo

test: setup ## the whole test run
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder --ignore tests/journeys
	$(BIN)/pytest -n 2 --dist loadfile tests/journeys

test-spark: setup ## the figures on Spark too; needs Java 17, and fetches 440 MB
	$(BIN)/pip install --quiet --require-hashes -r requirements/spark.txt
	$(BIN)/pytest -q tests/insight/test_spark.py tests/insight/test_back_history.py tests/insight/test_repeats.py

check: setup ## lint, format, types and layers, without the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

lock: .venv/.ready ## compile requirements/*.in to locked files with hashes
	for f in base dev spark; do $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url \
		--no-header --python-version 3.11 --universal requirements/$$f.in -o requirements/$$f.txt; done

clean: ## remove what was built; never data
	rm -rf build .venv node_modules sightline/static/vendor
