# shellcheck shell=bash
# Messages, clean-up and signals shared by every script.
#
# Written for bash 3.2 (the one macOS ships) and later. Only stderr is used for messages, so that the stdout of a
# script belongs to the program it runs.

ROWAN_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

note() { printf '==> %s\n' "$*" >&2; }
fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }
is_root() { [ "$(id -u)" -eq 0 ]; }
is_macos() { [ "$(uname -s)" = Darwin ]; }

# --- Clean-up ---------------------------------------------------------------------------------------------------

CLEANUPS=()
FOREGROUND_GROUP=

# on_exit FUNCTION: FUNCTION runs when the script ends, however it ends; the last one added runs first.
on_exit() { CLEANUPS+=("$1"); }

run_cleanups() {
  local status=$? index
  trap '' INT TERM HUP
  trap - EXIT
  set +e
  if [ -n "$FOREGROUND_GROUP" ]; then end_group "$FOREGROUND_GROUP"; fi
  for ((index = ${#CLEANUPS[@]} - 1; index >= 0; index--)); do "${CLEANUPS[index]}"; done
  exit "$status"
}

# Scripts call this once, before they start anything.
install_traps() {
  trap run_cleanups EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# --- Processes --------------------------------------------------------------------------------------------------

# Whether the process runs; one that ended but was not yet collected by its parent does not.
is_running() {
  local stat
  kill -0 "$1" 2>/dev/null || return 1
  if [ -r "/proc/$1/stat" ]; then
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    stat=${stat##*) }
    [ "${stat%% *}" != Z ] && return 0
    # The first thread has ended. As long as there are others, they hold the process's files and ports.
    set -- "/proc/$1/task/"*
    [ $# -gt 1 ]
  elif have ps; then
    case $(ps -o stat= -p "$1" 2>/dev/null) in '' | Z*) return 1 ;; esac
  fi
}

# wait_until_gone PID SECONDS
wait_until_gone() {
  local tries=$(($2 * 10))
  while is_running "$1"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 0.1
  done
}

# stop_process PID SIGNAL [SECONDS]: asks with SIGNAL, insists with KILL.
stop_process() {
  is_running "$1" || return 0
  kill "-$2" "$1" 2>/dev/null || true
  wait_until_gone "$1" "${3:-15}" && return 0
  kill -KILL "$1" 2>/dev/null || true
  wait_until_gone "$1" 5 || true
}

# The processes whose parent is PID, one per line.
children_of() {
  local entry stat
  if [ -r /proc/self/stat ]; then
    for entry in /proc/[0-9]*; do
      stat=$(cat "$entry/stat" 2>/dev/null) || continue
      stat=${stat##*) }
      stat=${stat#* }
      if [ "${stat%% *}" = "$1" ]; then printf '%s\n' "${entry#/proc/}"; fi
    done
  else
    ps -A -o pid= -o ppid= | awk -v parent="$1" '$2 == parent { print $1 }'
  fi
}

# end_group GROUP: asks twice, and gives what runs there the time to clean up after itself, before it insists.
end_group() {
  local tries=300
  kill -INT -- "-$1" 2>/dev/null || return 0
  while kill -0 -- "-$1" 2>/dev/null; do
    tries=$((tries - 1))
    if [ "$tries" -eq 150 ]; then kill -TERM -- "-$1" 2>/dev/null; fi
    if [ "$tries" -le 0 ]; then
      kill -KILL -- "-$1" 2>/dev/null
      return 0
    fi
    sleep 0.1
  done
}

# run COMMAND...: like running COMMAND, except that a signal sent to this script alone ends COMMAND (a bash that
# waits for a foreground command answers its traps only once that command ends). COMMAND gets a process group of
# its own, and all of the group is ended.
run() {
  local status=0
  set -m
  "$@" </dev/null &
  FOREGROUND_GROUP=$!
  set +m
  wait "$FOREGROUND_GROUP" || status=$?
  FOREGROUND_GROUP=
  return "$status"
}

# run_within SECONDS COMMAND...: the same, and fails when COMMAND, ended after so many seconds, did not end before.
run_within() {
  local limit=$1 status=0 started=$SECONDS guard
  shift
  set -m
  "$@" </dev/null &
  FOREGROUND_GROUP=$!
  set +m
  # In steps of a second, so that nothing outlives this for long; without our descriptors, which others wait on.
  (
    trap - EXIT INT TERM HUP
    for ((; limit > 0; limit--)); do sleep 1; done
    end_group "$FOREGROUND_GROUP"
  ) </dev/null >/dev/null 2>&1 &
  guard=$!
  wait "$FOREGROUND_GROUP" || status=$?
  FOREGROUND_GROUP=
  kill "$guard" 2>/dev/null || true
  wait "$guard" 2>/dev/null || true
  if [ $((SECONDS - started)) -ge "$limit" ]; then
    note "error: did not end within $limit seconds: $*"
    status=1
  fi
  return "$status"
}

# --- Ports ------------------------------------------------------------------------------------------------------

# A loopback port nobody listens on, below the range systems hand out to clients.
free_port() {
  local port tries
  for ((tries = 0; tries < 100; tries++)); do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 10000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      printf '%s\n' "$port"
      return 0
    fi
  done
  fail "no free port on the loopback interface"
}
