#!/usr/bin/env bash
# Runs the random sequences of the tests at length: ten times as many as `make test` does, natively and in the browser, two
# tabs at once, and a browser that is killed while it saves. The title of each journey names its seed, and the variable at
# the top of its file runs that one again.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=0

say() { printf 'soak: %s\n' "$*"; }

say "10,000 sequences against the session"
PROPTEST_CASES=${PROPTEST_CASES:-10000} cargo test --locked --quiet --features web,worker --test all grid:: || failed=1

say "random work in the page, two tabs, and a browser that is killed"
source target/toolchain.env
(cd tests/e2e && HIGHWATER_SOAK=1 npx playwright test random.spec.js two-tabs.spec.js killed.spec.js) || failed=1
exit "$failed"
