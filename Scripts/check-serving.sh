#!/usr/bin/env bash
# `Scripts/demo.sh --serve` goes on serving after its tour, and Ctrl-C ends both it and the service.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

[ $# -eq 0 ] || fail "usage: check-serving.sh"
cd "$ROWAN_ROOT"
install_traps
require_clients
use_run_dir

log=$ROWAN_RUN_DIR/demo.log
# Ctrl-C reaches every process of the terminal's group, so that the demo gets one of its own.
set -m
Scripts/demo.sh --sqlite --serve </dev/null >"$log" 2>&1 &
demo=$!
set +m
stop_demo() { kill -KILL "-$demo" 2>/dev/null || true; }
on_exit stop_demo

url=
tries=6000
while [ "$tries" -gt 0 ] && is_running "$demo"; do
  url=$(sed -n 's/.*serving sqlite on \(http:[^ ]*\) until Ctrl-C.*/\1/p' "$log")
  [ -z "$url" ] || break
  tries=$((tries - 1))
  sleep 0.1
done
if [ -z "$url" ]; then
  tail -n 40 "$log" >&2
  fail "the demo does not serve"
fi

port=${url##*:}
is_healthy "$port" || fail "the service does not answer after the tour"
kill -INT "-$demo"
wait_until_gone "$demo" 20 || fail "the demo goes on after Ctrl-C"
if is_healthy "$port"; then fail "the service goes on after Ctrl-C"; fi
note "the demo served on $url until Ctrl-C"
