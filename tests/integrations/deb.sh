# shellcheck shell=bash disable=SC2154
# The .deb, installed and removed by dpkg.
((EUID == 0)) || skip "dpkg installs as root only"
uses "dpkg $(dpkg-query -W -f '${Version}' dpkg)"
[[ $(dpkg-query -W -f '${db:Status-Status}' fnlint 2>/dev/null) != installed ]] || skip "fnlint is installed here already"
dpkg --install "$packages_folder/fnlint_${version}_$(dpkg --print-architecture).deb"
trap 'dpkg --purge fnlint' EXIT
[[ $(command -v fnlint) == /usr/bin/fnlint ]]
finds fnlint
dpkg --verify fnlint
dpkg-query -L fnlint | grep -qx /usr/share/doc/fnlint/copyright
dpkg-query -L fnlint | grep -qx /usr/share/zsh/vendor-completions/_fnlint
dpkg --purge fnlint
trap - EXIT
[[ ! -e /usr/bin/fnlint && ! -e /usr/share/man/man1/fnlint.1 ]]
