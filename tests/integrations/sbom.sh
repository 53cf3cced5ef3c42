# shellcheck shell=bash disable=SC2154
# The bill of materials, read by the validator of the SPDX project.
needs python3-venv
validator=$(python_tool spdx-tools pyspdxtools)
uses "spdx-tools $("${validator%/*}/pip" show spdx-tools | sed -n 's/^Version: //p')"
bill=$packages_folder/fnlint-$version-linux-$arch.spdx.json
"$validator" --infile "$bill"
tar -xJf "$packages_folder/fnlint-$version-linux-$arch.tar.xz" --strip-components=1
grep -q "\"$(sha256sum bin/fnlint | cut -d ' ' -f 1)\"" "$bill"
