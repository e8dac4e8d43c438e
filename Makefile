# What a person types. The work is in scripts/; `make` alone lists the targets.
.DEFAULT_GOAL := help
.PHONY: help run meaning watch test lint unit e2e site bench clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: ## set up what is missing, build, serve the portal on http://127.0.0.1:3000
	@exec scripts/run.sh

meaning: ## the model for searches by meaning, on http://127.0.0.1:8600
	@exec scripts/meaning.sh

watch: ## the same, built again on every change
	@exec scripts/watch.sh

test: ## everything that must hold: lint, unit, e2e
	@scripts/test.sh

lint: ## form, clippy, and no server crate in the wasm
	@scripts/setup.sh test && scripts/lint.sh

unit: ## the tests in Rust, on SQLite and PostgreSQL (a private one, or TEST_DATABASE_URL)
	@scripts/setup.sh test && scripts/unit.sh

e2e: ## the portal in a browser, with and without JavaScript
	@scripts/setup.sh test && scripts/e2e.sh

site: ## only the browser's part, into target/site
	@scripts/setup.sh run && scripts/site.sh

bench: ## measure the portal under load
	@scripts/setup.sh test && scripts/bench.sh && scripts/bench/press.sh

clean: ## remove what was built in this folder; tools and npm packages stay
	@rm -rf target frontend/public/icons.svg frontend/public/portal-map.js
