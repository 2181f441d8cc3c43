#!/usr/bin/env bash
# Takes the one node out of n8n's package that speaks the Graph API: the package has thirty thousand files.
set -euo pipefail
version=2.41.2
to=node_modules/.n8n
if [ ! -f "$to/$version" ]; then
  rm -rf "$to" && mkdir -p "$to"
  npm pack --silent --pack-destination "$to" "n8n-nodes-base@$version" >/dev/null
  tar -xzf "$to/n8n-nodes-base-$version.tgz" -C "$to" --strip-components=4 package/dist/nodes/Facebook/FacebookGraphApi.node.js
  rm "$to/n8n-nodes-base-$version.tgz"
  touch "$to/$version"
fi
