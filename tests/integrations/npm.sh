# shellcheck shell=bash disable=SC2154
# The npm packages: as a dependency of a project and globally; without the program's package, the command says what is missing.
needs npm
uses "npm $(npm --version)" "node $(node --version)"
cpu=$(node -p process.arch)
export npm_config_update_notifier=false npm_config_audit=false npm_config_fund=false npm_config_ignore_scripts=true
own=$packages_folder/fnlint-$version.tgz program=$packages_folder/fnlint-cli-linux-$cpu-$version.tgz
mkdir app
cd app || exit
npm init --yes >/dev/null
npm install --save-dev "$own" "$program"
[[ $(npx --no-install fnlint version) == "fnlint $version" ]]
finds "$PWD/node_modules/.bin/fnlint"
# Arguments, exit code and standard input are the program's own.
status=0
npx --no-install fnlint --no-such-option 2>said || status=$?
[[ $status == 2 ]]
grep -q "unknown option '--no-such-option'" said
npm install --global --prefix "$PWD/../global" "$own" "$program"
finds "$PWD/../global/bin/fnlint"
rm -r node_modules/@fnlint
status=0
npx --no-install fnlint version 2>said || status=$?
[[ $status == 2 ]]
grep -q "@fnlint/cli-linux-$cpu is not installed; install fnlint without --omit=optional" said
# Nothing runs when it is installed.
tar -xOzf "$own" package/package.json >manifest
never grep -qE '"(pre|post)?install"' manifest
