PYTHON ?= python3
RUN := .venv/bin/python
RASA := .venv-rasa/bin/python
BOOTSTRAP := @$(PYTHON) daogou/bootstrap.py
PYTEST := $(RUN) -m pytest
FOLDS ?= 5
BARE := -c tests/bare.ini --rootdir .
RASA_ENV := RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=3 SQLALCHEMY_SILENCE_UBER_WARNING=1 PYTHONPATH=.
LOCK := uv pip compile --upgrade --no-annotate --no-header --no-emit-index-url
LINUX := --python-platform x86_64-manylinux_2_28
export RASA_CACHE_DIRECTORY ?= var/nlu/cache

.DEFAULT_GOAL := help

.PHONY: help
help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: ## install what is missing, then start the shop on http://127.0.0.1:8080
	$(BOOTSTRAP) run rasa
	@exec $(RUN) -m daogou run

.PHONY: setup
setup: ## make the environments for running, testing and checking
	$(BOOTSTRAP) dev rasa-dev

.PHONY: train-env
train-env: ## make the environment for training (torch)
	$(BOOTSTRAP) train

.PHONY: test
test: setup test-python test-bot test-system ## all tests but those of the browser and of training

.PHONY: test-python
test-python: ## unit and integration tests (TEST_POSTGRES_URL adds PostgreSQL)
	$(PYTEST) tests/unit tests/integration --ignore=tests/unit/bot

.PHONY: test-bot
test-bot: ## tests of the language understanding, and of its data
	$(RASA_ENV) $(RASA) -m pytest $(BARE) tests/unit/bot tests/nlu

.PHONY: test-system
test-system: ## conversations with the whole system, friendly and hostile
	$(PYTEST) --lab tests/conversations tests/adversarial

.PHONY: test-heldout
test-heldout: ## conversations that the bot was not made with; not all of them pass yet
	$(PYTEST) --lab tests/heldout

.PHONY: test-nlu
test-nlu: ## held-out sentences and cross-validation (FOLDS=0: none), held against their gates
	$(RUN) -m daogou lint-data
	$(RUN) -m daogou test nlu --folds $(FOLDS)

.PHONY: mutation
mutation: ## break the bot on purpose and see whether a conversation notices
	$(RUN) -m daogou test mutation

.PHONY: browser-test
browser-test: ## the widget and the shop in Chromium (DAOGOU_TEST_CHROMIUM)
	$(PYTEST) --system tests/browser

.PHONY: test-train
test-train: ## every training stage on a tiny model (after make train-env)
	.venv-train/bin/python -m pytest $(BARE) tests/training

.PHONY: check
check: setup ## style, types, borders of the rooms, dialogue data
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	.venv/bin/lint-imports
	$(RASA_ENV) $(RASA) -W ignore -m rasa data validate --data data/nlu data/rules data/stories data/responses

.PHONY: format
format: ## put all code into the common style
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

.PHONY: train
train: ## train the dialogue model where its data changed
	$(RUN) -m daogou train nlu

.PHONY: index
index: ## bring the search index up to date
	$(RUN) -m daogou index

.PHONY: evaluate
evaluate: ## measure the quality of search
	$(RUN) -m daogou evaluate

.PHONY: bench
bench: ## measure the speed of search, and of chat where the system runs
	$(RUN) -m daogou bench

.PHONY: doctor
doctor: ## say what works and how to mend what does not
	$(RUN) -m daogou doctor

.PHONY: lock
lock: ## pin the newest versions that fit requirements/*.in (needs uv)
	$(LOCK) --universal --python-version 3.11 requirements/run.in -o requirements/run.txt
	$(LOCK) --universal --python-version 3.11 requirements/dev.in -o requirements/dev.txt
	$(LOCK) $(LINUX) --python-version 3.10 requirements/rasa.in -o requirements/rasa.txt
	$(LOCK) $(LINUX) --python-version 3.10 requirements/rasa-dev.in -o requirements/rasa-dev.txt
	$(LOCK) $(LINUX) --python-version 3.11 --torch-backend cpu requirements/train.in -o requirements/train.txt
	sed -i 's/+cpu$$//' requirements/train.txt

.PHONY: clean
clean: ## remove what can be made again: environments, caches, models, index; never the database
	rm -rf .venv .venv-rasa .venv-train .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	rm -rf var/nlu var/index var/log var/test var/screenshots
