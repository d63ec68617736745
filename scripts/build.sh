#!/usr/bin/env bash
# Builds the release of page and worker into dist/, with the tools that scripts/toolchain.sh chose.
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
