# milaid: what can be made. `make help` lists the targets.
PYTHON ?= python3
UV := .uv/bin/uv
RUN := .venv/bin
STAMP := .venv/.complete
MILAID := $(RUN)/milaid

.DEFAULT_GOAL := help
.PHONY: help report reports lab data check test bench format lint pictures style-guide clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'
	@echo
	@echo "  make report YEAR=2014          one year; without YEAR the newest year of data"
	@echo "  make reports ARGS=\"--only 'country/*'\"   a part of the plan; milaid build --help says what else"
	@echo "  MILAID_SOURCES=DIR make data   official files from DIR instead of a download"

report: $(STAMP) ## build the annual trends report of YEAR as HTML, PDF, notebook and CSV
	@$(MILAID) report annual $(if $(YEAR),--fiscal-year "$(YEAR)") $(ARGS)

reports: $(STAMP) ## build every report of reports/plan.yml, in parallel, only what changed
	@$(MILAID) build $(ARGS)

lab: $(STAMP) ## open JupyterLab at the project with Start.ipynb: what is here, recipes
	@$(MILAID) lab $(ARGS)

data: $(STAMP) ## rebuild data/ from the official files, downloaded or in MILAID_SOURCES
	@$(MILAID) data

check: $(STAMP) ## compare all rows with the printed totals
	@$(MILAID) check

# Tests and measurements start many processes: where Python is told to keep no bytecode, each would compile the code for itself.
test: $(STAMP) ## run the tests
	@PYTHONDONTWRITEBYTECODE= $(RUN)/python -m pytest -n auto --dist worksteal $(ARGS)

bench: $(STAMP) ## measure extraction, reports and builds beside their baselines; REF=COMMIT compares with another state
	@PYTHONDONTWRITEBYTECODE= PYTHONPATH=tests $(RUN)/python -m benchmarks $(REF)

format: $(STAMP) ## sort imports and format the code
	@$(RUN)/ruff check --quiet --select I --fix . && $(RUN)/ruff format .

lint: $(STAMP) ## check style, types and lengths
	@$(RUN)/ruff check . && $(RUN)/ruff format --check . && $(RUN)/mypy && $(RUN)/python tests/limits.py

pictures: $(STAMP) ## draw the kinds of charts for CONTRIBUTING.md and write their table there
	@cd docs && ../$(RUN)/python -m chart_catalogue

style-guide: $(STAMP) ## write docs/style-guide.html: every kind of exhibit, chart and page part
	@cd docs && ../$(RUN)/python -m chart_catalogue.style_guide

clean: ## remove the environment and everything built
	rm -rf .venv .uv export .pytest_cache .hypothesis .ruff_cache .mypy_cache
	find reports -mindepth 1 -maxdepth 1 ! -name plan.yml ! -name revisions.json -exec rm -rf {} +

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "milaid needs Python 3.11 or newer, this is %d.%d; name another with make PYTHON=..." % sys.version_info[:2])'
	@$(PYTHON) -m venv .uv
	@.uv/bin/python -m pip install --quiet --disable-pip-version-check uv

$(STAMP): $(UV) pyproject.toml uv.lock
	@$(UV) sync --locked --quiet --python "$(shell command -v $(PYTHON))"
	@touch $@
