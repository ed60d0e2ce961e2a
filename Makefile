# `make` without a target lists the targets.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BOTS ?= 0
DATA ?= .vesper
PYTHON ?= $(shell for found in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$found -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$found; break; }; done)
BIN := .venv/bin
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python
PACKAGES := web/node_modules/.package-lock.json
step = printf '%s … ' "$(1)"; { $(2); } || exit; echo "$$SECONDS s"

BENCHES := bench-ledger bench-minutes bench-media bench-people
RUNNING := .venv/running-$(shell echo $$PPID)
WORKERS ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1)))
export DATA BOTS
unexport PYTHONDONTWRITEBYTECODE  # each worker and each process that a test starts would compile everything again

.PHONY: help run test check pytest mutants soak web-check styleguide lock pin-images clean node chromium bench $(BENCHES)

help: ## Show this
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUNNING) ## Everything on this machine, with a demo clinic (BOTS=6 adds six participants, DATA=folder keeps data there)

$(RUNNING): .venv/.run
	@exec $(BIN)/vesper run --data "$$DATA" --bots "$$BOTS" --mark $@  # see vesper/run/mark.py

test: .venv/.test $(PACKAGES) ## All checks and all tests; this is what CI runs
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target check web-check chromium
	@$(MAKE) --no-print-directory pytest

check: .venv/.test ## Style, types and import contracts, without running anything
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

pytest: .venv/.test web/dist/index.html ## The tests in Python; ARGS selects some (ARGS="tests/domain -x"), WORKERS runs this many at once (one more than processors: some tests wait)
	$(BIN)/pytest $(or $(ARGS),-n $(WORKERS))

web-check: web/dist/index.html
	cd web && npm run check && npm test

styleguide: $(PACKAGES) ## Every part of the web app's design in all its states, served while you change it
	cd web && npx vite --open /styleguide

screenshots: .venv/.test web-check chromium ## Take the picture of a room again, from a test run
	VESPER_SCREENSHOTS=$(CURDIR)/docs $(BIN)/pytest -q tests/evening/test_living_room.py

pictures: docs/pictures/node_modules ## Draw docs/pictures/*.svg again from the texts beside them
	node docs/pictures/draw.mjs

bench: $(BENCHES) ## All benchmarks, one after the other (QUICK=1: in under a minute each)

bench-ledger: .venv/.test ## Facts to the ledger, people to their rooms, minutes to the totals (EVENTS=100000: fewer facts; MINUTES=60 watches memory longer)
	@QUICK=$(QUICK) EVENTS=$(EVENTS) MINUTES=$(MINUTES) $(BIN)/python -m bench.ledger

bench-minutes: .venv/.test ## Facts to seconds: the core against SQL, and a restatement (EVENTS=100000: of fewer facts)
	@QUICK=$(QUICK) EVENTS=$(EVENTS) $(BIN)/python -m bench.minutes

bench-people: .venv/.test ## Searches among 100,000 clients (QUICK=1: among 5,000)
	@QUICK=$(QUICK) $(BIN)/python -m bench.people

bench-media: .venv/.test ## Packets through one core: the built-in engine and Janus in turn, then arrivals in Chromium
	@QUICK=$(QUICK) $(BIN)/python -m bench.media

mutants: .venv/.test ## Make every small change to the arithmetic of minutes, and list those that no test notices (ten minutes)
	@ulimit -v 4194304; $(BIN)/mutmut run  # some mutants would fill the memory
	@$(BIN)/mutmut results

soak: .venv/.test ## Evenings with faults, simulated and real: are their minutes right? (MINUTES=10; CHANCE=1 repeats one)
	@$(BIN)/python -m tests.faults.soak --minutes $(or $(MINUTES),10) $(if $(CHANCE),--chance $(CHANCE))

lock: .venv/.uv ## Pin the newest versions that fit requirements/*.in, by hash
	cd requirements && for list in bootstrap run test; do \
		pins=(); [[ $$list == test ]] && pins=(-c run.txt); \
		../$(BIN)/uv pip compile $$list.in "$${pins[@]}" --upgrade --universal --generate-hashes --no-emit-index-url \
			--no-header --quiet --python-version 3.11 -o $$list.txt; done

pin-images: .venv/.run ## Pin the images of production by digest, if their registry can be reached
	@$(BIN)/python -m vesper.images

clean: ## Remove everything built or installed; your data in .vesper stays
	rm -rf .venv build *.egg-info web/node_modules web/dist docs/pictures/node_modules mutants
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

# ---- prerequisites of the targets above; a stamp is newer than its sources -----------------------------------------

.venv/pyvenv.cfg:
	@[[ -n "$(PYTHON)" ]] || { echo "Vesper needs Python 3.11 or newer: install it, or give its path: make PYTHON=/path/to/python3" >&2; exit 2; }
	@$(call step,Making .venv with $$($(PYTHON) --version),$(PYTHON) -m venv .venv)

.venv/.uv: requirements/bootstrap.txt .venv/pyvenv.cfg
	@$(call step,Installing the installer,$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $<)
	@touch $@

.venv/.run: requirements/run.txt pyproject.toml .venv/.uv
	@$(call step,Installing pinned packages,$(UV) --require-hashes -r $< && $(UV) --no-build-isolation --no-deps -e .)
	@touch $@

.venv/.test: requirements/test.txt .venv/.run
	@$(call step,Installing the packages of the tests,$(UV) --require-hashes -r $<)
	@touch $@

$(PACKAGES): web/package-lock.json | node
	@cd web && $(call step,Installing the web packages,npm ci --no-audit --no-fund --loglevel=error >/dev/null)
	@touch $@

docs/pictures/node_modules: docs/pictures/package-lock.json | node
	@cd docs/pictures && $(call step,Installing the drawing tool,npm ci --no-audit --no-fund --loglevel=error >/dev/null)
	@touch $@

web/dist/index.html: $(PACKAGES) $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -print)
	cd web && npm run build

node:
	@[[ "$$(node --version 2>/dev/null | tr -d v | cut -d. -f1)" -ge 20 ]] && command -v npm >/dev/null \
		|| { echo "The web app needs Node 20 or newer with npm: install them from https://nodejs.org" >&2; exit 2; }

chromium:
	@command -v chromium chromium-browser google-chrome >/dev/null && exit 0; \
	if [[ $$(id -u) == 0 ]] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium …"; apt-get update -q && apt-get install -qy --no-install-recommends chromium; \
	else \
		echo "**** No Chromium: the tests in real browsers WILL BE SKIPPED. Install the package chromium to run them. ****"; \
	fi
