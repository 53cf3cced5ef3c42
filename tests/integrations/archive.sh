# shellcheck shell=bash disable=SC2154
# The archive for any Linux: unpacked, complete, and the checksums are those of the files.
uses "tar $(tar --version | sed -n '1s/.* //p')"
(cd "$packages_folder" && sha256sum --check --quiet SHA256SUMS)
tar -xJf "$packages_folder/fnlint-$version-linux-$arch.tar.xz" --strip-components=1
for file in bin/fnlint share/man/man1/fnlint.1 share/bash-completion/completions/fnlint share/zsh/site-functions/_fnlint \
  share/fish/vendor_completions.d/fnlint.fish share/doc/fnlint/{LICENSE,README.md,THIRD_PARTY_NOTICES.md}; do
  test -s "$file"
done
[[ $(bin/fnlint version) == "fnlint $version" ]]
# It is one file that needs nothing else. (Read from its header: ldd would run it.)
readelf --program-headers bin/fnlint >headers
never grep -q INTERP headers
finds "$PWD/bin/fnlint"
# All packages hold the same program.
sum=$(sha256sum <bin/fnlint)
mkdir deb && dpkg-deb -x "$packages_folder/fnlint_${version}_"*.deb deb
[[ $(sha256sum <deb/usr/bin/fnlint) == "$sum" ]]
