# A program with a full-screen face, driven through tmux and read as text. Sourced, never run.
#
# Everything waits for what must appear, and fails with the screen when it does not.

# How long something may take to appear before the case fails. Far above what it takes.
PATIENCE=${PATIENCE:-15}

# face_installed: makes sure that tmux is there.
face_installed() {
  local here
  here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
  "$here/install/tmux" >/dev/null
}

# face_open FOLDER COLUMNS ROWS COMMAND...: starts the program.
face_open() {
  local folder=$1 columns=$2 rows=$3
  shift 3
  FACE=$(mktemp -d)
  face_tmux -f /dev/null new-session -d -s face -c "$folder" -x "$columns" -y "$rows" "$@"
  # Keys follow Escape at once: no waiting whether it begins a sequence.
  face_tmux set -s escape-time 0
}

# face_close: ends it, and all it started.
face_close() {
  [ -n "${FACE-}" ] || return 0
  face_tmux kill-server 2>/dev/null
  rm -rf "$FACE"
  FACE=
}

face_tmux() { LC_ALL=C.UTF-8 COLORTERM=truecolor tmux -S "$FACE/socket" "$@"; }

# type_text TEXT: types it, letter by letter.
type_text() { face_tmux send-keys -t face -l -- "$1"; }

# type_watched TEXT: types it, waiting after each letter until the screen has changed.
type_watched() {
  local text=$1 before
  while [ -n "$text" ]; do
    before=$(screen)
    type_text "${text:0:1}"
    face_until "a change after ${text:0:1}" face_differs "$before" || return 1
    text=${text:1}
  done
}

face_differs() { [ "$(cat)" != "$1" ]; }

# press KEY...: presses keys by their names, such as Enter, Escape, C-n.
press() { face_tmux send-keys -t face "$@"; }

# screen [-e]: what is on the screen; with -e with its colours.
screen() { face_tmux capture-pane -p "$@" -t face; }

# see PATTERN: waits until the extended regular expression is on the screen.
see() { face_until "$1" grep -qE -- "$1"; }

# see_not PATTERN: waits until it is no longer.
see_not() { face_until "not $1" face_lacks "$1"; }

face_lacks() { ! grep -qE -- "$1"; }

face_until() {
  local wanted=$1 deadline=$((SECONDS + PATIENCE))
  shift
  until screen 2>/dev/null | "$@"; do
    if [ $SECONDS -ge $deadline ]; then
      printf 'never saw: %s\n' "$wanted"
      screen 2>&1 | sed 's/^/  | /'
      return 1
    fi
    sleep 0.02
  done
}
