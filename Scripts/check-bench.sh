#!/usr/bin/env bash
# The benchmarks build, have the rows that others rely on by their ids, and report in the form that Benchmarks/README.md
# gives. Nothing is measured here: it runs a debug build.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

[ $# -eq 0 ] || fail "usage: check-bench.sh"
package=$ROWAN_ROOT/Benchmarks
install_traps
require_clients
use_run_dir
run swift build --quiet --package-path "$package" >&2
program=$(swift build --package-path "$package" --show-bin-path)/rowan-bench

ids="core.query-build sqlite.point-read sqlite.point-read.snapshot sqlite.rows-10k sqlite.insert-1000 sqlite.insert-1
  postgres.point-read postgres.point-read-32 postgres.pgbench-8 postgres.pgbench-32 postgres.rows-10k
  postgres.batch-1000 postgres.bulk-1000 mysql.point-read-32 mysql.rows-10k mysql.bulk-10k"
for engine in sqlite postgres mysql; do
  ids="$ids $engine.wide-1 $engine.wide-100 $engine.wide-1000 $engine.stream-1m"
done
listed=$("$program" --list)
for id in $ids; do
  case $listed in *"$id "*) ;; *) fail "there is no row $id" ;; esac
done

json=$ROWAN_RUN_DIR/bench.json
table=$("$program" --quick --filter core.query-build --filter sqlite.point-read --json "$json")
for field in id engine subject ratio cpuRatio spread; do
  grep -q "\"$field\"" "$json" || fail "the JSON has no field $field"
done
for subject in rowan c; do
  grep -q "\"subject\" *: *\"$subject\"" "$json" || fail "the JSON has no subject $subject"
done
case $table in *pinned*) ;; *) fail "the table does not say whether a row ran pinned or free" ;; esac
note "the benchmarks have their rows and report on them"
