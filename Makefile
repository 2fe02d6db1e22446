# The doors of this project. Each sets up what it needs: a virtual environment in .venv with hash-pinned packages.
# Another Python: make serve PYTHON=python3.13. Another address: make serve ADDRESS=127.0.0.1:9000.

PYTHON ?= $(shell for candidate in python3 python3.13 python3.12 python3.11 python; do \
	"$$candidate" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$candidate" && break; done)
ADDRESS ?= 127.0.0.1:8000
VENV := .venv
export NO_MKDOCS_2_WARNING := 1
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
SITE := $(VENV)/.site
DEV := $(VENV)/.dev

.PHONY: help serve site pdf test check format lock clean
.DELETE_ON_ERROR:

help:
	@echo "make serve   build the site and serve it at http://$(ADDRESS)/, with a report on every save"
	@echo "make site    build the site into site/; a finding stops the build"
	@echo "make pdf     build the site, and the whole book as site/book.pdf (needs Chromium, Chrome or Edge)"
	@echo "make test    run all tests (browser tests need Chromium)"
	@echo "make check   ruff, mypy, and the checker over this project's own chapters"
	@echo "make format  let ruff format the code"
	@echo "make lock    resolve requirements/*.txt anew"
	@echo "make clean   remove everything that these commands made"

serve: $(SITE)
	$(BIN)/mkdocs serve --dev-addr $(ADDRESS)

site: $(SITE)
	$(BIN)/mkdocs build --strict

# Another browser: make pdf CHROMIUM=/path/to/chromium.
pdf: site
	$(if $(CHROMIUM),CHROMIUM="$(CHROMIUM)") $(BIN)/python -m convergence_docs.site.printing.pdf site print/ site/book.pdf

test: $(DEV)
	$(BIN)/python -m pytest

check: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/convergence-docs check

format: $(DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# --universal: one file for Python 3.11 to 3.13 on every platform.
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
COMPILE := $(LOCK) requirements/build.in
# What action.yml installs, where only the checker runs.
ACTION := $(LOCK) --constraint requirements/dev.txt

lock: $(DEV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.9,<1"
	$(COMPILE) --extra site --extra pdf --group dev --output-file requirements/dev.txt $(UPGRADE)
	$(COMPILE) --extra site --extra pdf --constraint requirements/dev.txt --output-file requirements/site.txt $(UPGRADE)
	$(ACTION) --extra diagrams --output-file requirements/check.txt $(UPGRADE)
	$(ACTION) --extra diagrams --extra external --output-file requirements/external.txt $(UPGRADE)

clean:
	rm -rf $(VENV) site build dist .convergence-cache .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@test -n "$(PYTHON)" && "$(PYTHON)" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' || { \
		echo "This project needs Python 3.11 or newer; none was found. Name one: make $(or $(MAKECMDGOALS),serve) PYTHON=/path/to/python3.11" >&2; \
		echo "需要 Python 3.11 或更高版本，但没有找到。请指明：make $(or $(MAKECMDGOALS),serve) PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
		echo "The virtual environment could not be made. On Debian and Ubuntu: apt-get install python3-venv" >&2; \
		echo "无法创建虚拟环境。Debian 与 Ubuntu 上请先执行：apt-get install python3-venv" >&2; exit 1; }

$(SITE): requirements/site.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing the site's packages (once) … 正在安装依赖（仅一次）…"
	$(INSTALL) --require-hashes -r requirements/site.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing the developer's packages (once) … 正在安装开发依赖（仅一次）…"
	$(INSTALL) --require-hashes -r requirements/dev.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@ $(SITE)
