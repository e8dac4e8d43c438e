#!/usr/bin/env bash
# Measures the portal and prints a table in Markdown for the README: what a phone loads, Lighthouse, a keystroke among 4,000
# points, requests a second beside a static file, memory. It loads nothing but 127.0.0.1 and takes about ten minutes.
#
# BENCH_SERVER=target/debug/sangeyi measures that program with target/site as they are and builds nothing. BENCH_REQUESTS
# (10000), BENCH_SECONDS (6) and BENCH_LIGHTHOUSE_RUNS (3) make a trial shorter.
. "$(dirname "$0")/lib.sh"

requests=${BENCH_REQUESTS:-10000}
seconds=${BENCH_SECONDS:-6}
export BENCH_LIGHTHOUSE_RUNS=${BENCH_LIGHTHOUSE_RUNS:-3}
export CHROMIUM=${CHROMIUM:-/usr/bin/chromium}

# ── What is measured ────────────────────────────────────────────────────────────────────────────────────────────────

install_wrk() {
  export DEBIAN_FRONTEND=noninteractive
  local install=(apt-get install -y --no-remove --no-install-recommends wrk)
  "${install[@]}" || { apt-get update && "${install[@]}"; }
}
if ! command -v wrk >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  step "apt-get install wrk" install_wrk || true
fi
command -v wrk >/dev/null || die "wrk is missing: install it from your system's packages."

if [ -z "${BENCH_SERVER:-}" ]; then
  scripts/site.sh
  show "the server" cargo build --workspace --release
fi
server=$(realpath "${BENCH_SERVER:-$target/release/sangeyi}")

work=$(mktemp -d)
pid=
stop_server() {
  [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
  [ -z "$pid" ] || wait "$pid" 2>/dev/null || true
  pid=
}

cleanup() {
  status=$?
  stop_server
  rm -rf "$work"
  exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# What the developer has set for the portal must not reach the one that is measured.
for name in ${!SANGEYI_@} DATABASE_URL; do unset "$name"; done
cp -Rp "$site" "$work/site"
export SANGEYI_CONFIG=$work/none.toml SANGEYI_DATA_FOLDER=$work/data SANGEYI_SITE_ROOT=$work/site
export SANGEYI_DATABASE_URL="sqlite://$work/data/sangeyi.sqlite?mode=rwc" SANGEYI_RATE_LIMIT=0

start_server() {
  local port
  port=$(node scripts/free-port.mjs)
  export SANGEYI_ADDRESS=127.0.0.1:$port BENCH_URL=http://127.0.0.1:$port
  "$server" serve --seed-if-empty >>"$work/log" 2>&1 &
  pid=$!
  for _ in $(seq 600); do
    if curl -fs -o /dev/null "$BENCH_URL/readyz"; then return; fi
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  tail -n 20 "$work/log" >&2
  return 1
}

# ── The table ───────────────────────────────────────────────────────────────────────────────────────────────────────

row() { printf '| %s | %s | %s |\n' "$1" "$2" "$3" >>"$work/table"; }
measure() { # measure LABEL SCRIPT [ARGUMENT…]: the script prints rows, its words go to standard error
  local label=$1
  shift
  show "$label" node "scripts/bench/$1.mjs" "${@:2}" >"$work/said" || { cat "$work/said"; die "$label could not be measured."; }
  grep -v '^| ' "$work/said" || true
  grep '^| ' "$work/said" >>"$work/table"
}
bytes() { wc -c <"$1" | tr -d ' '; }
kilobytes() { awk -v bytes="$1" 'BEGIN { printf "%.1f kB", bytes / 1000 }'; }

# ── Memory: a fresh process that fills its database and answers ─────────────────────────────────────────────────────

resident() { awk -v kb="$(ps -o rss= -p "$pid")" 'BEGIN { printf "%.1f", kb * 1.024 / 1000 }'; } # in MB

start_server || die "the server did not start."
seeded=$(resident)
show "$requests requests of every kind" node scripts/bench/requests.mjs "$requests" || die "not every request was answered."
row "Memory after seeding and $requests requests" "< 80 MB" "$(resident) MB (before the requests $seeded MB)"

# The very bytes of two pages, as files of the site, for the next server.
curl -fs "$BENCH_URL/points" -o "$work/site/bench-points.html"
curl -fs "$BENCH_URL/points/1" -o "$work/site/bench-point.html"
stop_server

# ── Requests a second, side by side in one run ──────────────────────────────────────────────────────────────────────

start_server || die "the server did not start again."

# Requests a second of an address. A failed answer would be a fast one, so there must be none.
rate() {
  local said
  said=$(wrk -t1 -c32 -d"${seconds}s" "$BENCH_URL$1")
  if grep -qE 'Non-2xx|Socket errors' <<<"$said"; then echo "$said" >&2 && return 1; fi
  awk '/^Requests\/sec/ { print $2 }' <<<"$said"
}
median() { sort -n | awk '{ value[NR] = $1 } END { print (value[int((NR + 1) / 2)] + value[int((NR + 2) / 2)]) / 2 }'; }

side_by_side() { # side_by_side PAGE FILE: in turns, so that whatever else the machine does hurts both
  local result
  rate "$1" >/dev/null && rate "$2" >/dev/null || return
  for _ in 1 2 3; do
    rate "$1" >>"$work/page" && rate "$2" >>"$work/file" || return
  done
  result=$(awk -v page="$(median <"$work/page")" -v file="$(median <"$work/file")" \
    'BEGIN { printf "%.2f (%d against %d requests/s)", page / file, page, file }')
  row "\`GET $1\` against a file of the same $(kilobytes "$(bytes "$work/site$2")")" "≥ 0.50" "$result"
  rm "$work/page" "$work/file"
}
show "GET /points beside a file" side_by_side /points /bench-points.html || die "wrk failed."
show "GET /points/1 beside a file" side_by_side /points/1 /bench-point.html || die "wrk failed."

measure "everything as GeoJSON" feed
measure "the first load on a phone" load
row "wasm, brotli" "≤ 120 kB" "$(kilobytes "$(bytes "$work/site/pkg/sangeyi.wasm.br")")"
row "Map module, brotli" "≤ 95 kB" "$(kilobytes "$(bytes "$work/site/portal-map.js.br")")"
measure "keystrokes among all points" keystroke
measure "Lighthouse, $BENCH_LIGHTHOUSE_RUNS times each" lighthouse

# Last, for they fill the database, each in a process of its own; a proxy tells it where residents come from.
stop_server
SANGEYI_TRUSTED_PROXIES=1 SANGEYI_REPORT_LIMIT=0 start_server || die "the server did not start again."
measure "the conversation, 2,000 panels" live "$server" "$pid"
stop_server
start_server || die "the server did not start again."
measure "the desk: its table, an import" desk "$server" "$pid"

# The search, over the texts of laws where they are at hand.
laws=$(realpath -m "${BENCH_LAWS:-../shared/data/laws}")
if [ -d "$laws" ]; then
  stop_server
  rm -rf "$work/data"
  start_server || die "the server did not start again."
  measure "the search: judged questions" search "$server" "$laws"
  stop_server
  # The same with the meaning of words. Asking the model about all passages takes half an hour; once is enough, the vectors are kept.
  model_port=$(node scripts/free-port.mjs)
  scripts/meaning.sh install
  scripts/meaning.sh "$model_port" >"$work/model" 2>&1 &
  model=$!
  SANGEYI_MEANING_URL=http://127.0.0.1:$model_port/v1/embeddings start_server || die "the server did not start again."
  all_are_meant() {
    local said known all
    for _ in $(seq 360); do
      said=$(grep -o '"known":[0-9]*,"all":[0-9]*' "$work/log" | tail -1)
      IFS=' ' read -r known all <<<"$(tr -cs 0-9 ' ' <<<"$said")"
      if [ "${all:-0}" -gt 1000 ] && [ "$known" = "$all" ]; then return; fi
      echo "  ${known:-0} of ${all:-?} passages"
      sleep 20
    done
    return 1
  }
  show "the meaning of every passage" all_are_meant || die "the model did not come to an end."
  measure "the search: judged questions by meaning" search "$server" "" --by-meaning
  kill "$model"
  stop_server
  show "the index for its speed" cargo build --workspace --release --examples
  MALLOC_ARENA_MAX=1 "$target/release/examples/speed" "$laws" server/search/judged/questions.csv | tee -a "$work/table"
fi

# ── What came out ───────────────────────────────────────────────────────────────────────────────────────────────────

cores=$(getconf _NPROCESSORS_ONLN)
cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
cpu=${cpu:-$(sysctl -n machdep.cpu.brand_string 2>/dev/null || uname -m)}
note=
case $server in */debug/*) note=' **Not a release build: a trial.**' ;; esac

echo
echo "Measured on $(date +%Y-%m-%d) with $cores cores of $cpu, client and server on the same machine.$note"
echo
echo '| Value | Target | Result |'
echo '|---|---|---|'
cat "$work/table"
