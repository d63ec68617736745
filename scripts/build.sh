#!/usr/bin/env bash
# Builds the release of page and workers into dist/, with the tools that scripts/toolchain.sh chose.
#
#   scripts/build.sh             all of it
#   scripts/build.sh programs    only what cargo does of it, as trunk will ask for it: needs no trunk yet
set -euo pipefail
cd "$(dirname "$0")/.."
source target/toolchain.env
# A folder of its own: the compiler for wasm may be another one than that for this machine.
export CARGO_TARGET_DIR=$PWD/target/wasm
# Leptos boxes views instead of making a type for each (docs/decisions/0009-the-page-is-thin.md). A panic names its file,
# and that is a path of the sources on every machine.
cargo_home=${CARGO_HOME:-$HOME/.cargo}
sysroot=$("${RUSTC:-rustc}" --print sysroot)
flags=(--cfg erase_components "--remap-path-prefix=$PWD/=" "--remap-path-prefix=$sysroot/lib/rustlib/src/=")
for registry in "$cargo_home"/registry/src/*/; do flags+=("--remap-path-prefix=$registry=crates/"); done
CARGO_ENCODED_RUSTFLAGS=$(printf '%s\037' "${flags[@]}")
export CARGO_ENCODED_RUSTFLAGS=${CARGO_ENCODED_RUSTFLAGS%$'\037'}

if [ "${1:-}" = programs ]; then
  programs=$(sed -nE 's/.*data-bin="([^"]+)".*data-cargo-features="([^"]+)".*/\1 \2/p' index.html)
  while read -r name features; do
    cargo build --release --locked --offline --target wasm32-unknown-unknown --bin "$name" --no-default-features --features "$features"
  done <<<"$programs"
  exit
fi
echo "build: trunk build --release (about 4 minutes the first time)"
log=$(mktemp)
if ! trunk build --release --offline >"$log" 2>&1; then
  tail -n 60 "$log" >&2
  echo "build: failed" >&2
  exit 1
fi
rm -f "$log"
if grep -rlaF -e "$PWD/" -e "$cargo_home/" -e "$sysroot/" dist; then
  echo "build: these files name folders of this machine" >&2
  exit 1
fi
echo "build: dist/ is ready"
