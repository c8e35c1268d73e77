#!/usr/bin/env bash
# Private servers for tests that kill them.
#
#   victim.sh start postgres|mysql DIR PORT   prints the server's process id once it accepts connections; makes the
#                                             server's files in DIR the first time, and finds them there after that
#   victim.sh stop  postgres|mysql DIR        asks the server to end, and waits until it did
#   victim.sh kill9 postgres|mysql DIR        kills the server and its children, and waits until they are gone
#   victim.sh freeze|thaw postgres|mysql DIR  stops the server and its children without ending them; lets them go on
#
# User `rowan` with password `rowan` owns database `rowan_test`. What was committed survives kill9. DIR should be a
# new directory below ROWAN_TEST_SCRATCH. The socket is DIR/.s.PGSQL.PORT or DIR/mysql.sock.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/all.sh"

usage() { fail "usage: victim.sh start|stop|kill9|freeze|thaw postgres|mysql DIR [PORT]"; }

[ $# -ge 3 ] || usage
action=$1 engine=$2 dir=$3
case $engine in postgres | mysql) ;; *) usage ;; esac
case $dir in /*) ;; *) dir=$PWD/$dir ;; esac

case $action in
  start)
    [ $# -eq 4 ] || usage
    [ -z "$(server_pid "$dir")" ] || fail "a server already runs in $dir"
    if [ ! -f "$dir/initialised" ]; then
      rm -rf "$dir/data"
      "${engine}_init" "$dir"
      touch "$dir/initialised"
    fi
    # A test that dies leaves its servers behind; the script that started the tests ends those listed here.
    if [ -n "${ROWAN_TEST_VICTIMS:-}" ]; then printf '%s\n' "$dir" >>"$ROWAN_TEST_VICTIMS"; fi
    if ! "${engine}_start" "$dir" "$4" durable; then
      show_log "$dir"
      kill_server "$dir"
      fail "$engine did not start in $dir on port $4"
    fi
    server_pid "$dir"
    ;;
  stop) "${engine}_stop" "$dir" ;;
  kill9) kill_server "$dir" ;;
  freeze) freeze_server "$dir" ;;
  thaw) thaw_server "$dir" ;;
  *) usage ;;
esac
