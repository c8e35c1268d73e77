#!/usr/bin/env bash
# A program that imports one dialect links that dialect's client library and no other.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

[ $# -eq 0 ] || fail "usage: check-linking.sh"
cd "$ROWAN_ROOT"
install_traps
require_clients

scratch=${ROWAN_LINKING_SCRATCH:-$ROWAN_ROOT/.build-linking}
mkdir -p "$scratch/Sources/lone"
{
  printf '// swift-tools-version: 6.2\nimport PackageDescription\n\nlet package = Package(\n  name: "lone",\n'
  printf '  platforms: [.macOS(.v15)],\n  dependencies: [.package(name: "rowan", path: "%s")],\n' "$ROWAN_ROOT"
  printf '  targets: [\n    .executableTarget(\n      name: "lone",\n      dependencies: [\n'
  printf '        .product(name: "RowanCore", package: "rowan"), .product(name: "RowanSQLite", package: "rowan"),\n'
  printf '      ])\n  ]\n)\n'
} >"$scratch/Package.swift"
cat >"$scratch/Sources/lone/main.swift" <<'SWIFT'
import RowanCore
import RowanSQLite

let db = try await Database.open(.sqlite(":memory:"))
print(try await SQL("SELECT 1").as(Int.self).fetchOne(db))
await db.close()
SWIFT
run swift build --package-path "$scratch"
program=$(swift build --package-path "$scratch" --show-bin-path)/lone
[ "$("$program")" = 1 ] || fail "the program did not run"
if command -v otool >/dev/null 2>&1; then linked=$(otool -L "$program"); else linked=$(ldd "$program"); fi
case $linked in *libsqlite3*) ;; *) fail "the program does not link libsqlite3" ;; esac
case $linked in
  *libpq* | *libmariadb*) fail "a program that imports only RowanSQLite links another engine's client" ;;
esac
note "a program on SQLite links libsqlite3 and no other client"
