#!/bin/bash
# lefthook.sh: commits in a repository whose hooks are lefthook's, with the configuration of docs/ci.md. Takes the binary in $FNLINT;
# prints a line per check, and fails if one does. Needs git, node and npm; lefthook is kept in $FNLINT_TOOLS_CACHE.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
fnlint=$(readlink -f "${FNLINT:?}")
tools=${FNLINT_TOOLS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/fnlint-tools}
lefthook=$tools/lefthook/node_modules/.bin/lefthook
[[ -x $lefthook ]] ||
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$tools/lefthook" lefthook@2.2.2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
# expect WHAT COMMAND...
expect() {
  local what=$1
  shift
  if "$@" >/dev/null; then
    echo "ok: $what"
  else
    echo "FAILED: $what"
    failed=1
  fi
}

mkdir "$work/bin"
ln -s "$fnlint" "$work/bin/fnlint"
export PATH=$work/bin:${lefthook%/*}:$PATH GIT_CONFIG_GLOBAL=/dev/null
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com
git init -q -b main "$work/repository"
cd "$work/repository"
# The block of the page that begins with the file's name.
# shellcheck disable=SC2016
sed -n '/^# lefthook.yml/,/^```/{/^```/!p}' "$root/docs/ci.md" >lefthook.yml
expect "docs/ci.md has a lefthook.yml" grep -q fnlint lefthook.yml
lefthook install >/dev/null

log=$work/log
# shellcheck disable=SC2317
commit() { git commit -qm "$1" >"$log" 2>&1; }
# shellcheck disable=SC2317
fails() { ! "$@"; }

echo shop >README
git add .
expect "a commit without code passes" commit start
cp -r "$root/fixtures/loop-s3-recursion/fires-through-env-var" 'my app'
git add .
expect "a commit with a finding is refused" fails commit finding
expect "and the finding is shown" grep -q "my app/src/app.py:9:5: error: 'Thumbs'" "$log"
git commit -qm old --no-verify
echo >>'my app/src/app.py'
echo 'x = 1' >'my app/src/other.py'
git add 'my app/src/other.py'
expect "a finding that was there before passes" commit other
exit "$failed"
