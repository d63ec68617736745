#!/usr/bin/env bash
# What Highwater costs: an edit in the built page, criterion's benchmarks, a forecast in the page, then an estate of some
# 838,000 rows in the built page and at the terminal, there beside DuckDB when the Python module duckdb is there. Nothing
# here fails on a time; it prints.
set -euo pipefail
cd "$(dirname "$0")/.."

ESTATE=target/bench/estate.csv
ROUNDS=3

say() { printf 'bench: %s\n' "$*"; }

# Prints the wall time and the processor time of a command in seconds, of the round that used the processor least:
# on a machine that does other things too, wall time measures those. What the command prints goes to a file.
cheapest() {
  local output=$1 TIMEFORMAT='%R %U %S'
  shift
  for _ in $(seq "$ROUNDS"); do
    { time "$@" >"$output" 2>/dev/null; } 2>&1
  done | awk '{ cpu = $2 + $3; if (NR == 1 || cpu < least) { least = cpu; wall = $1 } } END { print wall, least }'
}

say "an edit in the page"
(source target/toolchain.env && node scripts/bench_page.mjs)

say "criterion: rate, 1,000 and 100,000 rows read and assessed, and a forecast of 5,000 lines over five years"
cargo bench --profile terminal --bench assess -- --noplot

say "the same forecast in the page"
mkdir -p target/bench/ledger
HIGHWATER_LEDGER=$PWD/target/bench/ledger cargo bench --quiet --profile terminal --bench assess
(source target/toolchain.env && node scripts/bench_forecast.mjs target/bench/ledger)

say "the terminal, built for speed"
cargo build --quiet --profile terminal --bin highwater

mkdir -p target/bench
if [[ ! -s $ESTATE ]]; then
  say "writing $ESTATE"
  HIGHWATER_ESTATE=$PWD/$ESTATE cargo bench --quiet --profile terminal --bench assess
fi
say "$ESTATE: $(($(wc -l <"$ESTATE") - 1)) rows, $(($(wc -c <"$ESTATE") / 1000000)) MB"

say "the same estate in the page"
(source target/toolchain.env && node scripts/bench_estate.mjs "$ESTATE" "$ROUNDS")

read -r wall ours < <(cheapest target/bench/highwater.json target/terminal/highwater assess --json "$ESTATE")
say "highwater assess: $wall s, $ours s of processor time (best of $ROUNDS)"

if ! python3 -c 'import duckdb' 2>/dev/null; then
  say "DuckDB is not here (python3 -m pip install duckdb): nothing to compare with"
  exit 0
fi
read -r wall theirs < <(cheapest target/bench/duckdb.json python3 tests/benches/duckdb.py "$ESTATE")
say "DuckDB, one thread: $wall s, $theirs s of processor time (best of $ROUNDS)"
python3 - "$ours" "$theirs" <<'PYTHON'
import json, sys
ours = [[p["product"], p["sub_capacity"]] for p in json.load(open("target/bench/highwater.json"))["products"]]
theirs = json.load(open("target/bench/duckdb.json"))
share = float(sys.argv[1]) / float(sys.argv[2])
print(f"bench: {share:.2f} of DuckDB's processor time (the budget is 0.33); "
      + ("the answers agree" if ours == theirs else f"THE ANSWERS DIFFER: {[p for p in zip(ours, theirs) if p[0] != p[1]][:3]}"))
PYTHON
