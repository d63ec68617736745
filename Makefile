# Two commands are all one needs: `make serve` and `make test`. Both set everything up and are quick when nothing changed.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help serve dev build test soak bench lighthouse terminal toolchain format clean

# The real sample files, where they are; tests that need them are skipped with a line when they are not.
export HIGHWATER_SAMPLES ?= $(abspath ../shared/samples)

# Everything that the built page depends on.
SOURCES := $(shell find src public style -type f) index.html Trunk.toml Cargo.toml Cargo.lock scripts/build.sh scripts/build_id.rs scripts/texts.mjs

help:
	@echo 'make serve       set everything up, build the release, serve it on a loopback address'
	@echo 'make dev         serve an unoptimised build, built and loaded again on every change'
	@echo 'make test        set everything up, run every check'
	@echo 'make soak        the random sequences of the tests at length: ten times as many, about an hour'
	@echo 'make terminal    build the command line: target/terminal/highwater'
	@echo 'make bench       what an edit and a large estate cost in the page, benchmarks, and that estate beside DuckDB where it is installed'
	@echo 'make lighthouse  the four scores of the built page'
	@echo 'make format      format the code'

toolchain:
	@scripts/toolchain.sh

dist/.built: $(SOURCES)
	@scripts/toolchain.sh
	@scripts/build.sh
	@touch dist/.built

build: dist/.built

serve: dist/.built
	@node scripts/serve.mjs

# Into a folder of its own, so that dist/ stays the release.
dev:
	@scripts/toolchain.sh
	@mkdir -p target/dev
	@source target/toolchain.env && CARGO_TARGET_DIR=target/wasm RUSTFLAGS='--cfg erase_components' \
	  trunk serve --offline --dist target/dev

test:
	@scripts/test.sh

soak: dist/.built
	@scripts/toolchain.sh tests
	@scripts/soak.sh

terminal:
	@cargo build --locked --profile terminal
	@echo 'built target/terminal/highwater'

bench: dist/.built terminal
	@scripts/toolchain.sh tests
	@scripts/bench.sh

lighthouse: dist/.built
	@scripts/toolchain.sh tests
	@source target/toolchain.env && node scripts/lighthouse.mjs

format:
	@cargo fmt

clean:
	@rm -rf dist target tests/e2e/node_modules tests/e2e/results
