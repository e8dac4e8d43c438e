#!/usr/bin/env bash
# Every test written in Rust, on SQLite and on PostgreSQL. Arguments go to the runner: `scripts/unit.sh -E 'test(points)'`.
. "$(dirname "$0")/lib.sh"

runner=(cargo nextest run --no-fail-fast)
command -v cargo-nextest >/dev/null || runner=(cargo test --no-fail-fast)

mkdir -p target/results
show "tests" scripts/with-postgres.sh scripts/with-meaning.sh "${runner[@]}" --workspace "$@" 2>&1 | tee target/results/unit.log
