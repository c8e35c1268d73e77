#!/usr/bin/env bash
# Writes the generated query overloads (joins, groups, selects of every arity). `--check` only compares.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
target="$root/Sources/RowanCore/Query/Generated"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/out"
swiftc -swift-version 6 -o "$work/generate-arities" "$root"/Scripts/generate-arities/*.swift
"$work/generate-arities" "$work/out"
if [ "${1:-}" = "--check" ]; then
  diff -r "$work/out" "$target"
else
  mkdir -p "$target"
  rm -f "$target"/*.swift
  cp "$work/out"/*.swift "$target/"
fi
