#!/usr/bin/env bash
# Builds and tests Rowan on real engines, on servers that live only as long as the run.
#
#   Scripts/test.sh [--engine sqlite|postgres|mysql]... [ARGUMENT...]
#
# --engine narrows the run; without it, all three engines are tested. Everything else goes to `swift test`, as in
# `Scripts/test.sh --engine sqlite --filter Transactions`. The tests of Examples/TaskService come last; with filters
# they are only built where one of them may be meant, and with arguments other than --filter and --skip not at all.
#
# Fails when a test fails, when one of our own sources compiles with a warning, and, unless a filter is given, when a
# requested engine was skipped.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

usage() { sed -n '2,/^set /{/^#/{s/^# \{0,1\}//;p;};}' "${BASH_SOURCE[0]}"; }

engines=()
arguments=()
filters=()
filtered=no
meant_for_example=yes
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help)
      usage
      exit 0
      ;;
    --engine)
      [ $# -ge 2 ] || fail "--engine needs a value"
      engines+=("$2")
      shift
      ;;
    --engine=*) engines+=("${1#--engine=}") ;;
    --filter | --filter=*)
      if [ "$1" = --filter ]; then
        [ $# -ge 2 ] || fail "--filter needs a value"
        shift
      fi
      filtered=yes
      filters+=("${1#--filter=}")
      arguments+=(--filter "${1#--filter=}")
      ;;
    --skip | --skip=*)
      if [ "$1" = --skip ]; then
        [ $# -ge 2 ] || fail "--skip needs a value"
        shift
      fi
      filtered=yes
      arguments+=(--skip "${1#--skip=}")
      ;;
    list | last)
      filtered=yes
      meant_for_example=no
      arguments+=("$1")
      ;;
    *)
      # What else `swift test` is told is about this package and its products.
      meant_for_example=no
      arguments+=("$1")
      ;;
  esac
  shift
done
[ "${#engines[@]}" -gt 0 ] || engines=(sqlite postgres mysql)

servers=()
for engine in "${engines[@]}"; do
  case $engine in
    sqlite) ;;
    postgres | mysql)
      case " ${servers[*]-} " in *" $engine "*) ;; *) servers+=("$engine") ;; esac
      ;;
    *) fail "unknown engine $engine; it is one of sqlite, postgres, mysql" ;;
  esac
done

cd "$ROWAN_ROOT"
install_traps
require_clients
use_run_dir

# build [ARGUMENT...]
build() { swift build --build-tests "$@" 2>&1 | tee -a "$ROWAN_RUN_DIR/build.log"; }
# swift_test ARGUMENT...
swift_test() { swift test --skip-build "$@" 2>&1 | tee -a "$ROWAN_RUN_DIR/test.log"; }

# The tests of a target go in parallel, the targets one after the other: what one says of time is not decided by the
# others. A test that hangs is a failure, and not the end of everything.
tests() {
  local status=0 target
  if [ "${#arguments[@]}" -gt 0 ]; then
    run_within 1500 swift_test "${arguments[@]}" || status=1
  else
    for target in Tests/*Tests; do
      note "testing ${target#Tests/}"
      run_within 900 swift_test --filter "^${target#Tests/}\\." || status=1
    done
  fi
  return "$status"
}

# The example is built after the other tests, so that one that does not build hides nothing.
test_example() {
  [ "$meant_for_example" = yes ] || return 0
  example_matches ${filters[@]+"${filters[@]}"} || return 0
  note "testing ${EXAMPLE#"$ROWAN_ROOT"/}"
  if ! run build --package-path "$EXAMPLE"; then
    printf 'error: the build of %s failed\n' "${EXAMPLE#"$ROWAN_ROOT"/}" >&2
    return 1
  fi
  run_within 900 swift_test --package-path "$EXAMPLE" ${arguments[@]+"${arguments[@]}"}
}

# Warnings in our own sources and in what our macros expand to; those of our dependencies are not ours.
own_warnings() {
  local log
  for log in "$ROWAN_RUN_DIR/build.log" "$ROWAN_RUN_DIR/test.log"; do
    [ -f "$log" ] || continue
    awk -v root="$ROWAN_ROOT/" '
      / warning: / {
        path = $0
        if (index(path, root) == 1) path = substr(path, length(root) + 1)
        if (path ~ /^(Examples\/[^\/]+\/)?(Sources|Dialects|Tests)\/[^:]*:[0-9]+:/ || path ~ /^macro expansion / ||
          path ~ /@__swiftmacro_/)
          print
      }' "$log"
  done | sort -u
}

# The compiler is silent about a file it need not compile again, so touch the files it warned about: the next run
# warns again.
reject_warnings() {
  local warnings file
  warnings=$(own_warnings)
  [ -n "$warnings" ] || return 0
  printf '%s\n' "$warnings" | sed -n 's/^\([^:]*\.swift\):[0-9].*/\1/p' | sort -u | while read -r file; do
    if [ -f "$file" ]; then touch "$file"; fi
  done
  printf 'error: warnings in our own sources:\n%s\n' "$warnings" >&2
  return 1
}

run build || fail "the build failed"
reject_warnings || exit 1

if [ "${#servers[@]}" -gt 0 ]; then start_servers "${servers[@]}"; fi
export_test_environment
ROWAN_TEST_ENGINES=$(IFS=,; printf '%s' "${engines[*]}")
ROWAN_TEST_REPORT=$ROWAN_RUN_DIR/report
export ROWAN_TEST_ENGINES ROWAN_TEST_REPORT
: >"$ROWAN_TEST_REPORT"

status=0
tests || status=$?
test_example || status=$?
reject_warnings || status=1

if [ "$filtered" = no ]; then
  for engine in "${engines[@]}"; do
    if ! grep -qx "ran $engine" "$ROWAN_TEST_REPORT"; then
      printf 'error: engine %s was skipped\n' "$engine" >&2
      if [ "$status" -eq 0 ]; then status=1; fi
    fi
  done
fi
exit "$status"
