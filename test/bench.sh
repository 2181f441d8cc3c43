#!/usr/bin/env bash
# Measures the program on this machine. Everything that is compared is measured in the same run.
set -euo pipefail
cd "$(dirname "$0")/.."
go build -o bin/marquetry ./cmd/marquetry
./bin/marquetry bench deliver "$@"
go test -run '^$' -bench . -benchtime 1s ./internal/bandit ./internal/eventlog ./internal/deliver ./internal/insights ./internal/creative
