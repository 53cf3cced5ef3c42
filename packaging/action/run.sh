#!/bin/bash
# run.sh: runs $FNLINT for action.yml, with the inputs INPUT_*. Prints the report, adds the findings to the job's summary, and
# writes the outputs sarif, findings, exit-code and markdown (the file that comment.sh posts). Exits with 0 also where there are
# findings, so that the steps after it run; the action's last step fails.
set -euo pipefail

output() { printf '%s=%s\n' "$1" "${2//$'\n'/ }" >>"$GITHUB_OUTPUT"; }

# Ends the step as a run of fnlint that could not start.
fail() {
  echo "::error title=fnlint::$*"
  output exit-code 2
  exit 2
}

# The revision that a pull request is compared with: the base's tip. $GITHUB_SHA is the merge of both branches, whose
# first parent it is; a checkout of something else, with the whole history, has the base as a branch of origin.
base_of_pull_request() {
  local git=(git -C "$GITHUB_WORKSPACE") head
  head=$("${git[@]}" rev-parse --verify --quiet HEAD) || fail "changed-only: git cannot read $GITHUB_WORKSPACE;" \
    "in a container, run first: git config --global --add safe.directory \"\$GITHUB_WORKSPACE\""
  local candidates=("origin/$GITHUB_BASE_REF") candidate
  [[ $GITHUB_REF != refs/pull/*/merge || $head != "$GITHUB_SHA" ]] || candidates=('HEAD^1' "${candidates[@]}")
  for candidate in "${candidates[@]}"; do
    "${git[@]}" rev-parse --verify --quiet --end-of-options "$candidate^{commit}" && return
  done
  fail "changed-only: the base of the pull request is not here; give actions/checkout 'fetch-depth: 2'"
}

cd -- "$INPUT_WORKING_DIRECTORY" || fail "there is no folder '$INPUT_WORKING_DIRECTORY'"

# xargs knows quotes, and expands nothing.
arguments=$(mktemp)
xargs -r printf '%s\0' <<<"$INPUT_ARGS" >"$arguments" || fail "args: a quote is not closed"
mapfile -d '' -t options <"$arguments"
rm "$arguments"
[[ -z $INPUT_FAIL_ON ]] || options+=(--fail-on "$INPUT_FAIL_ON")
mapfile -t paths < <(grep -v '^[[:space:]]*$' <<<"$INPUT_PATH")

new=()
case $INPUT_CHANGED_ONLY in
  true)
    if [[ -n ${GITHUB_BASE_REF:-} ]]; then
      base=$(base_of_pull_request) || { echo "$base"; exit 2; }
      new=(--diff-base "$base")
    fi
    ;;
  false | '') ;;
  *) fail "changed-only is 'true' or 'false', not '$INPUT_CHANGED_ONLY'" ;;
esac

folder=$(mktemp -d "${RUNNER_TEMP:?}/fnlint-report-XXXXXX")
reports=(--output-format jsonl --output-file "$folder/findings.jsonl"
  --output-format markdown --output-file "$folder/findings.md")
sarif=()
if [[ -n $INPUT_SARIF_FILE ]]; then
  sarif=(--output-format sarif --output-file "$INPUT_SARIF_FILE")
  mkdir -p -- "$(dirname -- "$INPUT_SARIF_FILE")"
fi

check() { "$FNLINT" check "${options[@]}" "$@" -- "${paths[@]}"; }
size_of() { stat -c %s -- "$1" 2>/dev/null || echo 0; }
summary=${GITHUB_STEP_SUMMARY:-/dev/null}
before=$(size_of "$summary")
code=0
if ((${#sarif[@]} == 0 || ${#new[@]} == 0)); then
  reports+=("${sarif[@]}")
else # Code scanning compares with the base itself: what it is given is everything.
  check "${sarif[@]}" --exit-zero >/dev/null || code=$?
fi
((code)) || check "${new[@]}" --output-format "$INPUT_OUTPUT_FORMAT" "${reports[@]}" || code=$?

output exit-code "$code"
if ((code > 1)); then
  echo "::error title=fnlint::fnlint could not run: the log of this step says why"
  exit 0
fi
output findings "$(wc -l <"$folder/findings.jsonl")"
output markdown "$folder/findings.md"
if ((${#sarif[@]})); then
  file=$(readlink -f -- "$INPUT_SARIF_FILE")
  output sarif "${file#"$(readlink -f -- "$GITHUB_WORKSPACE")"/}"
fi
# Where there are more findings than annotations, fnlint has written a longer table.
[[ $(size_of "$summary") != "$before" ]] || cat "$folder/findings.md" >>"$summary"
