# integration.bash FILE: runs a file of tests/integrations/ in the current folder, which is new and empty, with these at hand.
#   $root, $packages_folder, $version, $arch, $project: the checkout, the packages, theirs, and the copy of a project with one finding
#   $FNLINT, $FNLINT_TOOLS_CACHE: the program of the archive, and a folder for what is fetched, for files that also run by themselves
#   uses WORDS         says what is tried, with its version
#   skip WHY           ends: it cannot be tried here
#   needs PACKAGE...   installs Debian's packages, or skips
#   python_tool NAME[==VERSION] [PROGRAM]   prints the path of a program from PyPI, in an environment of its own
#   never COMMAND...   fails where the command does not (`!` before a command ends nothing)
#   finds COMMAND...   the command, run in the project, must report its finding and exit with 1
# A file fails where a command fails.
# shellcheck shell=bash disable=SC2034
set -euo pipefail
root=$FNLINT_ROOT
packages_folder=$FNLINT_PACKAGES
here=$PWD
# shellcheck source-path=SCRIPTDIR source=setup.sh
source "$root/scripts/setup.sh"
log=$here/install.log
: >"$log"
arch=$(uname -m)
version=$(basename "$packages_folder"/fnlint-*-linux-"$arch".tar.xz "-linux-$arch.tar.xz")
version=${version#fnlint-}
project=$here/project
cp -r "$root/tests/integrations/project" "$project"
cache=${FNLINT_INTEGRATIONS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/fnlint-integrations}
tar -xf "$packages_folder/fnlint-$version-linux-$arch.tar.xz"
export FNLINT=$here/fnlint-$version-linux-$arch/bin/fnlint FNLINT_TOOLS_CACHE=$cache

uses() { printf '%s\n' "$@" >>"$here/uses"; }

skip() {
  echo "$*" >"$here/skipped"
  exit 77
}

needs() {
  command -v apt-get >/dev/null || skip "this is no Debian, and $* may be missing"
  (install_packages "$@") || skip "could not install $*"
}

python_tool() {
  local name=${1%%==*} program=${2:-${1%%==*}}
  local folder=$cache/$1
  if [[ ! -x $folder/bin/$program ]]; then
    python3 -m venv "$folder" >&2
    "$folder/bin/pip" install --quiet --disable-pip-version-check "$1" >&2
  fi
  echo "$folder/bin/$program"
}

never() {
  if "$@"; then
    echo "this should fail: $*"
    return 1
  fi
}

finds() {
  local status=0
  (cd "$project" && "$@") >"$here/found" 2>&1 || status=$?
  cat "$here/found"
  [[ $status == 1 ]] || { echo "exit code $status, not 1: $*"; return 1; }
  grep -q "loop-s3-recursion" "$here/found" || { echo "without the finding: $*"; return 1; }
}

file=$1
shift
# shellcheck source=/dev/null
source "$file"
