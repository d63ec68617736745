#!/usr/bin/env bash
# Runs every check and says at the end how many tests passed, failed and were skipped. A check that is no test runner
# counts as one test. Everything a check prints is kept in target/checks/.
set -uo pipefail
cd "$(dirname "$0")/.."

passed=0 failed=0 skipped=0
mkdir -p target/checks

# Adds up what test runners print: "test result: ok. 3 passed; 0 failed; 1 ignored" and "3 passed, 0 failed, 1 skipped".
count() {
  local sums
  sums=$(sed -nE \
    -e 's/^test result: .* ([0-9]+) passed; ([0-9]+) failed; ([0-9]+) ignored.*/\1 \2 \3/p' \
    -e 's/^([0-9]+) passed, ([0-9]+) failed(, ([0-9]+) skipped)?$/\1 \2 \4/p' "$1" |
    awk '{ p += $1; f += $2; s += $3 } END { if (NR) print p, f, s }')
  echo "$sums"
}

check() { # name, command...
  local name=$1 started=$SECONDS log status sums p f s
  log=target/checks/$(tr -c 'a-z0-9\n' '-' <<<"$1").log
  shift
  printf 'check: %s\n' "$name"
  if [ -t 1 ] || [ -n "${VERBOSE:-}" ]; then "$@" 2>&1 | tee "$log"; status=${PIPESTATUS[0]}; else
    "$@" >"$log" 2>&1 &
    local pid=$!
    while kill -0 "$pid" 2>/dev/null; do
      sleep 1
      if (((SECONDS - started) % 60 == 59)); then printf '  … %s s: %s\n' $((SECONDS - started + 1)) "$(tail -n 1 "$log" | cut -c1-100)"; fi
    done
    wait "$pid"
    status=$?
  fi
  sums=$(count "$log")
  grep -hE '^(skipped|passed when tried again): ' "$log" | sort -u | sed 's/^/  /'
  if [ -n "$sums" ]; then
    read -r p f s <<<"$sums"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    [ "$status" -ne 0 ] && [ "$f" -eq 0 ] && failed=$((failed + 1))
  elif [ "$status" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  if [ "$status" -ne 0 ]; then
    [ -t 1 ] || tail -n 60 "$log"
    printf '  failed after %s s (all of it: %s)\n' $((SECONDS - started)) "$log"
  else printf '  ok, %s s%s\n' $((SECONDS - started)) "${sums:+ ($p passed)}"; fi
  return "$status"
}

close() {
  printf '\n%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
  [ "$failed" -eq 0 ]
}

if ! scripts/toolchain.sh tests; then
  failed=1
  close
  exit 1
fi
if [ ! -d "${HIGHWATER_SAMPLES:-}" ]; then
  unset HIGHWATER_SAMPLES
  echo "skipped: the real samples are not here (HIGHWATER_SAMPLES); the project's own fixtures are used"
fi

check "rustfmt" cargo fmt --check
check "clippy, no warnings" cargo clippy --locked --quiet --all-targets --features web,worker -- -D warnings
check "the engine needs no browser" cargo check --locked --quiet --no-default-features --lib
check "documentation builds without warnings" env RUSTDOCFLAGS=-Dwarnings cargo doc --locked --quiet --no-deps --lib --features web,worker
# Everything in one go and without optimisation: to optimise the crate takes longer than the tests take without.
check "rust tests, of the page too" cargo test --locked --quiet --features web,worker
if check "release build" make --no-print-directory build; then
  check "sizes against their budgets" node scripts/size.mjs
  source target/toolchain.env
  check "browser journeys" npm --prefix tests/e2e test --silent
fi
close
