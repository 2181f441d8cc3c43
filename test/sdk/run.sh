#!/usr/bin/env bash
# Installs other people's clients of the Marketing API at fixed versions and runs them, unmodified, against a server of ours.
set -euo pipefail
cd "$(dirname "$0")"

npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
./n8n.sh
CGO_ENABLED=0 go build -o node_modules/.marquetry ../../cmd/marquetry
node --test --test-concurrency=1 ./*.test.mjs
