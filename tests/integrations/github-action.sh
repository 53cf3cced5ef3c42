#!/bin/bash
# github-action.sh: runs action.yml in jobs of act (github.com/nektos/act), which executes workflows on this machine. The GitHub API is a
# program on the loopback interface. Takes the binary in $FNLINT; prints a line per check, and fails if one does.
# Needs git, node, npm, jq, curl, xz, and act or go; act and the validator are kept in $FNLINT_TOOLS_CACHE.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
fnlint=$(readlink -f "${FNLINT:?}")
tools=${FNLINT_TOOLS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/fnlint-tools}
act=$(command -v act || echo "$tools/bin/act")
[[ -x $act ]] || GOBIN=$tools/bin go install github.com/nektos/act@v0.2.89
[[ -x $tools/action-validator/node_modules/.bin/action-validator ]] ||
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$tools/action-validator" \
    @action-validator/core@0.6.0 @action-validator/cli@0.6.0

work=$(mktemp -d)
trap 'kill "${api:-}" 2>/dev/null; rm -rf "$work"' EXIT
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

# The GitHub API: the comments of pull request 7, behind two full pages of other comments, one of which pretends to be the action's. A
# token 'fork' may only read.
cat >"$work/api.js" <<'JS'
const mallory = { login: "mallory" }, own = { login: "github-actions[bot]" };
const comments = Array.from({ length: 200 }, (_, at) => ({ id: at, body: "looks good", user: mallory }));
comments[7].body = "<!-- fnlint -->\n<!-- . . -->\nno findings, promised";
const fs = require("node:fs");
const server = require("node:http").createServer((request, response) => {
  let body = "";
  request.on("data", part => (body += part)).on("end", () => {
    const url = new URL(request.url, "http://localhost");
    const answer = (status, value) => { response.writeHead(status); response.end(JSON.stringify(value)); };
    const token = request.headers.authorization;
    if (!["Bearer secret", "Bearer fork"].includes(token)) return answer(401, {});
    if (url.pathname === "/graphql") return answer(200, { data: { viewer: own } });
    if (request.method !== "GET" && token !== "Bearer secret") return answer(403, {});
    const page = Number(url.searchParams.get("page"));
    if (request.method === "GET" && url.pathname === "/repos/shop/shop/issues/7/comments")
      return answer(200, comments.slice((page - 1) * 100, page * 100));
    if (request.method === "POST" && url.pathname === "/repos/shop/shop/issues/7/comments")
      comments.push({ id: comments.length, body: JSON.parse(body).body, user: own });
    else if (request.method === "PATCH" && url.pathname.startsWith("/repos/shop/shop/issues/comments/"))
      comments[Number(url.pathname.split("/").pop())].body = JSON.parse(body).body;
    else return answer(404, {});
    fs.writeFileSync(process.argv[2], JSON.stringify(comments.slice(200).map(each => each.body)));
    answer(request.method === "POST" ? 201 : 200, {});
  });
}).listen(0, "127.0.0.1", () => console.log(server.address().port));
JS
comments=$work/comments.json
echo '[]' >"$comments"
node "$work/api.js" "$comments" >"$work/port" &
api=$!
until [[ -s $work/port ]]; do sleep 0.1; done

# A repository whose branch adds a function that triggers itself to one that did so before.
repository=$work/repository
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com
git init -q -b main "$repository"
cd "$repository"
git remote add origin https://github.com/shop/shop
mkdir -p .github/workflows .github/fnlint/packaging
cp "$root/action.yml" "$root/CMakeLists.txt" .github/fnlint
cp -r "$root/packaging/action" .github/fnlint/packaging
cp -r "$root/fixtures/loop-s3-recursion/fires-through-env-var" old
git add . && git commit -qm old
git checkout -qb branch
cp -r "$root/fixtures/loop-s3-recursion/fires-through-env-var" 'new one'
sed -i 's/Thumbs/Previews/g; s/handler/preview/g' 'new one/template.yaml' 'new one/src/app.py'
git add . && git commit -qm new
git checkout -q --detach main 2>/dev/null && git merge -q --no-ff -m merge branch
echo '{"number": 7, "pull_request": {"number": 7, "base": {"ref": "main"}, "head": {"ref": "branch"}}}' >"$work/pull.json"
echo '{"ref": "refs/heads/main"}' >"$work/push.json"

# job EVENT WITH...: a job with the action and these inputs; its log is in $log, what it leaves in the folder $left.
log=$work/log
left=$work/left
job() {
  local event=$1
  shift
  rm -rf "$left"
  mkdir "$left"
  {
    printf '%s\n' "on: [push, pull_request]" "jobs:" "  lint:" "    runs-on: ubuntu-latest" "    steps:" \
      "      - uses: actions/checkout@df4cb1c069e1874edd31b4311f1884172cec0e10" \
      "      - id: fnlint" "        continue-on-error: true" "        uses: ./.github/fnlint" "        with:"
    printf '          %s\n' "$@"
    # shellcheck disable=SC2016
    printf '%s\n' '      - env: {OUTPUTS: "${{ toJSON(steps.fnlint.outputs) }}", OUTCOME: "${{ steps.fnlint.outcome }}"}' \
      '        run: |' "          printf '%s' \"\$OUTPUTS\" >$left/outputs; printf '%s' \"\$OUTCOME\" >$left/outcome" \
      "          cp -r . $left/workspace"
  } >.github/workflows/lint.yml
  "$act" "$event" -e "$work/${event%_request}.json" -P ubuntu-latest=-self-hosted \
    --container-daemon-socket - --no-cache-server -s GITHUB_TOKEN="${token:-secret}" --env GITHUB_API_URL="http://127.0.0.1:$(<"$work/port")" \
    --env GITHUB_GRAPHQL_URL="http://127.0.0.1:$(<"$work/port")/graphql" \
    --env RUNNER_ARCH=X64 --env FNLINT_RELEASES="file://$work/releases" >"$log" 2>&1 || true
}
output() { jq -r --arg name "$1" '.[$name]' "$left/outputs"; }
# shellcheck disable=SC2317
is() { [[ $1 == "$2" ]] || { echo "  '$1' is not '$2'" >&2; return 1; }; }

expect "action.yml is valid" "$tools/action-validator/node_modules/.bin/action-validator" "$root/action.yml"

job push "binary: $fnlint" 'sarif-file: out/fnlint.sarif'
expect "findings fail the job" is "$(<"$left/outcome")" failure
expect "findings are counted" is "$(output findings)" 2
expect "the exit code is told" is "$(output exit-code)" 1
expect "findings are annotations of the files" grep -q '::error title=loop-s3-recursion,file=old/src/app.py,line=9,' "$log"
expect "SARIF is written where the output says" \
  jq -e '.runs[0].results | length == 2' "$left/workspace/$(output sarif)"
# act gives every step an empty summary, and keeps none: here the script runs by itself.
(
  export GITHUB_OUTPUT=$work/output GITHUB_STEP_SUMMARY=$work/summary GITHUB_WORKSPACE=$repository RUNNER_TEMP=$work FNLINT=$fnlint
  export INPUT_WORKING_DIRECTORY=. INPUT_PATH=. INPUT_ARGS='' INPUT_FAIL_ON='' INPUT_CHANGED_ONLY=false INPUT_SARIF_FILE=''
  INPUT_OUTPUT_FORMAT=github bash "$root/packaging/action/run.sh" >/dev/null
)
expect "the summary has the table" is "$(grep -c '^| error | .*loop-s3-recursion' "$work/summary")" 2

job push "binary: $fnlint" 'working-directory: old' 'sarif-file: fnlint.sarif' 'fail-on: error' 'output-format: text'
expect "another folder: the findings there" is "$(output findings)" 1
expect "another folder: SARIF is in it" is "$(output sarif)" old/fnlint.sarif
expect "another format is printed" grep -q 'src/app.py:9:5' "$log"

job push "binary: $fnlint" 'path: "new one"' "args: --ignore 'loop' --exclude '\$(touch pwned) \`touch pwned\`'"
expect "args are words, and never run" test ! -e "$left/workspace/pwned"
expect "args reach fnlint" is "$(output findings)-$(<"$left/outcome")" 0-success
job push "binary: $fnlint" "args: --exclude 'open"
expect "an open quote is an error" grep -q 'a quote is not closed' "$log"
job push "binary: $fnlint" 'args: --selct loop'
expect "a run that cannot start fails the job" is "$(output exit-code)-$(<"$left/outcome")" 2-failure

job pull_request "binary: $fnlint" 'changed-only: true' 'sarif-file: fnlint.sarif' 'comment: true'
expect "changed-only reports what is new" is "$(output findings)" 1
expect "changed-only annotates what is new" grep -q '::error title=loop-s3-recursion,file=new one/src/app.py' "$log"
expect "SARIF has everything all the same" jq -e '.runs[0].results | length == 2' "$left/workspace/fnlint.sarif"
expect "a comment is made" jq -e 'length == 1 and (.[0] | startswith("<!-- fnlint -->\n<!-- . . -->\n### fnlint") and contains("new one/src/app.py"))' "$comments"
job pull_request "binary: $fnlint" 'comment: true'
expect "the same comment is updated" jq -e 'length == 1 and (.[0] | contains("old/src/app.py"))' "$comments"
job pull_request "binary: $fnlint" 'comment: true' 'working-directory: old'
expect "another folder has its own comment" jq -e 'length == 2' "$comments"
job pull_request "binary: $fnlint" 'comment: true' 'args: --ignore loop'
expect "without findings the comment says so" jq -e '.[0] | contains("No findings") or contains("0 findings")' "$comments"
job pull_request "binary: $fnlint" 'comment: true' 'args: --ignore loop' 'path: new one'
expect "without findings no comment is made" jq -e 'length == 2' "$comments"
token=fork job pull_request "binary: $fnlint" 'comment: true'
expect "a token that may not write is a warning" grep -q '::warning title=fnlint::no comment.*pull-requests: write' "$log"
expect "and the findings still fail the job" is "$(output exit-code)" 1

git clone -q --depth 1 "file://$repository" "$work/shallow" 2>/dev/null
cp -r .git "$work/git"
cp -r "$work/shallow/.git/." .git
cp "$work/shallow/.git/shallow" .git/
job pull_request "binary: $fnlint" 'changed-only: true'
expect "a checkout without the base is an error that says so" grep -q "give actions/checkout 'fetch-depth: 2'" "$log"
rm -rf .git && mv "$work/git" .git

version=$(sed -n 's/^project(fnlint VERSION \([^ ]*\).*/\1/p' "$root/CMakeLists.txt")
name=fnlint-$version-linux-x86_64
mkdir -p "$work/releases/v$version" "$work/$name/bin"
cp "$fnlint" "$work/$name/bin/fnlint"
tar -cf - -C "$work" "$name" | xz -0 >"$work/releases/v$version/$name.tar.xz"
(cd "$work/releases/v$version" && sha256sum "$name.tar.xz" >SHA256SUMS)
job push 'path: old'
expect "the action's own release is downloaded" is "$(output findings)" 1
job push 'path: old' "version: v$version"
expect "a release can be named" is "$(output findings)" 1
job push 'version: 9.9.9'
expect "a release that is not there is an error" grep -q 'cannot download .*/v9.9.9/SHA256SUMS' "$log"
job push 'version: ../../x'
expect "a version is not a path" grep -q "'../../x' is not a version" "$log"
echo >>"$work/releases/v$version/$name.tar.xz"
job push 'path: old'
expect "another file than the release's is refused" grep -q 'is not the file that SHA256SUMS describes' "$log"
exit "$failed"
