# shellcheck shell=bash disable=SC2154
# The .rpm, installed by rpm into a root of its own and removed again.
needs rpm
((EUID == 0)) || skip "rpm installs as root only"
uses "$(rpm --version)"
package=$packages_folder/fnlint-$version-1.$arch.rpm
rpm --checksig --nosignature "$package"
rpm --query --requires --package "$package" >requires
never grep -v '^rpmlib(' requires
mkdir other
rpm --root "$PWD/other" --initdb
rpm --root "$PWD/other" --install "$package"
rpm --root "$PWD/other" --verify fnlint
finds "$PWD/other/usr/bin/fnlint"
test -s other/usr/share/zsh/site-functions/_fnlint
rpm --root "$PWD/other" --erase fnlint
[[ ! -e other/usr/bin/fnlint ]]
