# make demo   a bare machine to a living Bihuan: needs Python 3.11 and make
# make test   everything that says the code is right
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: help env system demo test eval bench lint messages rules requirements

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

env: $(STAMP)  ## the virtual environment with pinned, hashed dependencies

$(STAMP): requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements/dev.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $(STAMP)

system:  ## LibreOffice, Chromium and fonts for the tests that use them (Debian, as root; else says what is missing)
	@sh tools/system-packages.sh

demo: env  ## read a sample report; write its ledger, official document and reading page to demo/
	@$(BIN)/python tools/demo.py demo

test: env system lint  ## every test; what this machine cannot have is skipped with its reason
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: env  ## ruff, and mypy in strict mode
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval: env  ## precision, recall and F1 on the samples, tuned and untuned apart
	$(BIN)/python tools/evaluate.py

bench: env  ## speed, as ratios against what a user would pick instead (REPORT=a text of your own)
	$(BIN)/python bench/reading.py $(REPORT)

messages: env  ## collect the screen's words and compile the English ones
	$(BIN)/python tools/messages.py

rules: env  ## write a page for each rule into docs/rules
	$(BIN)/python tools/rule_docs.py

requirements:  ## pin the dependencies again (needs uv)
	$(COMPILE) pyproject.toml -o requirements/base.txt
	$(COMPILE) --extra ocr --extra dev pyproject.toml -o requirements/dev.txt
