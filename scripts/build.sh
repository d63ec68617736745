#!/usr/bin/env bash
# Builds the release of page and worker into dist/, with the tools that scripts/toolchain.sh chose.
set -euo pipefail
cd "$(dirname "$0")/.."
source target/toolchain.env
# A folder of its own: the compiler for wasm may be another one than that for this machine.
export CARGO_TARGET_DIR=$PWD/target/wasm
echo "build: trunk build --release (about 4 minutes the first time)"
log=$(mktemp)
if ! trunk build --release --offline --public-url ./ >"$log" 2>&1; then
  tail -n 60 "$log" >&2
  echo "build: failed" >&2
  exit 1
fi
rm -f "$log"
echo "build: dist/ is ready"
