#!/usr/bin/env bash
# Runs every fuzz target of the module for the given time each; further arguments go to go test.
set -euo pipefail
cd "$(dirname "$0")/.."
time=${1:-30s}
shift $(($# > 0))
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Go reports the end of the time as a failure when a worker is slow to notice it (golang/go#75804); a real one leaves its input behind.
late() { grep -q 'context deadline exceeded' "$log" && ! grep -q 'Failing input written' "$log"; }

grep -rE --include='*_test.go' '^func Fuzz' . | sort | sed -E 's|^(.*)/[^/]*:func (Fuzz[A-Za-z0-9_]*).*|\1 \2|' | while read -r pkg target; do
  echo "== $pkg $target"
  go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" "$@" "$pkg" </dev/null 2>&1 | tee "$log" || late
done
