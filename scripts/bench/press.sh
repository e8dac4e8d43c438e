#!/usr/bin/env bash
# Measures the press and prints lines of a table in Markdown: 500 posters, the manual of a district (200 entries) and of a city (4,000).
# `make bench` calls it; it needs no server.
. "$(dirname "$0")/../lib.sh"

show "the press" cargo build --release -p press --example print
out=$(mktemp)
for what in "posters a4 500" "book a4 200" "book a5 200" "book large 200" "book a4 4000"; do
  # shellcheck disable=SC2086 # words
  MALLOC_ARENA_MAX=1 "$target/release/examples/print" $what "$out" 2>/dev/null | sed 's/^\(.*\): \(.*\)$/| \1 | \2 |/'
done
rm -f "$out"
