#!/bin/bash
# husky.sh: commits in a repository whose hooks are husky's and lint-staged's, with the configuration of docs/ci.md. Takes the binary in $FNLINT;
# prints a line per check, and fails if one does. Needs git, node and npm; both are kept in $FNLINT_TOOLS_CACHE.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
fnlint=$(readlink -f "${FNLINT:?}")
tools=${FNLINT_TOOLS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/fnlint-tools}
programs=$tools/husky/node_modules/.bin
[[ -x $programs/husky && -x $programs/lint-staged ]] ||
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$tools/husky" husky@9.1.7 lint-staged@15.5.2

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
export PATH=$work/bin:$programs:$PATH GIT_CONFIG_GLOBAL=/dev/null
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com
git init -q -b main "$work/repository"
cd "$work/repository"
# The blocks of the page that begin with the files' names.
block() { sed -n "/^$1/,/^\`\`\`/{/^\`\`\`/!p}" "$root/docs/ci.md"; }
echo '{}' >package.json
ln -s "$tools/husky/node_modules" .
echo /node_modules >.gitignore
husky
block '# .husky\/pre-commit' >.husky/pre-commit
block '\/\/ lint-staged.config.mjs' >lint-staged.config.mjs
expect "docs/ci.md has both files" grep -q '^fnlint' .husky/pre-commit
expect "and lint-staged runs fnlint" grep -q fnlint lint-staged.config.mjs

log=$work/log
# shellcheck disable=SC2317
commit() { git commit -qm "$1" >"$log" 2>&1; }
# shellcheck disable=SC2317
fails() { ! "$@"; }

echo shop >README
git add .
expect "husky: a commit without code passes" commit start
cp -r "$root/fixtures/loop-s3-recursion/fires-through-env-var" 'my app'
git add .
for hook in husky lint-staged; do
  expect "$hook: a commit with a finding is refused" fails commit finding
  expect "$hook: and the finding is shown" grep -q "my app/src/app.py:9:5: error: 'Thumbs'" "$log"
  echo 'npx lint-staged' >.husky/pre-commit
done
git commit -qm old --no-verify
echo >>'my app/src/app.py'
echo 'x = 1' >'my app/src/other.py'
git add 'my app/src/other.py'
expect "lint-staged: a finding that was there before passes" commit other
expect "and it ran" grep -q 'fnlint check --staged' "$log"
exit "$failed"
