# shellcheck shell=bash
# One server process in one directory: DIR/server.pid, DIR/server.log, DIR/data, and a socket beside them.

# launch DIR COMMAND...: starts COMMAND as the server user, away from our terminal and process group.
launch() {
  local dir=$1
  shift
  rm -f "$dir/server.pid"
  : >"$dir/launched"
  if [ -f "$dir/server.log" ]; then mv "$dir/server.log" "$dir/server.log.1"; fi
  as_server_user touch "$dir/server.log"
  set -m
  # shellcheck disable=SC2016 # expanded by the inner shell, which becomes the server and so knows its id
  as_server_user sh -c 'echo $$ >"$1/server.pid.new" && mv "$1/server.pid.new" "$1/server.pid" && shift && exec "$@"' \
    sh "$dir" "$@" </dev/null >>"$dir/server.log" 2>&1 &
  disown
  set +m
}

# server_pid DIR: the id of the server that runs there, or nothing.
server_pid() {
  local pid
  [ -f "$1/server.pid" ] || return 0
  pid=$(cat "$1/server.pid")
  if [ -n "$pid" ] && is_running "$pid"; then printf '%s\n' "$pid"; fi
}

# wait_for_server DIR READY SECONDS: until `READY DIR PID` succeeds; fails once the server ended or time is up.
wait_for_server() {
  local dir=$1 ready=$2 tries=$(($3 * 10)) pid=
  while [ "$tries" -gt 0 ]; do
    tries=$((tries - 1))
    sleep 0.1
    if [ -f "$dir/server.pid" ]; then
      pid=$(server_pid "$dir")
      [ -n "$pid" ] || return 1
      if "$ready" "$dir" "$pid"; then return 0; fi
    fi
  done
  return 1
}

show_log() {
  local log
  for log in "$1"/init.log "$1"/server.log; do
    if [ -s "$log" ]; then
      printf -- '--- the end of %s\n' "$log" >&2
      tail -n 40 "$log" >&2
    fi
  done
}

# Someone interrupted right after a launch finds the process id a moment later.
await_launch() {
  local tries=20
  while [ -f "$1/launched" ] && [ ! -f "$1/server.pid" ] && [ "$tries" -gt 0 ]; do
    tries=$((tries - 1))
    sleep 0.1
  done
}

# stop_server DIR SIGNAL
stop_server() {
  local pid
  await_launch "$1"
  pid=$(server_pid "$1")
  if [ -n "$pid" ]; then stop_process "$pid" "$2"; fi
  rm -f "$1/server.pid" "$1/launched"
}

# kill_server DIR: ends the server and its children at once, as a crash would.
kill_server() {
  local pid child children
  await_launch "$1"
  pid=$(server_pid "$1")
  if [ -n "$pid" ]; then
    children=$(children_of "$pid")
    # shellcheck disable=SC2086 # one word per process
    kill -KILL "$pid" $children 2>/dev/null || true
    for child in "$pid" $children; do wait_until_gone "$child" 10 || true; done
  fi
  rm -f "$1/server.pid" "$1/launched"
}

# freeze_server DIR: stops the server and its children without ending them. A signal takes effect when the process is
# next given a processor, which on a busy machine is not at once.
freeze_server() {
  local pid processes process tries=100
  pid=$(server_pid "$1")
  [ -n "$pid" ] || fail "no server runs in $1"
  processes="$pid $(children_of "$pid")"
  # shellcheck disable=SC2086 # one word per process
  kill -STOP $processes
  for process in $processes; do
    until is_stopped "$process"; do
      tries=$((tries - 1))
      [ "$tries" -gt 0 ] || fail "process $process does not stop"
      sleep 0.05
    done
  done
}

# thaw_server DIR: lets them go on.
thaw_server() {
  local pid
  pid=$(server_pid "$1")
  [ -n "$pid" ] || fail "no server runs in $1"
  # shellcheck disable=SC2046 # one word per process
  kill -CONT "$pid" $(children_of "$pid")
}

# is_stopped PID: whether none of its threads can run; true of a process that is gone.
is_stopped() {
  if [ -d "/proc/$1/task" ]; then
    ! grep -h '^State:' "/proc/$1/task/"*/status 2>/dev/null | grep -qv '^State:[[:space:]]*T'
  else
    case $(ps -o state= -p "$1") in T* | '') ;; *) return 1 ;; esac
  fi
}

# start_on_free_port START DIR ARGUMENT...: runs `START DIR PORT ARGUMENT...` until a port is really free; the port is
# in STARTED_PORT then.
STARTED_PORT=
start_on_free_port() {
  local start=$1 dir=$2 attempt
  shift 2
  for attempt in 1 2 3 4 5; do
    STARTED_PORT=$(free_port) || return 1
    if "$start" "$dir" "$STARTED_PORT" "$@"; then return 0; fi
    grep -qiE 'address already in use|bind on tcp/ip port' "$dir/server.log" || break
    note "port $STARTED_PORT was taken meanwhile (attempt $attempt)"
  done
  show_log "$dir"
  return 1
}
