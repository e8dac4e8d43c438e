#!/usr/bin/env bash
# From a fresh checkout to a portal that runs: set up, build, serve. The server migrates its database, and fills an empty
# one with the demonstration city.
. "$(dirname "$0")/lib.sh"

scripts/setup.sh run
. scripts/lib.sh # again: setup may just have chosen the toolchain
scripts/site.sh
show "the server" cargo build --workspace --release

export SANGEYI_SITE_ROOT=${SANGEYI_SITE_ROOT:-$site}
unset SANGEYI_TOOLCHAIN # a setting of setup.sh, not of the portal
echo "▸ ready after $SECONDS s"
exec "$target/release/sangeyi" serve --seed-if-empty
