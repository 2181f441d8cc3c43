#!/usr/bin/env bash
# Measures the program on this machine. Everything that is compared is measured in the same run.
# Flags are those of `bench deliver`; the others run with their own.
set -euo pipefail
cd "$(dirname "$0")/.."
go build -o bin/marquetry ./cmd/marquetry
./bin/marquetry bench deliver "$@"
./bin/marquetry bench learn --instances 4 --impressions 30000
./bin/marquetry bench learn --live-ads 10000 --rate 100 --seconds 120
./bin/marquetry bench learn --over-http
./bin/marquetry bench graph
./bin/marquetry bench text
./bin/marquetry bench image --peers
go test -run '^$' -bench . -benchtime 1s ./internal/graph ./internal/bandit ./internal/eventlog ./internal/deliver ./internal/insights ./internal/creative
