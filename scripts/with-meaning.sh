#!/usr/bin/env bash
# Runs a command beside the model for meaning: it gets TEST_MEANING_URL; when that is set already, none is started.
. "$(dirname "$0")/lib.sh"

if [ -n "${TEST_MEANING_URL:-}" ]; then exec "$@"; fi

port=$(node scripts/free-port.mjs)
log=$(mktemp)
scripts/meaning.sh "$port" >"$log" 2>&1 &
model=$!
stop() {
  status=$?
  kill "$model" 2>/dev/null || true
  rm -f "$log"
  exit "$status"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

answers() { node -e "fetch('http://127.0.0.1:$port/health').then((it) => process.exit(it.ok ? 0 : 1), () => process.exit(1))"; }
for _ in $(seq 60); do
  if answers; then break; fi
  kill -0 "$model" 2>/dev/null || break
  sleep 0.5
done
answers || { cat "$log"; die "The model for meaning did not start."; }
export TEST_MEANING_URL=http://127.0.0.1:$port/v1/embeddings
"$@"
