#!/usr/bin/env bash
# Builds again and reloads on every change. Slower to start than `make run`, and the wasm is large.
. "$(dirname "$0")/lib.sh"

scripts/setup.sh watch
. scripts/lib.sh
scripts/site.sh generated
# cargo-leptos writes no compressed copies while it watches: old ones would be served instead of what is new.
if [ -d "$site" ]; then find "$site" \( -name '*.br' -o -name '*.gz' \) -delete; fi

export SANGEYI_SITE_ROOT=${SANGEYI_SITE_ROOT:-$site}
unset SANGEYI_TOOLCHAIN
exec cargo leptos watch "$@" -- serve --seed-if-empty
