#!/usr/bin/env bash
# Everything that must hold, one part after the other; a part that fails does not hide what the next one has to say.
. "$(dirname "$0")/lib.sh"

rm -rf target/results && mkdir -p target/results
scripts/setup.sh test

for part in lint unit e2e; do
  "scripts/$part.sh" || echo "$part" >>target/results/failed
done

node scripts/results.mjs all target/results | tee target/results/total
[ ! -e target/results/failed ]
