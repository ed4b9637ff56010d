# make run · make up · make down · make test · make check
# Everything lives in .venv (made here, from requirements.lock) and data/ (what the program writes); only the test of
# several workers has two of its own, .venv-scale, from the lock that the image of docker-compose.yml has, and .venv-s3,
# with the S3 server that it goes over; .venv-peers holds what the benchmarks measure us beside.
-include .env
export
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/installed
SCALE := .venv-scale
S3 := .venv-s3
PEERS := .venv-peers
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

# a process a core, and one more for while the others wait; the tests of one file stay in one process, which makes what
# they share once; the longest files begin (tests/conftest.py)
SIDE_BY_SIDE = -n $$(($$(getconf _NPROCESSORS_ONLN) + 1)) --dist loadfile --no-loadscope-reorder
# a model each, in the order in which one stands on the others
FITTED = readings topics areas periods confidence

.PHONY: run up down install test test-scaleout check audit accuracy bench fit starter lock clean

run: install  ## one night through Airflow, then what it gave
	@$(BIN)/streamledger run

up: install  ## Airflow's UI and scheduler on http://localhost:8080
	@$(BIN)/streamledger up

down:  ## stop it
	@$(BIN)/streamledger down

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if (3, 11) <= v < (3, 14) else f"Streamledger needs Python 3.11, 3.12 or 3.13; {sys.executable} is {v.major}.{v.minor}. Choose another: make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "installing the locked packages into .venv (a minute or two the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv==0.13.9"
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --compile-bytecode --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

# the programs that tests start read what the first one compiled
test: export PYTHONDONTWRITEBYTECODE =
test: install  ## every test, those with Airflow and a browser too
	$(BIN)/pytest $(SIDE_BY_SIDE)

test-scaleout: export PYTHONDONTWRITEBYTECODE =
test-scaleout: $(SCALE)/installed $(S3)/installed  ## the night on two Celery workers, one of them killed, and a store by moto; wants PostgreSQL and Redis
	$(BIN)/pytest -m scaleout tests/scaleout tests/store

$(SCALE)/installed: requirements-scale.lock $(STAMP)
	@test -x $(SCALE)/bin/python || $(PYTHON) -m venv $(SCALE)
	@$(BIN)/uv pip sync --quiet --python $(SCALE)/bin/python --compile-bytecode --require-hashes requirements-scale.lock
	@$(BIN)/uv pip install --quiet --python $(SCALE)/bin/python --no-deps --no-build-isolation -e .
	@touch $@

$(S3)/installed: requirements-s3.lock $(STAMP)
	@test -x $(S3)/bin/python || $(PYTHON) -m venv $(S3)
	@$(BIN)/uv pip sync --quiet --python $(S3)/bin/python --compile-bytecode --require-hashes requirements-s3.lock
	@touch $@

check: install  ## every promise of the house, kept by its tool
	$(BIN)/ruff check .
	$(BIN)/ruff format --check etl dags tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --processes 2 warehouse
	$(BIN)/deptry .
	$(BIN)/vulture
	$(BIN)/pytest tests/test_layers.py
	$(BIN)/python -m tests.audit

audit: install  ## ask for known vulnerabilities of the locked packages; where nobody answers, it fails
	$(BIN)/python -m tests.audit --must

accuracy: install  ## scores of the extractor on the gold sets, where they are at hand
	$(BIN)/python -m tests.bench.claims

bench: $(PEERS)/installed  ## measure everything beside its peers, and write BENCHMARKS.md
	$(BIN)/python -m tests.bench

$(PEERS)/installed: requirements-peers.lock $(STAMP)
	@test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	@$(BIN)/uv pip sync --quiet --python $(PEERS)/bin/python --require-hashes requirements-peers.lock
	@touch $@

fit: install  ## learn the extractor's weights again, after a change of words or grammar, and score what they give
	for model in $(FITTED); do $(BIN)/python -m tests.bench.fit_$$model --write || exit; done
	$(BIN)/python -m tests.bench.claims

starter: install  ## rebuild the starter archive from its pages
	$(BIN)/python -m etl.starter.build

lock: install  ## renew the locks from pyproject.toml
	$(LOCK) --extra dev pyproject.toml -o requirements.lock
	$(LOCK) --extra scale pyproject.toml -o requirements-scale.lock
	$(LOCK) --group peers -o requirements-peers.lock
	$(LOCK) --group s3 -o requirements-s3.lock

clean:  ## remove the environments; data/ stays
	rm -rf .venv $(SCALE) $(S3) $(PEERS) *.egg-info
