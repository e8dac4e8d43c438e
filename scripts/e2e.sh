#!/usr/bin/env bash
# The portal in a browser, with and without JavaScript, and for one test two of them over a PostgreSQL. Arguments go to Playwright: `scripts/e2e.sh tests/points --project phone`.
. "$(dirname "$0")/lib.sh"

scripts/site.sh
# The selection of the unit tests: their own crates change features of others, so that another one would build the world again.
show "the server for tests" cargo test --workspace --no-run --quiet

# What the developer has set for the portal must not reach the one under test.
for name in ${!SANGEYI_@}; do unset "$name"; done

export E2E_SERVER=$target/debug/sangeyi E2E_SITE=$site E2E_RESULTS=$root/target/results
E2E_DIR=$(mktemp -d)
export E2E_DIR
trap 'rm -rf "$E2E_DIR"' EXIT
mkdir -p "$E2E_RESULTS"
rm -f "$E2E_RESULTS/e2e.json"

status=0
in_end2end='cd end2end && exec node_modules/.bin/playwright test "$@"'
show "browser" scripts/with-postgres.sh bash -c "$in_end2end" - "$@" || status=$?
node scripts/results.mjs e2e "$E2E_RESULTS"
if [ "$status" != 0 ]; then
  echo "  the server's last words (all of them: target/results/server.log):"
  tail -n 20 "$E2E_RESULTS/server.log" 2>/dev/null || true
fi
exit "$status"
