#!/bin/bash
# comment.sh: keeps one comment on the pull request $PULL_REQUEST up to date with the file $REPORT. A comment is found again by its
# author, whose token this is, and its first lines, which anyone may write. Without findings none is made, but one that is there says so. A comment that cannot be written is a warning.
set -euo pipefail

skip() {
  echo "::warning title=fnlint::no comment on the pull request: $*"
  exit 0
}

[[ -n ${REPORT:-} ]] || exit 0 # fnlint could not run
for tool in curl jq; do command -v "$tool" >/dev/null || skip "there is no '$tool' on this machine"; done

comments=${GITHUB_API_URL:?}/repos/${GITHUB_REPOSITORY:?}/issues
answer=$(mktemp)

# api METHOD URL [BODY]: leaves the answer in $answer. The token is kept off the command line.
api() {
  local data=()
  [[ -z ${3:-} ]] || data=(--data-binary "@$3")
  local status
  status=$(curl --silent --show-error --retry 3 --request "$1" --output "$answer" --write-out '%{http_code}' \
    --header @<(printf 'Authorization: Bearer %s\n' "$TOKEN") --header 'Accept: application/vnd.github+json' \
    --header 'X-GitHub-Api-Version: 2022-11-28' "${data[@]}" "$2") || skip "the API cannot be reached"
  case $status in
    2*) ;;
    403 | 404) skip "the token may not ($status); the job needs 'permissions: {pull-requests: write}'," \
      "which a pull request from a fork never has" ;;
    *) skip "the API answers $status" ;;
  esac
}

# Runs in several folders of a repository have a comment each.
run="${INPUT_WORKING_DIRECTORY:-.} ${INPUT_PATH:-.}"
run=$(tr -c 'A-Za-z0-9._/ -' _ <<<"${run//$'\n'/ }" | cut -c 1-200)
mark=$(printf '%s\n<!-- %s -->' "$(head -n 1 -- "$REPORT")" "${run%_}")

# An app's own name only GraphQL tells. It is listed with "[bot]" behind it.
ask=$(mktemp)
echo '{"query": "{viewer {login}}"}' >"$ask"
api POST "${GITHUB_GRAPHQL_URL:?}" "$ask"
own=$(jq -r '.data.viewer.login // empty' "$answer")
[[ -n $own ]] || skip "the API does not say whose token this is"

id=
page=1
while [[ -z $id ]]; do
  api GET "$comments/$PULL_REQUEST/comments?per_page=100&page=$page"
  id=$(jq -r --arg mark "$mark" --arg own "$own" 'map(select(
    (.user.login == $own or .user.login == $own + "[bot]") and (.body | gsub("\r"; "") | startswith($mark))
  )) | .[0].id // empty' "$answer")
  (($(jq length "$answer") == 100)) || break
  page=$((page + 1))
done

body=$(mktemp)
jq -Rs --arg mark "$mark" '{body: ($mark + "\n" + sub("^[^\n]*\n"; ""))}' "$REPORT" >"$body"
if [[ -n $id ]]; then
  api PATCH "$comments/comments/$id" "$body"
elif [[ $FINDINGS != 0 ]]; then
  api POST "$comments/$PULL_REQUEST/comments" "$body"
fi
