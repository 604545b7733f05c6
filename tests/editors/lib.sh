# What the tests of every editor share. Sourced, never run. Needs bash 4 or later.
set -uo pipefail

TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$TOP/editors/terminal.sh"

# The server under test: of this checkout, unless SERVER names another.
if [ -z "${SERVER-}" ]; then
  cargo build --quiet --manifest-path "$TOP/Cargo.toml" || exit 2
  SERVER=${CARGO_TARGET_DIR:-$TOP/target}/debug/casebook
fi
export SERVER
PATH=$(dirname "$SERVER"):$PATH

ONLY=${ONLY-}

# Nothing of the person who runs the tests is read or written, but for the installed editors.
export CASEBOOK_EDITORS=${CASEBOOK_EDITORS:-${XDG_CACHE_HOME:-$HOME/.cache}/casebook/editors}
SCRATCH=$(mktemp -d)
trap 'face_close; rm -rf "$SCRATCH"' EXIT
export HOME=$SCRATCH XDG_CONFIG_HOME=$SCRATCH/config XDG_STATE_HOME=$SCRATCH/state \
  XDG_DATA_HOME=$SCRATCH/data XDG_CACHE_HOME=$SCRATCH/cache

# What was on the screen at the end of each case, to be looked at.
ARTEFACTS=${ARTEFACTS:-$TOP/target/editors}

# write PATH: writes standard input to a page of the case's workspace.
write() {
  mkdir -p "$WORK/$(dirname "$1")"
  cat >"$WORK/$1"
}

# studies: a small workspace.
studies() {
  write casebook.toml </dev/null
  write index.md <<'END'
# Studies

See [Kafka](streaming/kafka.md) and [its log](streaming/kafka.md#the-log).
END
  write streaming/kafka.md <<'END'
---
title: Apache Kafka
description: A log that scales.
---
# Apache Kafka

Text.

## The log

The log is the truth.
END
  write databases/vault.md <<'END'
# HashiCorp Vault

Secrets, and who may see them.
END
}

# on_disk PATTERN PATH: waits until the page has the pattern on disk.
on_disk() {
  local deadline=$((SECONDS + PATIENCE))
  until grep -qE -- "$1" "$WORK/$2" 2>/dev/null; do
    if [ $SECONDS -ge $deadline ]; then
      printf 'never in %s: %s\n' "$2" "$1"
      cat "$WORK/$2"
      return 1
    fi
    sleep 0.02
  done
}

# run_cases EDITOR FUNCTION...: calls each in a workspace of its own, $WORK, and adds to PASSED and
# FAILED. A case fails with its first failing command: so this must not be called in a condition,
# where bash goes on after one. ONLY, if set, is a part of the names of those to run.
PASSED=0 FAILED=0
run_cases() {
  local editor=$1 name status started
  shift
  mkdir -p "$ARTEFACTS/$editor"
  for name in "$@"; do
    [[ $name == *${ONLY// /_}* ]] || continue
    WORK=$SCRATCH/$editor/$name
    mkdir -p "$WORK"
    started=$EPOCHREALTIME
    (
      trap 'keep_screen "$ARTEFACTS/$editor/$name.txt"; face_close' EXIT
      set -e
      "$name"
    ) >"$SCRATCH/log" 2>&1
    status=$?
    if [ $status = 0 ]; then
      PASSED=$((PASSED + 1))
      echo "ok      ${name//_/ } ($(((${EPOCHREALTIME/./} - ${started/./}) / 1000)) ms)"
    else
      FAILED=$((FAILED + 1))
      echo "FAILED  ${name//_/ }"
      cat "$SCRATCH/log"
    fi
  done
}

keep_screen() { [ -z "${FACE-}" ] || screen >"$1"; }

# count COMMAND...: runs a program that counts its cases itself, and adds to PASSED and FAILED.
count() {
  local passed failed
  "$@" 2>&1 | tee "$SCRATCH/count"
  if read -r passed _ failed _ < <(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$SCRATCH/count"); then
    PASSED=$((PASSED + passed)) FAILED=$((FAILED + failed))
  else
    echo "FAILED  $1 did not finish"
    FAILED=$((FAILED + 1))
  fi
}

# summary: the last line of every test of an editor; fails if any case failed.
summary() {
  echo "$PASSED passed, $FAILED failed"
  [ "$FAILED" = 0 ]
}
