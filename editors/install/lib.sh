# What every installer here needs. Sourced, never run.
#
# An installer puts one editor into the cache, does nothing when it is already there, and prints
# the path of the program to run as its last line on standard output. All else goes to standard
# error. The cache is ours: removing it is safe, and undoes everything but Debian packages.

set -euo pipefail

CACHE=${CASEBOOK_EDITORS:-${XDG_CACHE_HOME:-$HOME/.cache}/casebook/editors}
mkdir -p "$CACHE"
CACHE=$(cd "$CACHE" && pwd)

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "editors/install: $*"
  exit 1
}

# one_at_a_time NAME: waits while another process installs the same thing.
one_at_a_time() {
  exec 9>"$CACHE/.$1.lock"
  flock 9
}

# as_root COMMAND...: only called for Debian packages.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif sudo -n true 2>/dev/null; then sudo -n "$@"
  else return 1
  fi
}

# debian COMMAND=PACKAGE...: installs the packages whose commands are missing.
debian() {
  local pair missing=()
  for pair in "$@"; do
    command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
  done
  [ ${#missing[@]} = 0 ] || packages "${missing[@]}"
}

# packages PACKAGE...: installs Debian packages, or says which are missing.
packages() {
  local log=$CACHE/apt.log
  say "installing Debian packages: $*"
  (
    flock 8
    as_root apt-get update && as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y --no-install-recommends "$@"
  ) >"$log" 2>&1 8>"$CACHE/.apt.lock" && return
  tail -n 5 "$log" >&2
  fail "these packages are missing and could not be installed; please run: sudo apt-get install $*"
}

# unpacked DIR SUITES PACKAGE...: unpacks packages of other Debian suites below DIR/root, without
# installing them and without touching the system's own package lists.
unpacked() {
  local dir=$1 suites=$2 mirror suite
  [ "$(uname -m)" = x86_64 ] || fail "this editor is only installed on x86_64"
  shift 2
  command -v apt-get >/dev/null || fail "apt-get is missing: only Debian can install this editor"
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' | head -n 1)
  [ -n "$mirror" ] || fail "this machine's apt has no Debian mirror to download from"
  mkdir -p "$dir/apt/lists/partial" "$dir/debs" "$dir/root"
  : >"$dir/apt/status"
  for suite in $suites; do
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main"
  done >"$dir/apt/sources.list"
  local options=(
    -o "Dir::Etc::sourcelist=$dir/apt/sources.list" -o Dir::Etc::sourceparts=-
    -o "Dir::State::lists=$dir/apt/lists" -o "Dir::State::status=$dir/apt/status"
    -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root
  )
  {
    apt-get "${options[@]}" update
    (cd "$dir/debs" && apt-get "${options[@]}" download "$@")
  } >"$dir/apt.log" 2>&1 || { tail -n 5 "$dir/apt.log" >&2; fail "could not download $*"; }
  local deb
  for deb in "$dir"/debs/*.deb; do dpkg-deb -x "$deb" "$dir/root"; done
  # Debian 12 keeps the C library outside usr, the next one inside.
  [ ! -d "$dir/root/lib" ] || cp -a "$dir/root/lib/." "$dir/root/usr/lib/"
  rm -rf "$dir/debs" "$dir/apt"
}

# foreign DIR START PROGRAM [NAME=VALUE...] [-OPTION...]: writes DIR/START, which starts a program
# unpacked from another Debian through that Debian's own loader, so that what it starts in turn uses
# the system's libraries.
foreign() {
  local dir=$1 start=$1/$2 program=$1/root/$3 libraries=$1/root/usr/lib/x86_64-linux-gnu
  local word options=
  shift 3
  {
    echo '#!/bin/sh'
    for word in "$@"; do
      case $word in
        -*) options="$options '$word'" ;;
        *) echo "export ${word%%=*}='${word#*=}'" ;;
      esac
    done
    echo "exec '$libraries/ld-linux-x86-64.so.2' --library-path '$libraries' '$program'$options \"\$@\""
  } >"$start"
  chmod +x "$start"
}
