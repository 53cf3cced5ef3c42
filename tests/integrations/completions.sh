# shellcheck shell=bash disable=SC2154
# Completions, asked of each shell as the archive installs them. bash is asked by the tests of the program, too.
needs zsh fish shellcheck man-db
tar -xJf "$packages_folder/fnlint-$version-linux-$arch.tar.xz" --strip-components=1
uses "bash ${BASH_VERSION%%(*}"
shellcheck --shell bash share/bash-completion/completions/fnlint
# shellcheck source=/dev/null
source share/bash-completion/completions/fnlint
COMP_WORDS=(fnlint expl) COMP_CWORD=1
_fnlint
[[ ${COMPREPLY[*]} == explain ]]

uses "$(fish --version | sed 's/, version//')"
fish --no-execute share/fish/vendor_completions.d/fnlint.fish
offered() { fish --no-config -c "source share/fish/vendor_completions.d/fnlint.fish; complete -C '$1'" | cut -f 1 | paste -sd ' '; }
[[ $(offered "fnlint expl") == explain ]]
[[ $(offered "fnlint check --color al") == always ]]
[[ $(offered "fnlint explain loop-s3") == loop-s3-recursion ]]
[[ $(offered "fnlint --select security,loop-s3") == security,loop-s3-recursion ]]

uses "$(zsh --version | cut -d ' ' -f 1-2)"
zsh --no-exec share/zsh/site-functions/_fnlint
# typed TEXT: what stands in an interactive zsh when TEXT and the tabulator have been typed.
typed() {
  zsh -f -c '
    zmodload zsh/zpty
    zpty shell "TERM=dumb zsh -f -i"
    zpty -w shell "PS1=; fpath=($PWD/share/zsh/site-functions \$fpath); autoload -Uz compinit; compinit -u -D; zstyle \":completion:*\" insert-tab false"
    zpty -w shell "finish() { print -r -- \"<\$BUFFER>\"; exit }; zle -N finish; bindkey \"^X\" finish; print re\"\"ady"
    zpty -r -m shell text "*ready*"
    zpty -w -n shell "$1"$'\''\t\x18'\''
    zpty -r -m shell text "*<*>*" && print -r -- "$text"' zsh "$1" | sed -n 's/.*<\(.*\)>.*/\1/p'
}
[[ $(typed "fnlint expl") == "fnlint explain " ]]
[[ $(typed "fnlint check --color=al") == "fnlint check --color=always " ]]
[[ $(typed "fnlint explain loop-s3") == "fnlint explain loop-s3-recursion"* ]]

uses "$(man --version)"
[[ -z $(man --warnings --local-file share/man/man1/fnlint.1 2>&1 >page) ]]
grep -q -- --show-unresolved page
