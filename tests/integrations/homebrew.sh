# shellcheck shell=bash disable=SC2154
# The formula. There is no brew here: ruby reads it, and its install and test steps are followed by hand.
needs ruby
uses "ruby $(ruby -e 'print RUBY_VERSION') (there is no brew here: syntax, address, checksum and the steps by hand)"
formula=$packages_folder/fnlint.rb
ruby -c "$formula"
never grep -q '@' "$formula"
archive=fnlint-$version-linux-$arch.tar.xz
grep -q "/v$version/$archive\"" "$formula"
grep -q "sha256 \"$(sha256sum "$packages_folder/$archive" | cut -d ' ' -f 1)\"" "$formula"
tar -xJf "$packages_folder/$archive" --strip-components=1
# The project of its `test do`, and the rule that it waits for.
rm -rf "$project" && mkdir "$project"
sed -n '/<<~YAML/,/YAML$/p' "$formula" | sed '1d;$d' | sed 's/^      //' >"$project/template.yaml"
rule=$(sed -n 's/.*assert_match "\([^"]*\)".*/\1/p' "$formula")
status=0
(cd "$project" && ../bin/fnlint) >found || status=$?
[[ $status == 1 ]]
grep -q "$rule" found
