#!/usr/bin/env bash
# Decides which tools build and test Highwater on this machine, installs what is missing, and says so.
#
#   scripts/toolchain.sh            what a build needs: a Rust for wasm32, trunk, wasm-bindgen, wasm-opt
#   scripts/toolchain.sh tests      that, and what the browser tests need: Chromium and the npm packages
#
# Tools are compiled once into a cache folder that every checkout shares (HIGHWATER_CACHE, by default
# ~/.cache/highwater). The choice is written to target/toolchain.env, which the Makefile reads for the
# wasm build only. HIGHWATER_RUST=rustup or HIGHWATER_RUST=distribution forces one of the two ways.
set -euo pipefail
cd "$(dirname "$0")/.."

TRUNK=0.21.14       # 0.22 needs a newer compiler than rustup's stable 1.95 and Debian's 1.96.0
BINARYEN=132.0.0    # a distribution's wasm-opt is too old for what Rust emits since 1.87
CACHE=${HIGHWATER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/highwater}
DISTRIBUTION_RUST=(rustc-web cargo-web rust-web-src rust-web-llvm lld-22)

say() { printf 'toolchain: %s\n' "$*"; }
stop() { printf 'toolchain: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# Runs a long command quietly, with a sign of life every half minute; its output is shown when it fails.
step() {
  local title=$1 log started=$SECONDS pid
  shift
  log=$(mktemp)
  say "$title"
  "$@" >"$log" 2>&1 &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    sleep 1
    if (((SECONDS - started) % 30 == 29)); then say "  … $((SECONDS - started + 1)) s: $(tail -n 1 "$log" | cut -c1-90)"; fi
  done
  if ! wait "$pid"; then
    tail -n 40 "$log" >&2
    stop "failed: $title"
  fi
  rm -f "$log"
}

# Installs packages of the distribution, or says which are missing and stops.
distribution_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  have apt-get || stop "this system has no apt-get; install by hand: ${missing[*]}"
  [ "$(id -u)" = 0 ] || stop "not root; run: apt-get install ${missing[*]}"
  [ -n "${APT_UPDATED:-}" ] || step "apt-get update" apt-get update -qq
  APT_UPDATED=1
  step "apt-get install ${missing[*]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

for tool in cargo rustc cc node npm; do
  have "$tool" || stop "$tool is missing: Highwater needs Rust by rustup (stable 1.95 or newer), a C compiler and Node.js 20 or newer"
done
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || stop "Node.js 20 or newer is needed, this is $(node --version)"
rust_minor=$(rustc --version | sed -E 's/^rustc 1\.([0-9]+).*/\1/')
[ "$rust_minor" -ge 95 ] || stop "Rust 1.95 or newer is needed, this is $(rustc --version)"

# 1. A compiler for wasm32: rustup's with its ready-made std where its server answers, else the distribution's, which has
#    only the source of std (docs/decisions/0002-two-ways-to-wasm.md).
TARGET=wasm32-unknown-unknown
rustup_way() {
  have rustup || return 1
  rustup target list --installed 2>/dev/null | grep -qx "$TARGET" && return 0
  # Where the server did not answer today, do not wait for it again.
  [ -z "${HIGHWATER_RUST:-}" ] && [ -n "$(find "$CACHE/no-rustup-server" -mtime -1 2>/dev/null)" ] && return 1
  say "rustup target add $TARGET"
  timeout 90 rustup target add "$TARGET" >/dev/null 2>&1 && return 0
  mkdir -p "$CACHE" && touch "$CACHE/no-rustup-server"
  return 1
}

way=${HIGHWATER_RUST:-}
if [ -z "$way" ]; then if rustup_way; then way=rustup; else way=distribution; fi; fi
environment=()
case $way in
  rustup)
    rustup_way || stop "rustup cannot add the target $TARGET"
    say "wasm32: rustup's $(rustc --version)"
    ;;
  distribution)
    distribution_packages "${DISTRIBUTION_RUST[@]}"
    [ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] || stop "the packages ${DISTRIBUTION_RUST[*]} did not bring /usr/bin/rustc and /usr/bin/cargo"
    say "wasm32: the distribution's $(/usr/bin/rustc --version), std built from source"
    # Its cargo has to come first too: it would otherwise pick up rustup's compiler.
    mkdir -p "$CACHE/distribution-bin"
    ln -sf /usr/bin/rustc /usr/bin/cargo "$CACHE/distribution-bin/"
    # Building std is no feature of stable cargo yet, hence the second of these.
    environment=("RUSTC=/usr/bin/rustc" "RUSTC_BOOTSTRAP=1" "CARGO_UNSTABLE_BUILD_STD=std,panic_abort"
      "CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size")
    ;;
  *) stop "HIGHWATER_RUST is '$way'; it can be rustup or distribution" ;;
esac

# 2. Crates, so that the build itself needs no network.
step "cargo fetch" cargo fetch --locked
if [ "$way" = distribution ]; then
  step "cargo fetch for std" env "PATH=$CACHE/distribution-bin:$PATH" "${environment[@]}" cargo fetch --locked --target "$TARGET"
fi

# 3. trunk, wasm-bindgen (the version that Cargo.lock names) and wasm-opt.
bindgen=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print }' Cargo.lock)
[ -n "$bindgen" ] || stop "Cargo.lock names no wasm-bindgen"

write_environment() {
  local path="$CACHE/trunk-$TRUNK/bin:$CACHE/wasm-bindgen-cli-$bindgen/bin:$CACHE/binaryen-$BINARYEN/node_modules/.bin" variable
  if [ "$way" = distribution ]; then path="$CACHE/distribution-bin:$path"; fi
  mkdir -p target
  {
    echo "# written by scripts/toolchain.sh: the environment of the wasm build and of the browser tests"
    printf 'export PATH="%s:$PATH"\n' "$path"
    for variable in ${environment[@]+"${environment[@]}"}; do printf 'export %s="%s"\n' "${variable%%=*}" "${variable#*=}"; done
  } >target/toolchain.env
}
write_environment

# The programs are compiled beside the tools that pack them, and before them where both want a core: linking a program
# keeps one core busy for a minute, and the tools, which are many small crates, fill the others.
programs=
if [ ! -e "$CACHE/trunk-$TRUNK/.complete" ] || [ ! -e "$CACHE/wasm-bindgen-cli-$bindgen/.complete" ]; then
  scripts/build.sh programs >/dev/null 2>&1 &
  programs=$!
  trap 'kill "$programs" 2>/dev/null || true' EXIT
fi

# Ready-made where cargo-binstall is there and finds it, else compiled: fast rather than to run fast. By its own profile
# trunk optimises across all of its crates, 13 minutes on two cores for a tool that runs for seconds. Neither tool needs
# to speak TLS: all that trunk would fetch is here.
ready_made() { # name@version, folder
  have cargo-binstall || return 1
  say "cargo binstall $1"
  timeout 180 cargo binstall --no-confirm --disable-strategies compile --root "$2" "$1" >/dev/null 2>&1
}
cargo_tool() { # name, version, further arguments: into a folder named after the version, once
  local name=$1 version=$2 root=$CACHE/$1-$2
  shift 2
  if [ ! -e "$root/.complete" ]; then
    if ! ready_made "$name@$version" "$root"; then
      step "cargo install $name $version (some minutes, once)" \
        nice env CARGO_TARGET_DIR="$CACHE/build" CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 \
        CARGO_PROFILE_RELEASE_CODEGEN_UNITS=64 \
        cargo install "$name" --version "=$version" --root "$root" --force "$@"
    fi
    touch "$root/.complete"
  fi
  say "$name $version"
}
cargo_tool trunk "$TRUNK" --locked --no-default-features
cargo_tool wasm-bindgen-cli "$bindgen" --no-default-features --bin wasm-bindgen # its own lock file names a version that may be missing
rm -rf "$CACHE/build"

npm_tool() { # name, version
  local folder=$CACHE/$1-$2
  if [ ! -e "$folder/.complete" ]; then
    mkdir -p "$folder"
    step "npm install $1 $2" npm install --prefix "$folder" --no-audit --no-fund --no-save "$1@$2"
    touch "$folder/.complete"
  fi
}
npm_tool binaryen "$BINARYEN"
say "wasm-opt of binaryen $BINARYEN"
# What is wrong with them is told by the build, which asks for them again.
if [ -n "$programs" ]; then wait "$programs" || true; fi

# 4. What the browser tests need.
if [ "${1:-}" = tests ]; then
  # The headless shell draws the same pages and nothing around them: the journeys take two thirds of the time.
  headless_shell() {
    local package=chromium-headless-shell
    have "$package" && return 0
    have apt-get && [ "$(id -u)" = 0 ] || return 1
    apt-cache show "$package" >/dev/null 2>&1 || timeout 90 apt-get update -qq >/dev/null 2>&1 || return 1
    say "apt-get install $package, where there is one"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1
  }
  chromium=${CHROMIUM:-}
  if [ -z "$chromium" ] && headless_shell; then chromium=$(command -v chromium-headless-shell); fi
  [ -n "$chromium" ] || chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
  if [ -z "$chromium" ]; then
    distribution_packages chromium
    chromium=$(command -v chromium) || stop "the package chromium brought no chromium"
  fi
  say "$("$chromium" --version 2>/dev/null | tail -n 1)"
  if ! cmp -s tests/e2e/package-lock.json tests/e2e/node_modules/.installed-lock; then
    step "npm ci in tests/e2e" npm ci --prefix tests/e2e --no-audit --no-fund
    cp tests/e2e/package-lock.json tests/e2e/node_modules/.installed-lock
  fi
  say "npm packages of tests/e2e"
  environment+=("CHROMIUM=$chromium")
fi
write_environment
