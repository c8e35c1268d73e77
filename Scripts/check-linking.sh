#!/usr/bin/env bash
# A program that imports one dialect links that dialect's client library and no other.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

[ $# -eq 0 ] || fail "usage: check-linking.sh"
cd "$ROWAN_ROOT"
install_traps
require_clients

scratch=${ROWAN_LINKING_SCRATCH:-$ROWAN_ROOT/.build-linking}
rm -rf "$scratch/Sources"
{
  printf '// swift-tools-version: 6.2\nimport PackageDescription\n\nlet package = Package(\n  name: "lone",\n'
  printf '  platforms: [.macOS(.v15)],\n  dependencies: [.package(name: "rowan", path: "%s")],\n  targets: [\n' "$ROWAN_ROOT"
  for dialect in SQLite Postgres MySQL; do
    printf '    .executableTarget(\n      name: "lone%s",\n      dependencies: [\n' "$dialect"
    printf '        .product(name: "RowanCore", package: "rowan"), .product(name: "Rowan%s", package: "rowan"),\n' "$dialect"
    printf '      ]),\n'
  done
  printf '  ]\n)\n'
} >"$scratch.manifest"
mkdir -p "$scratch"
mv "$scratch.manifest" "$scratch/Package.swift"
# program DIALECT: writes what a program on one dialect is made of.
program() {
  mkdir -p "$scratch/Sources/lone$1"
  cat >"$scratch/Sources/lone$1/main.swift"
}
program SQLite <<'SWIFT'
import RowanCore
import RowanSQLite

let db = try await Database.open(.sqlite(":memory:"))
print(try await SQL("SELECT 1").as(Int.self).fetchOne(db))
await db.close()
SWIFT
for dialect in Postgres MySQL; do
  # Nobody listens there: that the client library says so is enough.
  program "$dialect" <<SWIFT
import RowanCore
import Rowan$dialect

do {
  _ = try await Database.open(.$(printf '%s' "$dialect" | tr '[:upper:]' '[:lower:]')("$(printf '%s' "$dialect" | tr '[:upper:]' '[:lower:]')://user@127.0.0.1:1/name"))
} catch let error as RowanError {
  print(error.code == .connectionRefused ? 1 : 0)
}
SWIFT
done

run swift build --package-path "$scratch"
folder=$(swift build --package-path "$scratch" --show-bin-path)
# expect DIALECT LIBRARY OTHER...: that the program on a dialect links its client library, and none of the others.
expect() {
  local dialect=$1 library=$2 linked other
  shift 2
  [ "$("$folder/lone$dialect")" = 1 ] || fail "the program on $dialect did not run"
  if command -v otool >/dev/null 2>&1; then
    linked=$(otool -L "$folder/lone$dialect")
  else
    # Its own libraries, and not those that they need in turn.
    linked=$(readelf -d "$folder/lone$dialect" 2>/dev/null || ldd "$folder/lone$dialect")
  fi
  case $linked in *"$library"*) ;; *) fail "the program on $dialect does not link $library" ;; esac
  for other in "$@"; do
    case $linked in *"$other"*) fail "a program that imports only Rowan$dialect links $other" ;; esac
  done
  note "a program on $dialect links $library and no other client"
}
expect SQLite libsqlite3 libpq libmariadb
expect Postgres libpq libsqlite3 libmariadb
expect MySQL libmariadb libsqlite3 libpq
