# shellcheck shell=bash disable=SC2154
# Every script of the project, and what the program prints for bash.
needs shellcheck
uses "shellcheck $(shellcheck --version | sed -n 's/^version: //p')"
cd "$root" || exit
mapfile -t scripts < <(grep -lsE '^#!/bin/bash|shellcheck shell=bash' scripts/* tests/integrations/*)
((${#scripts[@]} > 10))
shellcheck --external-sources "${scripts[@]}"
