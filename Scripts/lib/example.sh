# shellcheck shell=bash
# The example, a package of its own with tests of its own.

EXAMPLE=$ROWAN_ROOT/Examples/TaskService

# example_tests: the names of its tests, and of some functions that are none: every function of a file goes with every
# suite of it. From the sources, since building takes minutes and a filter may not be about them at all.
example_tests() {
  awk '
    FNR == 1 { suite = "" }
    match($0, /@Suite.* (struct|enum|class|actor) [A-Za-z0-9_]+/) {
      count = split(substr($0, RSTART, RLENGTH), words, " ")
      suite = "/" words[count]
    }
    match($0, /func [A-Za-z0-9_]+/) {
      name = substr($0, RSTART + 5, RLENGTH - 5)
      print "TaskServiceTests.TaskServiceTests" suite "/" name "()"
      print "TaskServiceTests.TaskServiceTests" suite "/" name "(_:)"
    }
  ' "$EXAMPLE"/Tests/*/*.swift
}

# example_matches FILTER...: whether a filter may be about one of its tests; without any, all are.
example_matches() {
  local filter status
  [ -f "$EXAMPLE/Package.swift" ] || return 1
  [ $# -gt 0 ] || return 0
  for filter in "$@"; do
    status=0
    example_tests | grep -E -e "$filter" >/dev/null 2>&1 || status=$?
    # What is no regular expression here may be one for Swift.
    if [ "$status" -ne 1 ]; then return 0; fi
  done
  return 1
}

# is_healthy PORT: whether the service answers GET /health with 200.
is_healthy() (
  exec 2>/dev/null
  exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
  printf 'GET /health HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$1" >&3
  read -r -t 5 _ code _ <&3 || exit 1
  while read -r -t 1 _ <&3; do :; done
  [ "${code%$'\r'}" = 200 ]
)
