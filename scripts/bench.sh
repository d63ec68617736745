#!/usr/bin/env bash
# What Highwater costs: criterion's benchmarks, then `assess` on an estate of some 838,000 rows, beside DuckDB when the
# Python module duckdb is there. Nothing here fails on a time; it prints.
set -euo pipefail
cd "$(dirname "$0")/.."

ESTATE=target/bench/estate.csv
ROUNDS=3

say() { printf 'bench: %s\n' "$*"; }

# Prints the shortest wall time of a command in seconds; what it prints goes to a file.
shortest() {
  local output=$1 best=
  shift
  for _ in $(seq "$ROUNDS"); do
    local start end
    start=$(date +%s%N)
    "$@" >"$output"
    end=$(date +%s%N)
    if [[ -z $best || $((end - start)) -lt $best ]]; then best=$((end - start)); fi
  done
  printf '%d.%03d' $((best / 1000000000)) $((best / 1000000 % 1000))
}

say "criterion: rate, and 1,000 and 100,000 rows read and assessed"
cargo bench --profile terminal --bench assess -- --noplot

say "the terminal, built for speed"
cargo build --quiet --profile terminal --bin highwater

mkdir -p target/bench
if [[ ! -s $ESTATE ]]; then
  say "writing $ESTATE"
  HIGHWATER_ESTATE=$PWD/$ESTATE cargo bench --quiet --profile terminal --bench assess
fi
say "$ESTATE: $(($(wc -l <"$ESTATE") - 1)) rows, $(($(wc -c <"$ESTATE") / 1000000)) MB"

ours=$(shortest target/bench/highwater.json target/terminal/highwater assess --json "$ESTATE")
say "highwater assess: $ours s (shortest of $ROUNDS)"

if ! python3 -c 'import duckdb' 2>/dev/null; then
  say "DuckDB is not here (python3 -m pip install duckdb): nothing to compare with"
  exit 0
fi
theirs=$(shortest target/bench/duckdb.json python3 tests/benches/duckdb.py "$ESTATE")
say "DuckDB, one thread: $theirs s (shortest of $ROUNDS)"
python3 - "$ours" "$theirs" <<'PYTHON'
import json, sys
ours = [[p["product"], p["sub_capacity"]] for p in json.load(open("target/bench/highwater.json"))["products"]]
theirs = json.load(open("target/bench/duckdb.json"))
share = float(sys.argv[1]) / float(sys.argv[2])
print(f"bench: {share:.2f} of DuckDB's time (the budget is 0.33); "
      + ("the answers agree" if ours == theirs else f"THE ANSWERS DIFFER: {[p for p in zip(ours, theirs) if p[0] != p[1]][:3]}"))
PYTHON
