#!/usr/bin/env bash
# Form, lints, and the rule that nothing of the server reaches the browser.
. "$(dirname "$0")/lib.sh"

# All of them, so that one run names every complaint.
failed=0
show "fmt" cargo fmt --all --check || failed=1
show "clippy" cargo clippy --workspace --all-targets -- -D warnings || failed=1

wasm_dependencies() {
  local tree
  tree=$(cargo tree -p frontend -p scanner --target "$wasm_target" -e normal --prefix none --format '{p}') || return
  ! grep -E '^(sea-orm|sqlx|tokio|axum|mio)(-[a-z-]+)? v' <<<"$tree" | sort -u
}
show "no server crate in the wasm" wasm_dependencies || failed=1

if command -v shellcheck >/dev/null; then show "shellcheck" shellcheck -x -P scripts -e SC2015,SC2034,SC2317,SC2329 scripts/*.sh .ci/run || failed=1; fi
exit "$failed"
