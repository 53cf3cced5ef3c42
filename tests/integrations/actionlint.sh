#!/bin/bash
# actionlint.sh: lints the workflows of README.md and docs/ with actionlint, and what they give to the action with its action.yml.
# Prints a line per check, and fails if one does. Needs git, and actionlint or go; actionlint is kept in $FNLINT_TOOLS_CACHE.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
tools=${FNLINT_TOOLS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/fnlint-tools}
actionlint=$(command -v actionlint || echo "$tools/bin/actionlint")
[[ -x $actionlint ]] || GOBIN=$tools/bin go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git init -q "$work"
cd "$work"
mkdir -p .github/workflows
cp "$root/action.yml" .

count=0
failed=0
for page in "$root"/README.md "$root"/docs/*.md; do
  # Every block that begins with the name of a workflow is a file of its own.
  awk -v name="$(basename "$page" .md)" '
    /^```/ { inside = 0 }
    inside { print > file }
    /^# \.github\/workflows\// { inside = 1; file = ".github/workflows/" name "-" ++count ".yml" }' "$page"
done
for workflow in .github/workflows/*.yml; do
  sed -i 's|uses: fnlint/fnlint@.*|uses: ./|' "$workflow"
  count=$((count + 1))
  if "$actionlint" -no-color "$workflow"; then
    echo "ok: ${workflow##*/}"
  else
    echo "FAILED: ${workflow##*/}"
    failed=1
  fi
done
if ((count < 3)); then
  echo "FAILED: three workflows or more are in the pages"
  failed=1
fi
exit "$failed"
