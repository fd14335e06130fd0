# Everything a newcomer needs; README.md explains. Nothing here asks a question.
VENV ?= .venv
PYTHON ?= python3
DEMO ?= 1
ARGS ?=
export PYTHON

PY := $(VENV)/bin/python
# One stamp for one list of requirements: another list installs again.
STAMP := $(VENV)/.installed-$(shell sha256sum requirements.txt | cut -c1-16)

.DEFAULT_GOAL := help
.PHONY: help setup setup-tests run test check lint bench screenshots

help:
	@echo "make run          the product at http://127.0.0.1:$${PORT:-8000}/ (DEMO=0: without the demo district)"
	@echo "make test         the whole suite, on SQLite and again on PostgreSQL and Redis where they answer"
	@echo "make check        what continuous integration runs"
	@echo "make bench        benchmarks and drills (BENCH=name for one of them)"
	@echo "make screenshots  every page of every role as PNG under var/screenshots/"

setup: packages $(STAMP)

.PHONY: packages test-packages
packages:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	@.ci/packages run

test-packages:
	@.ci/packages test

$(STAMP): | packages
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@echo "Installing Python packages…"
	@$(PY) -m pip install --disable-pip-version-check --no-input -q -r requirements.txt
	@rm -f $(VENV)/.installed-* && touch $@

setup-tests: test-packages setup

run: setup
	@exec $(PY) manage.py serve $(if $(filter 0,$(DEMO)),--no-demo)

test: setup-tests
	@exec $(PY) -m mentorship.suite $(ARGS)

lint: setup
	$(VENV)/bin/ruff format --check --quiet .
	$(VENV)/bin/ruff check --quiet .
	$(VENV)/bin/djlint templates --lint --quiet
	$(PY) manage.py makemigrations --check --dry-run
	DEBUG=0 SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))') \
		ALLOWED_HOSTS=mentors.example SITE_URL=https://mentors.example \
		$(PY) manage.py check --deploy --fail-level WARNING

check: setup-tests lint
	@exec $(PY) -m mentorship.suite $(ARGS)

bench: setup-tests
	@exec $(PY) -m bench $(BENCH)

screenshots: setup-tests
	@exec $(PY) manage.py screenshots
