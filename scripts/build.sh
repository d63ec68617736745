#!/usr/bin/env bash
# Builds the release of page and worker into dist/, with the tools that scripts/toolchain.sh chose.
set -euo pipefail
cd "$(dirname "$0")/.."
source target/toolchain.env
# A folder of its own: the compiler for wasm may be another one than that for this machine.
export CARGO_TARGET_DIR=$PWD/target/wasm
# Leptos boxes the children and attributes of elements: a seventh less to download than a type for every view
# (docs/decisions/0009-the-page-is-thin.md). What only a debugger would print is left out, and a panic is a trap without
# words: another twentieth. Paths that stay in the program are those of the sources, on every machine.
flags=(--cfg erase_components -Zfmt-debug=none -Zlocation-detail=none -Zunstable-options -Cpanic=immediate-abort
  "--remap-path-prefix=$PWD/="
  "--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src/=crates/"
  "--remap-path-prefix=$("${RUSTC:-rustc}" --print sysroot)/lib/rustlib/src/=")
CARGO_ENCODED_RUSTFLAGS=$(printf '%s\037' "${flags[@]}")
export CARGO_ENCODED_RUSTFLAGS=${CARGO_ENCODED_RUSTFLAGS%$'\037'}
echo "build: trunk build --release (about 4 minutes the first time)"
log=$(mktemp)
if ! trunk build --release --offline --public-url ./ >"$log" 2>&1; then
  tail -n 60 "$log" >&2
  echo "build: failed" >&2
  exit 1
fi
rm -f "$log"
node scripts/minify.mjs
echo "build: dist/ is ready"
