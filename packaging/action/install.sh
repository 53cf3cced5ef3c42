#!/bin/bash
# install.sh: finds the program for action.yml, and writes its path as the output `program`. It is $INPUT_BINARY, or
# $FNLINT_BINARY, or that of the release $INPUT_VERSION, which is downloaded and held to the release's SHA256SUMS.
# $FNLINT_RELEASES is the address of a mirror of the releases; file: works, too.
set -euo pipefail

fail() {
  echo "::error title=fnlint::$*"
  exit 2
}

use() {
  "$1" version
  echo "program=$1" >>"$GITHUB_OUTPUT"
  exit
}

binary=${INPUT_BINARY:-${FNLINT_BINARY:-}}
if [[ -n $binary ]]; then
  path=$(command -v -- "$binary") || fail "the binary '$binary' is not there, or cannot be run"
  use "$(readlink -f -- "$path")"
fi

# The action is of the version that its repository had when it was tagged.
action=$(readlink -f -- "${BASH_SOURCE[0]}")
version=${INPUT_VERSION#v}
version=${version:-$(sed -n 's/^project(fnlint VERSION \([^ ]*\).*/\1/p' "${action%/*/*/*}/CMakeLists.txt")}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+([.-][0-9A-Za-z.-]+)?$ ]] || fail "'$version' is not a version, such as 0.1.0"

case ${RUNNER_OS:-}-${RUNNER_ARCH:-} in
  Linux-X64) platform=linux-x86_64 ;;
  Linux-ARM64) platform=linux-aarch64 ;;
  *) fail "there is no release for ${RUNNER_OS:-this system} on ${RUNNER_ARCH:-this processor}: run the job on Linux" ;;
esac

for tool in curl tar xz sha256sum; do
  command -v "$tool" >/dev/null || fail "the release cannot be installed without '$tool': install it in an earlier step"
done

name=fnlint-$version-$platform.tar.xz
from=${FNLINT_RELEASES:-https://github.com/fnlint/fnlint/releases/download}/v$version
folder=${RUNNER_TEMP:?}/fnlint-$version
get() {
  curl --fail --silent --show-error --location --proto '=https,file' --retry 3 --output "$folder/$1" "$from/$1" ||
    fail "cannot download $from/$1"
}

if [[ ! -x $folder/program/fnlint ]]; then # else the action has run before in this job
  rm -rf "$folder"
  mkdir -p "$folder/unpacked" "$folder/program"
  get SHA256SUMS
  awk -v name="$name" '$2 == name' "$folder/SHA256SUMS" >"$folder/sum"
  [[ -s $folder/sum ]] || fail "release $version has no $name"
  get "$name"
  (cd "$folder" && sha256sum --check --strict --quiet sum) || fail "$name is not the file that SHA256SUMS describes"
  tar -xJf "$folder/$name" -C "$folder/unpacked"
  # Not the only file of this name: a shell's completions have it as well.
  found=$(find "$folder/unpacked" -type f -name fnlint -perm -u+x -print -quit)
  [[ -n $found ]] || fail "$name holds no program"
  mv "$found" "$folder/program/fnlint"
fi
use "$folder/program/fnlint"
