PYTHON ?= python3

.PHONY: help
help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: ## install what is missing, then start the whole system on http://127.0.0.1:8080
	@$(PYTHON) daogou/bootstrap.py run rasa
	@.venv/bin/python -m daogou run

