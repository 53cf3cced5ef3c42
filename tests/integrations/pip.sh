# shellcheck shell=bash disable=SC2154
# The wheel, installed by pip and by uv, which also runs it without installing it.
needs python3-venv
wheel=$(find "$packages_folder" -name "fnlint-$version-py3-none-*_$arch.whl")
python3 -m venv env
uses "$(env/bin/pip --version | cut -d ' ' -f 1-2)"
env/bin/pip install --no-index --disable-pip-version-check "$wheel"
env/bin/pip check
finds "$PWD/env/bin/fnlint"
env/bin/pip show --files fnlint >files
grep -q 'licenses/THIRD_PARTY_NOTICES.md' files
env/bin/pip uninstall --yes fnlint
[[ ! -e env/bin/fnlint ]]

twine=$(python_tool twine)
uses "$("$twine" --version | head -n 1 | cut -d ' ' -f 1-3)"
"$twine" check --strict "$wheel"

uv=$(python_tool uv)
uses "$("$uv" --version)"
export UV_CACHE_DIR=$PWD/uv-cache UV_TOOL_DIR=$PWD/tools UV_TOOL_BIN_DIR=$PWD/bin
finds "$uv" tool run --offline --from "$wheel" fnlint
"$uv" tool install --offline "$wheel"
finds "$PWD/bin/fnlint"
