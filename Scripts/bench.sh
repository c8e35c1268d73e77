#!/usr/bin/env bash
# Runs the benchmarks, in release, on servers that live only as long as the run.
#
#   Scripts/bench.sh [--json FILE] [--filter ID] [ARGUMENT...]
#
# All arguments go to `rowan-bench`.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

package=$ROWAN_ROOT/Benchmarks
[ -f "$package/Package.swift" ] || fail "there is no $package/Package.swift"

install_traps
require_clients
# What the build says goes to stderr: stdout is the benchmark's.
run swift build -c release --package-path "$package" --product rowan-bench >&2
program=$(swift build -c release --package-path "$package" --show-bin-path)/rowan-bench

start_servers postgres mysql
export ROWAN_BENCH_POSTGRES_URL=$POSTGRES_URL
export ROWAN_BENCH_MYSQL_URL=$MYSQL_URL
pgbench=$(find_postgres_bin)/pgbench
[ -x "$pgbench" ] || pgbench=$(command -v pgbench || true)
export ROWAN_BENCH_PGBENCH=$pgbench
run "$program" "$@"
