# shellcheck shell=bash disable=SC2154
# The hooks, with the oldest pre-commit that is promised: `fnlint` brings the program from npm (here from the packages), and
# `fnlint-system` takes the one on the PATH. `fnlint-docker` needs a container engine: a stand-in takes its place,
# which runs the program as the image's entry point would.
needs python3-venv git npm
pre_commit=$(python_tool pre-commit==3.0.4 pre-commit)
uses "$("$pre_commit" --version)" "npm $(npm --version)"
export PRE_COMMIT_HOME=$here/store HOME=$here GIT_CONFIG_GLOBAL=$here/gitconfig npm_config_update_notifier=false
git config --global user.name "A. Developer"
git config --global user.email developer@example.com
"$pre_commit" validate-manifest "$root/.pre-commit-hooks.yaml"
grep -qF "\"fnlint@$version\"" "$root/.pre-commit-hooks.yaml"

# The hook repository, as `rev` names it: what is in the folder now.
git clone --quiet --no-local --depth 1 "file://$root" hooks
cp "$root/.pre-commit-hooks.yaml" "$root/package.json" "$root/package-lock.json" "$root/.npmrc" hooks
git -C hooks commit --quiet --all --allow-empty --message "as it is"
revision=$(git -C hooks rev-parse HEAD)

cpu=$(node -p process.arch)
cd "$project" || exit
git init --quiet

# hook ID [LINE]: what a commit of the template says, which is one of the files of the project.
hook() {
  printf 'repos:\n- repo: file://%s\n  rev: %s\n  hooks:\n  - id: %s\n%s' "$here/hooks" "$revision" "$1" "${2-}" >.pre-commit-config.yaml
  git add .
  "$pre_commit" run
}
tarballs="[\"$packages_folder/fnlint-$version.tgz\", \"$packages_folder/fnlint-cli-linux-$cpu-$version.tgz\"]"
finds hook fnlint "    additional_dependencies: $tarballs"
# Its environment holds the program and no grammars.
find "$PRE_COMMIT_HOME" -path '*/lib/node_modules/*' -name 'tree-sitter*' >"$here/grammars"
[[ ! -s $here/grammars ]]
mkdir "$here/bin"
tar -xJf "$packages_folder/fnlint-$version-linux-$arch.tar.xz" -C "$here/bin" --strip-components=2 "fnlint-$version-linux-$arch/bin/fnlint"
cat >"$here/bin/docker" <<'END'
#!/bin/bash
until [[ $# == 0 || $1 == ghcr.io/fnlint/fnlint:* ]]; do shift; done
(($#)) || exit 0
exec fnlint "${@:2}"
END
chmod +x "$here/bin/docker"
PATH=$here/bin:$PATH finds hook fnlint-docker
PATH=$here/bin:$PATH finds hook fnlint-system
# What touches nothing that fnlint reads is not linted.
git commit --quiet --no-verify --message first
echo "A shop." >README.md
PATH=$here/bin:$PATH hook fnlint-system | grep Skipped
