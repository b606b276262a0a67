# The commands of this house; `make help` lists them, and each prints its own comment as it runs.
# Needs git, make and Python 3.11 or newer. Everything else goes into .venv/, pinned by hash.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

# A stamp carries a hash of what it was made from (this file too), so a warm run looks at file names and does nothing.
# The folder and the interpreter are in the first, because a moved or re-based .venv is a broken one.
BASE := $(VENV)/stamp-base-$(shell { pwd; $(PYTHON) --version; } 2>&1 | sha256sum | cut -c1-12)
CORE := $(VENV)/stamp-core-$(shell cat Makefile requirements/core.txt | sha256sum | cut -c1-12)
FORMATS := $(VENV)/stamp-formats-$(shell cat Makefile requirements/core.txt requirements/formats.txt | sha256sum | cut -c1-12)
ATTACK := $(VENV)/stamp-attack-$(shell cat Makefile requirements/attack.txt tests/attack/built-by.txt | sha256sum | cut -c1-12)
DEV  := $(VENV)/stamp-dev-$(shell cat Makefile requirements/core.txt requirements/dev.txt | sha256sum | cut -c1-12)

# Only ready-built files: a source build would fetch build tools that nothing here pins. The tests say UNCOMPILED, for
# they import few of what they install; an installation compiles ahead, and whoever serves it may write nothing there.
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check \
	--no-deps --only-binary=:all: --require-hashes $(UNCOMPILED)

# The holdfast command. Through sh, because a path with a space or a very long one cannot stand in a `#!` line.
define LAUNCHER
#!/bin/sh
'''exec' "$(CURDIR)/$(BIN)/python" "$$0" "$$@"
' '''
import sys

from holdfast.site.command import main

if __name__ == "__main__":
    sys.exit(main())
endef
export LAUNCHER

tell = @sed -n 's/^\($@\):.*\#\# /\1: /p' Makefile

.DEFAULT_GOAL := help
.PHONY: help env formats demo test check check-all check-pages attack bench bench-people look lock clean

help: ## Lists what make can do here.
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' Makefile

env: $(CORE) ## Makes .venv/ with the pinned core and the holdfast command in it.
	$(tell)

formats: $(FORMATS) ## Adds what the guide's files (PDF, large print) are made with; `apt.txt` names the rest.
	$(tell)

demo: env ## Prepares the worked example and serves it to this machine only.
	$(tell)
	@echo "the first start takes one to two minutes"; $(BIN)/holdfast demo $(ARGS)

test: ## Runs every test, after installing what apt.txt and requirements/dev.txt name, side by side.
	$(tell)
	@.ci/packages & packages=$$!; $(MAKE) --no-print-directory UNCOMPILED=--no-compile $(DEV); made=$$?; wait $$packages && exit $$made
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(DEV) ## Reads the code and the packs for faults: ruff, mypy, import-linter, holdfast check.
	$(tell)
	@faults=0; for each in 'ruff check' 'ruff format --check' mypy 'lint-imports --no-cache' 'holdfast check'; do \
	  echo "$$each"; $(BIN)/$$each || faults=1; done; exit $$faults

check-all: $(DEV) ## Builds every page of every place, language and format, and holds each against its checker (an hour or more).
	$(tell)
	@.ci/packages
	@$(BIN)/python tests/check_all.py $(ARGS)

check-pages: $(DEV) ## Looks at the contrast of every text and at every form in a browser, of which `make test` looks at a choice.
	$(tell)
	@.ci/packages
	@HOLDFAST_EVERY_TEXT=1 HOLDFAST_EVERY_FORM=1 $(BIN)/python -m pytest -n 3 --dist loadfile \
	  $$(grep -rlE '(support.axe|journeys.held_to) import' tests --include='test_*.py') $(ARGS)

attack: env $(DEV) $(ATTACK) ## Attacks a demonstration of its own for 20 minutes with wapiti, sqlmap, schemathesis and naughty strings (ARGS="--minutes 5").
	$(tell)
	@$(VENV)/attack/bin/python -m tests.attack.run $(ARGS)

bench: $(DEV) ## Measures what must be fast: runs each bench/*.py in turn.
	$(tell)
	@for each in bench/[a-z]*.py; do test -e "$$each" || continue; echo "$$each"; $(BIN)/python "$$each" || exit 1; done

bench-people: $(DEV) ## Measures finding people at 10,000,000 (ARGS="--people 30000000"); needs 12 GB of disk and an hour, 30,000,000 three times that.
	$(tell)
	@$(BIN)/python bench/people.py --people 10000000 --no-peers $(ARGS)

look: ## Rebuilds the vendored styles from their sources (needs Node; nothing else here does).
	$(tell)
	@bash src/holdfast/doors/look/build.sh

lock: env ## Pins what pyproject.toml asks for, into requirements/ (newer pins: ARGS=--upgrade).
	$(tell)
	@$(PYTHON) -m venv --clear $(VENV)/lock
	@$(VENV)/lock/bin/pip install -qq --disable-pip-version-check uv==0.13.8
	@pin() { $(VENV)/lock/bin/uv pip compile -q --no-config --no-emit-index-url --no-emit-find-links --universal \
	    --python-version 3.11 --generate-hashes --custom-compile-command 'make lock' $(ARGS) "$$@"; }; \
	  pin pyproject.toml -o requirements/core.txt && \
	  pin --group formats -c requirements/core.txt -o requirements/formats.txt && \
	  pin --group attack -o requirements/attack.txt && \
	  pin --group kms -c requirements/core.txt -o requirements/kms.txt && \
	  pin --group linking -c requirements/core.txt -o requirements/linking.txt && \
	  pin --group dev -c requirements/formats.txt -c requirements/core.txt -o requirements/dev.txt
	@rm -r $(VENV)/lock

clean: ## Removes .venv/ and what the checkers leave. Never touches the data folder.
	$(tell)
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find src tests bench -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

$(BASE):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Holdfast needs Python 3.11 or newer; name one with: make env PYTHON=python3.11'; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo 'This Python cannot make a virtual environment. This mends it:'; \
	    echo '  sudo apt-get install -y python3-venv'; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(CORE): $(BASE)
	@$(INSTALL) -r requirements/core.txt
	@echo "$(CURDIR)/src" > "$$(echo $(VENV)/lib/python3*/site-packages)/holdfast.pth"
	@printf '%s\n' "$$LAUNCHER" > $(BIN)/holdfast
	@chmod +x $(BIN)/holdfast
	@rm -f $(VENV)/stamp-core-*
	@touch $@

$(FORMATS): $(CORE)
	@$(INSTALL) -r requirements/formats.txt
	@rm -f $(VENV)/stamp-formats-*
	@touch $@

# An environment of its own: the tools want other versions of what Holdfast is built on. Three parts have no ready-built
# file; they are built by tools that are pinned as well (tests/attack/built-by.txt), and fetch nothing.
$(ATTACK): $(BASE)
	@$(PYTHON) -m venv --clear $(VENV)/attack
	@$(VENV)/attack/bin/python -m pip install -qq --disable-pip-version-check --no-deps --only-binary=:all: \
	  --require-hashes -r tests/attack/built-by.txt
	@$(VENV)/attack/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation \
	  --require-hashes --only-binary=:all: --no-binary=pyperclip,urwid-mitmproxy,yaswfp -r requirements/attack.txt
	@rm -f $(VENV)/stamp-attack-*
	@touch $@

# Not compiled ahead: most of it is never imported, and what is imported is compiled then.
$(DEV): $(CORE)
	@$(INSTALL) --no-compile -r requirements/dev.txt
	@rm -f $(VENV)/stamp-dev-*
	@touch $@
