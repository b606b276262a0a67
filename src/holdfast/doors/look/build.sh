#!/bin/sh
# Rebuilds static/look/*.css from styles/*.scss. Node is needed only here: what it makes is kept in the repository.
# govuk-frontend's rules name left and right; logical.mjs turns these into start and end, so that one sheet serves
# languages that run from right to left.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --save-exact govuk-frontend@6.6.0 sass@1.101.0 postcss@8.5.19
cp -r "$here/styles" "$here/logical.mjs" .
for sheet in page desk; do
  npx sass --pkg-importer=node --style=compressed --no-source-map "styles/$sheet.scss" "$sheet.css"
  node logical.mjs "$sheet.css" > "$here/static/look/$sheet.css"
  printf '%s.css: %s bytes, %s gzipped\n' "$sheet" "$(wc -c < "$here/static/look/$sheet.css")" \
    "$(gzip -9c "$here/static/look/$sheet.css" | wc -c)"
done
