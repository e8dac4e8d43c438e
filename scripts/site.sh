#!/usr/bin/env bash
# The browser's part, into target/site: what `cargo leptos build --release` would put there under the same names, made by
# the tools it calls. `site.sh generated` makes only what cargo-leptos expects to find in frontend/public.
. "$(dirname "$0")/lib.sh"

public=frontend/public
pkg=$site/pkg
wasm=$target/$wasm_target/wasm-release/frontend.wasm
scanner=$target/$wasm_target/wasm-release/scanner.wasm
browsers=$(sed -n 's/^browserquery = "\(.*\)"/\1/p' Cargo.toml)

# What the compiler may use in wasm by default; wasm-opt refuses what it is not told of.
wasm_features=(--enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals
  --enable-reference-types --enable-multivalue)

# Skipped while neither inputs nor outputs changed: make_if_changed NAME 'PATHS' FUNCTION
make_if_changed() {
  local name=$1 paths
  read -ra paths <<<"$2"
  unchanged "$name" "${paths[@]}" && return
  step "$name" "$3" || exit
  remember "$name" "${paths[@]}"
}

icons() { node scripts/icons.mjs "$public/icons.svg"; }

# The banner: OpenLayers carries its licence in a file of its own, which a bundle would leave behind.
map() {
  esbuild frontend/map/portal-map.ts --bundle --format=esm --minify --target=es2020 --log-level=warning \
    --banner:js='/*! Contains OpenLayers, BSD-2-Clause, (c) OpenLayers Contributors, https://openlayers.org */' \
    --outfile="$public/portal-map.js"
}

# cargo-leptos calls the wasm sangeyi.wasm, not sangeyi_bg.wasm. Written aside first: a server may be serving the old one.
bindgen() {
  local out=$root/target/bindgen
  rm -rf "$out" && mkdir -p "$pkg" &&
    wasm-bindgen --target web --no-typescript --out-name sangeyi --out-dir "$out" "$wasm" &&
    wasm-opt -Oz --converge --strip-producers --strip-debug "${wasm_features[@]}" "$out/sangeyi_bg.wasm" -o "$out/sangeyi.wasm" &&
    rm "$out/sangeyi_bg.wasm" &&
    esbuild "$out/sangeyi.js" --minify --format=esm --target=es2020 --log-level=warning --allow-overwrite --outfile="$out/sangeyi.js" &&
    rm -rf "$pkg/snippets" && cp -R "$out/." "$pkg/"
}

# The scanner finds its wasm beside itself.
scanner() {
  local out=$root/target/bindgen-scanner
  rm -rf "$out" && mkdir -p "$pkg" &&
    wasm-bindgen --target web --no-typescript --out-name scanner --out-dir "$out" "$scanner" &&
    wasm-opt -Oz "${wasm_features[@]}" "$out/scanner_bg.wasm" -o "$out/scanner.wasm" &&
    mv "$out/scanner.wasm" "$out/scanner_bg.wasm" &&
    esbuild "$out/scanner.js" --minify --format=esm --target=es2020 --log-level=warning --allow-overwrite --outfile="$out/scanner.js" &&
    cp "$out/scanner.js" "$out/scanner_bg.wasm" "$pkg/"
}

style() {
  mkdir -p "$pkg" &&
    lightningcss --bundle --minify --targets "$browsers" style/main.css --output-file "$pkg/sangeyi.css"
}

# Copies what is new and takes away what is gone.
assets() {
  local file
  mkdir -p "$site" && cp -Rp "$public/." "$site/" &&
    (cd "$site" && find . -path ./pkg -prune -o -type f -print) | while read -r file; do
      original=${file%.br} original=${original%.gz}
      [ -e "$public/$original" ] || rm "$site/$file" || return
    done
}

make_if_changed icons "scripts/icons.mjs frontend/package-lock.json $public/icons.svg" icons
make_if_changed map "frontend/map frontend/package-lock.json $public/portal-map.js" map
[ "${1:-}" != generated ] || exit 0

show "wasm" cargo build -p frontend -p scanner --target "$wasm_target" --profile wasm-release
make_if_changed wasm-bindgen "$wasm Cargo.lock scripts/site.sh frontend/package-lock.json $pkg/sangeyi.js $pkg/sangeyi.wasm" bindgen
make_if_changed scanner "$scanner Cargo.lock scripts/site.sh frontend/package-lock.json $pkg/scanner.js $pkg/scanner_bg.wasm" scanner
make_if_changed style "style Cargo.toml frontend/package-lock.json $pkg/sangeyi.css" style
make_if_changed assets "$public" assets
step "compressed copies" node scripts/compress.mjs "$site"
