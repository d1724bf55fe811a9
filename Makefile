# Python 3.11 or newer and make are all that these need.
.PHONY: run test lint compile bench shots words lock
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
UV := uv==0.13.9
# An installation is named after what was installed: only another list of requirements installs again.
RUNTIME := .venv/runtime-$(shell cksum < requirements.txt | tr ' ' '-')
DEVELOPMENT := .venv/development-$(shell cksum < requirements-dev.txt | tr ' ' '-')

run: $(RUNTIME)
	@$(BIN)/python manage.py up --port $(PORT)

test: $(DEVELOPMENT)
	@$(BIN)/python -m tests.run

lint: $(DEVELOPMENT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_architecture.py
	$(BIN)/python manage.py makemigrations --check --dry-run
	SECURE_SSL=on $(BIN)/python manage.py check --deploy
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

compile: $(DEVELOPMENT)
	@$(BIN)/python manage.py compile_rules

bench: $(DEVELOPMENT)
	@$(BIN)/python manage.py compile_rules --try
	@$(BIN)/python -m bench.run

shots: $(DEVELOPMENT)
	@$(BIN)/python -m bench.shots

# Gettext is needed only here: the compiled catalogues are committed.
words: $(DEVELOPMENT)
	@$(BIN)/python manage.py makemessages
	@$(BIN)/python manage.py compilemessages -v0 -i .venv

lock: $(DEVELOPMENT)
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 -c requirements.txt requirements-dev.in -o requirements-dev.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 -c requirements-dev.txt requirements-compile.in -o requirements-compile.txt

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python has no venv module; on Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv .venv

# uv installs in seconds; where it cannot be had, pip does the same more slowly.
define INSTALL
	@echo "Installing $(1) ..."
	@rm -f $(2)-*
	@if $(BIN)/pip install -q --disable-pip-version-check $(UV); \
		then $(BIN)/uv pip install -q --require-hashes -r $(1); \
		else $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r $(1); fi
	@touch $@
endef

$(RUNTIME): | .venv/bin/pip
	$(call INSTALL,requirements.txt,.venv/runtime)

$(DEVELOPMENT): | .venv/bin/pip
	$(call INSTALL,requirements-dev.txt,.venv/development)
