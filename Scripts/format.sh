#!/usr/bin/env bash
# Formats the sources in place, or with --lint only says what is not as it should be.
#
#   Scripts/format.sh [--lint]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/all.sh"

case ${1:-} in
  '') command=(swift format format --in-place --parallel) ;;
  --lint) command=(swift format lint --strict --parallel) ;;
  *) fail "usage: format.sh [--lint]" ;;
esac

cd "$ROWAN_ROOT"
folders=()
for folder in Sources Dialects Tests Examples Benchmarks; do
  if [ -d "$folder" ]; then folders+=("$folder"); fi
done
find Package.swift "${folders[@]}" -name '.build*' -prune -o -type f -name '*.swift' -print0 |
  xargs -0 "${command[@]}" --configuration .swift-format
