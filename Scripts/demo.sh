#!/usr/bin/env bash
# Builds the example service, starts it on a new database, and walks through it with real requests.
#
#   Scripts/demo.sh [--sqlite|--postgres|--mysql] [--serve]
#
# --serve keeps the service running after the tour, until Ctrl-C.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

engine=sqlite
serve=no
while [ $# -gt 0 ]; do
  case $1 in
    --sqlite | --postgres | --mysql) engine=${1#--} ;;
    --serve) serve=yes ;;
    *) fail "usage: demo.sh [--sqlite|--postgres|--mysql] [--serve]" ;;
  esac
  shift
done

package=$ROWAN_ROOT/Examples/TaskService
[ -f "$package/Package.swift" ] || fail "there is no $package/Package.swift"

install_traps
require_clients
run swift build --package-path "$package" --product TaskService >&2
program=$(swift build --package-path "$package" --show-bin-path)/TaskService

use_run_dir
case $engine in
  sqlite) url=sqlite://$ROWAN_RUN_DIR/tasks.sqlite ;;
  postgres)
    start_servers postgres
    url=$POSTGRES_URL
    ;;
  mysql)
    start_servers mysql
    url=$MYSQL_URL
    ;;
esac

service=
stop_service() {
  [ -n "$service" ] && is_running "$service" || return 0
  if [ "$serve" = yes ]; then note "stopping the service"; fi
  stop_process "$service" TERM 10
}
on_exit stop_service

wait_until_healthy() {
  local tries=300
  while [ "$tries" -gt 0 ] && is_running "$service"; do
    if is_healthy "$port"; then return 0; fi
    tries=$((tries - 1))
    sleep 0.1
  done
  return 1
}

migrations=$package/Migrations
run "$program" db migrate latest --url "$url" --migrations "$migrations"
run "$program" db migrate status --url "$url" --migrations "$migrations"

port=$(free_port)
log=$ROWAN_RUN_DIR/service.log
set -m
"$program" --database-url "$url" --migrations "$migrations" --port "$port" --seed --events </dev/null >"$log" 2>&1 &
service=$!
set +m
if ! wait_until_healthy; then
  printf -- '--- the end of the service log\n' >&2
  tail -n 40 "$log" >&2
  fail "the service did not become healthy on port $port"
fi

status=0
run "$program" tour --base-url "http://127.0.0.1:$port" --events || status=$?
if [ "$status" -ne 0 ]; then
  printf -- '--- the end of the service log\n' >&2
  tail -n 40 "$log" >&2
fi
if [ "$status" -ne 0 ] || [ "$serve" = no ]; then exit "$status"; fi

note "serving $engine on http://127.0.0.1:$port until Ctrl-C"
tail -n 0 -f "$log" &
follower=$!
stop_follower() { stop_process "$follower" TERM 2; }
on_exit stop_follower
wait "$service" || status=$?
note "the service has ended by itself"
exit "$status"
