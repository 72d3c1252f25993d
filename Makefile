# The two that a new user needs: `make chat` and `make test`. All of them may be run again.
PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
LOCKS := requirements.lock requirements-model.lock
INSTALL := @PYTHON="$(PYTHON)" bash scripts/install $(LOCKS)

.PHONY: help install chat test check evals format lock clean
help: ## list these targets (ARGS="..." is passed on by chat, test, evals and lock)
	@sed -n 's/^\([a-z]*\):.*## /\1 /p' Makefile | while read -r name does; do printf '%-9s%s\n' "$$name" "$$does"; done
install: ## make .venv and install the product into it, from locks with hashes
	$(INSTALL)
chat: install ## read letters/ and open the chat; its address is printed
	@$(BIN)/python -m assistant ingest || echo "Not everything could be read: the lines above say what. The chat has the rest."
	@$(BIN)/streamlit run app.py $(ARGS)
test: ## install what tests need and run them all
	@PYTHON="$(PYTHON)" bash scripts/system-packages
	$(INSTALL) requirements-dev.lock requirements-test-model.lock
	@$(BIN)/python -m pytest $(ARGS)
check: ## format, lint, types, and who may import whom
	$(INSTALL) requirements-dev.lock
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
evals: install ## answer the evaluation set and compare with the baseline
	@$(BIN)/python -m evals gate $(ARGS)
format: ## format, and mend what the linter can
	$(INSTALL) requirements-dev.lock
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
lock: ## write the locks anew from requirements*.txt (ARGS=--upgrade for newer versions)
	@PYTHON="$(PYTHON)" bash scripts/lock $(ARGS)
clean: ## remove .venv and caches; the store stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
