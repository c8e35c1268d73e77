#!/usr/bin/env bash
# Compiles the Swift code in README.md, Docs/*.md and Examples/*/README.md, so that it stays true.
#
#   Scripts/docs-snippets.sh
#
# A fence opened by ```swift compile holds code that must compile. The fences of one page share a module: what one
# declares, the next may use. Declarations, which start in the first column, stay at file level; statements go into
# an async throwing function of their own; imports count for the whole page. ```swift compile alone opens a fence that
# shares nothing with its page. What a page's code needs and its reader need not see goes into a comment, all of which
# stays at file level:
#
#   <!-- swift compile
#   let database: Database = { fatalError() }()
#   -->
#
# ROWAN_SNIPPETS_SCRATCH names the folder to build in (.build-snippets); keep it to save time.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

[ $# -eq 0 ] || fail "usage: docs-snippets.sh"
cd "$ROWAN_ROOT"
install_traps

scratch=${ROWAN_SNIPPETS_SCRATCH:-$ROWAN_ROOT/.build-snippets}
mkdir -p "$scratch"
scratch=$(cd "$scratch" && pwd)
rm -rf "$scratch/Sources"
mkdir -p "$scratch/Sources"

pages=()
for page in README.md Docs/*.md Examples/*/README.md; do
  if [ -f "$page" ]; then pages+=("$page"); fi
done

for page in ${pages[@]+"${pages[@]}"}; do
  module=$(printf '%s' "${page%.md}" | tr -c 'A-Za-z0-9' '_')
  awk -v page="$page" -v module="Snippets_$module" -v sources="$scratch/Sources" \
    -v path="$ROWAN_ROOT/$page" -f "$ROWAN_ROOT/Scripts/lib/snippets.awk" "$page"
done

modules=()
for folder in "$scratch"/Sources/*/; do
  if [ -d "$folder" ]; then modules+=("$(basename "$folder")"); fi
done
if [ "${#modules[@]}" -eq 0 ]; then
  note "no snippets to compile"
  exit 0
fi

{
  printf '// swift-tools-version: 6.2\nimport PackageDescription\n\n'
  printf 'let rowan: [Target.Dependency] = [\n'
  sed -n 's/^ *\.library(name: "\([^"]*\)".*/  .product(name: "\1", package: "rowan"),/p' Package.swift
  printf ']\n\nlet package = Package(\n  name: "snippets",\n  platforms: [.macOS(.v15)],\n'
  printf '  dependencies: [.package(name: "rowan", path: "%s")],\n  targets: [\n' "$ROWAN_ROOT"
  printf '    .target(name: "%s", dependencies: rowan),\n' "${modules[@]}"
  printf '  ]\n)\n'
} >"$scratch/Package.swift"

require_clients
note "compiling the snippets of ${#modules[@]} modules"
run swift build --package-path "$scratch"
