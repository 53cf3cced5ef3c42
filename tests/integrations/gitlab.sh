#!/bin/bash
# gitlab.sh: runs the component templates/fnlint.yml in jobs of gitlab-ci-local, which checks it against GitLab's schema and executes
# it on this machine. Takes the binary in $FNLINT; prints a line per check, and fails if one does.
# Needs git, node, npm, jq, xz, curl and rsync; gitlab-ci-local is kept in $FNLINT_TOOLS_CACHE.
set -euo pipefail
! declare -F needs >/dev/null || needs git jq xz-utils curl rsync

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
fnlint=$(readlink -f "${FNLINT:?}")
tools=${FNLINT_TOOLS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/fnlint-tools}
runner=$tools/gitlab-ci-local/node_modules/.bin/gitlab-ci-local
[[ -x $runner ]] ||
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$tools/gitlab-ci-local" gitlab-ci-local@4.65.0

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

export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com
git init -q -b main "$work/repository"
cd "$work/repository"
git remote add origin https://gitlab.com/shop/shop.git
git symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/main
echo /.gitlab-ci-local >.gitignore
mkdir templates
cp "$root/templates/fnlint.yml" templates
cp -r "$root/fixtures/loop-s3-recursion/fires-through-env-var" old
git add . && git commit -qm old
base=$(git rev-parse HEAD)
cp -r "$root/fixtures/loop-s3-recursion/fires-through-env-var" new
sed -i 's/Thumbs/Previews/g; s/handler/preview/g' new/template.yaml new/src/app.py

# job [INPUT...] [-- OPTION...]: runs the job; leaves its exit code in $code, its log in $log, the reports in the current folder.
log=$work/log
job() {
  printf '%s\n' 'include:' '  - local: templates/fnlint.yml' '    inputs:' '      stage: test' >.gitlab-ci.yml
  while (($#)) && [[ $1 != -- ]]; do
    printf '      %s\n' "$1" >>.gitlab-ci.yml
    shift
  done
  rm -f gl-*.json
  git add . && git commit -qm next --allow-empty
  code=0
  NO_COLOR=1 "$runner" --force-shell-executor --home "$work" "${@:2}" fnlint >"$log" 2>&1 || code=$?
}
binary=(--variable "FNLINT_BINARY=$fnlint")

job -- "${binary[@]}"
expect "the component fits GitLab's schema" grep -q 'json schema validated' "$log"
expect "findings fail the job" test "$code" = 1
expect "findings are printed" test "$(grep -c 'src/app.py:9:5: error:' "$log")" = 2
expect "the Code Quality report is left" jq -e 'length == 2 and .[0].check_name == "loop-s3-recursion"' gl-code-quality-report.json
expect "the SAST report is left" jq -e '.scan.type == "sast"' gl-sast-report.json

job 'changed-only: true' -- "${binary[@]}" --variable "CI_MERGE_REQUEST_DIFF_BASE_SHA=$base"
expect "changed-only: what is new fails the job" test "$code" = 1
expect "changed-only: what is new is printed alone" test "$(grep -c 'src/app.py:9:5: error:' "$log")" = 1
expect "changed-only: the report has everything" jq -e 'length == 2' gl-code-quality-report.json
job 'changed-only: true' -- "${binary[@]}" --variable "CI_MERGE_REQUEST_DIFF_BASE_SHA=$(git rev-parse HEAD)"
expect "changed-only: nothing new passes" test "$code" = 0

job 'path: old' 'args: --ignore loop --exclude *.tmp' -- "${binary[@]}"
expect "path and args reach fnlint" test "$code" = 0
# shellcheck disable=SC2016
job 'path: $(touch pwned);`touch pwned`' -- "${binary[@]}"
expect "a path is never run" test ! -e pwned
job 'fail-on: sometimes' -- "${binary[@]}"
expect "an input that is not allowed is refused" grep -q 'fail-on' "$log"

version=$(sed -n '/^    version:/,/regex/s/.*default: "\(.*\)"/\1/p' "$root/templates/fnlint.yml")
expect "the component's release is this version" grep -q "^project(fnlint VERSION $version " "$root/CMakeLists.txt"
releases=$work/releases/v$version
name=fnlint-$version-linux-$(uname -m)
mkdir -p "$releases" "$work/$name/bin"
cp "$fnlint" "$work/$name/bin/fnlint"
tar -cf - -C "$work" "$name" | xz -0 >"$releases/$name.tar.xz"
(cd "$releases" && sha256sum "$name.tar.xz" >SHA256SUMS)
release=(--variable "FNLINT_RELEASES=file://$work/releases" --variable PATH=/usr/bin:/bin)
job 'path: old' -- "${release[@]}"
expect "the release is downloaded" grep -q "fnlint > fnlint $version" "$log"
echo >>"$releases/$name.tar.xz"
job 'path: old' -- "${release[@]}"
expect "another file than the release's is refused" grep -q 'computed checksum did NOT match' "$log"
expect "and fails the job" test "$code" != 0
exit "$failed"
