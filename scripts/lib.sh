# Sourced by the scripts beside it: where things are, how a step is shown, the toolchain that setup.sh chose.
# shellcheck shell=bash
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# Cargo's folder may be elsewhere (CI keeps it outside the checkout); the site always stays in the checkout.
target=${CARGO_TARGET_DIR:-$root/target}
[[ $target = /* ]] || target=$root/$target
export CARGO_TARGET_DIR=$target
site=$root/target/site
wasm_target=wasm32-unknown-unknown

# For whatever server is started from here: glibc then gives memory back after a burst of rendering (64 MB instead of 101 after
# 10,000 requests). In production set the same three.
export MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=65536 MALLOC_TRIM_THRESHOLD_=65536

# Tools that are compiled once for this person, not once a checkout. A folder a version, so that two checkouts can differ.
tools=${XDG_CACHE_HOME:-$HOME/.cache}/sangeyi/tools

lock_version() { # lock_version CRATE: the version Cargo.lock has
  awk -v name="\"$1\"" '$1 == "name" { found = $3 == name } found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}

bindgen_version=$(lock_version wasm-bindgen)
PATH=$tools/wasm-bindgen-$bindgen_version/bin:$tools/cargo-leptos/bin:$tools/cargo-nextest/bin:$root/frontend/node_modules/.bin:$PATH
export PATH

toolchain_env=$root/target/toolchain.env
# shellcheck source=/dev/null
if [ -f "$toolchain_env" ]; then . "$toolchain_env"; fi

die() {
  printf '✗ %s\n' "$*" >&2
  exit 1
}

# `step LABEL COMMAND…` runs quietly and shows the command's output only when it fails; `show` lets the output through.
# A function given to either joins its commands with &&: bash ignores `set -e` inside.
step() {
  local label=$1 started=$SECONDS log status=0
  shift
  log=$(mktemp)
  printf '▸ %s … ' "$label"
  "$@" >"$log" 2>&1 || status=$?
  if [ "$status" = 0 ]; then
    printf '%d s\n' "$((SECONDS - started))"
  else
    printf 'failed\n'
    tail -n 40 "$log" >&2
  fi
  rm -f "$log"
  return "$status"
}

show() {
  local label=$1 started=$SECONDS status=0
  shift
  printf '▸ %s …\n' "$label"
  "$@" || status=$?
  if [ "$status" = 0 ]; then
    printf '▸ %s … %d s\n' "$label" "$((SECONDS - started))"
  else
    printf '▸ %s … failed\n' "$label"
  fi
  return "$status"
}

# A step is left out while the files it reads and the files it wrote are those of last time. The outputs count too:
# `make watch` writes to the same places.
fingerprint() { # fingerprint PATH…: of files and whole folders; compressed copies do not count
  local path
  for path in "$@"; do
    if [ -e "$path" ]; then
      find "$path" -type f ! -name '*.br' ! -name '*.gz' -print0 | xargs -0 cksum
    else
      echo "no $path"
    fi
  done | LC_ALL=C sort | cksum
}

unchanged() { # unchanged NAME PATH…
  local stamp=$root/target/stamps/$1
  shift
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint "$@")" ]
}

remember() { # remember NAME PATH…
  mkdir -p "$root/target/stamps"
  local stamp=$root/target/stamps/$1
  shift
  fingerprint "$@" >"$stamp"
}
