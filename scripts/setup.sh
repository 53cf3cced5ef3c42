# Sourced by scripts/fnlint, scripts/clang and scripts/test: installs what is missing and builds what is stale.
# Needs bash and coreutils to begin with; everything else comes from apt and npm.
# shellcheck shell=bash disable=SC2034,SC2154

# What a build is made from. A change of any of these, or of a folder's list of files, makes it stale.
sources=(CMakeLists.txt CMakePresets.json cmake package-lock.json third_party tables rules data
  core model values flow frontends link deploy checks report app)

# Debian's names. libgtest-dev is for the tests alone.
packages=(g++ cmake ninja-build npm ca-certificates libyaml-dev libyaml-cpp-dev nlohmann-json3-dev
  libre2-dev libtomlplusplus-dev libcli11-dev libfmt-dev zlib1g-dev libxxhash-dev
  libpugixml-dev robin-map-dev libjemalloc-dev)

# What fnlint-clang is made with besides: Clang's libraries, 19.1 as Debian 12 has them.
clang_packages=(libclang-19-dev llvm-19-dev libclang-cpp19-dev)

say() { printf 'fnlint: %s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 2
}

# try COMMAND...: runs it with its output in the log.
try() {
  printf '\n$ %s\n' "$*" >>"$log"
  "$@" >>"$log" 2>&1 </dev/null
}

progress_seconds=60 # between two lines of report_progress

# report_progress DOING: says again and again how far what writes the log is, until it is ended: a line that
# is written over on a terminal, else a line a minute. Ninja counts: "[12/688] Building ...".
report_progress() {
  local doing=$1 every=$progress_seconds from=$SECONDS passed count
  [[ ! -t 2 ]] || every=1
  # Never asleep for longer: what sleeps holds the output and the lock open.
  while sleep 1 >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do
    passed=$((SECONDS - from))
    ((passed % every == 0)) || continue
    count=$(tail -c 4096 "$log" | grep -o '^\[[0-9]*/[0-9]*\]' | tail -n 1 | tr -d '[]') || count=
    count="${count:+${count%/*} of ${count#*/}, }$passed s"
    if [[ -t 2 ]]; then printf '\r\033[Kfnlint: %s: %s' "$doing" "$count" >&2; else say "$doing: $count"; fi
  done
}

# slowly DOING COMMAND...: tries the command, and shows that it is at work.
slowly() {
  local doing=$1 watcher status=0
  shift
  report_progress "$doing" &
  watcher=$!
  try "$@" || status=$?
  kill "$watcher" 2>/dev/null
  wait "$watcher" 2>/dev/null || true
  [[ ! -t 2 ]] || printf '\r\033[K' >&2
  return "$status"
}

# must WHAT COMMAND...: the same, and shows the log's end if it fails.
must() {
  local what=$1
  shift
  slowly "$what" "$@" && return
  tail -n 60 "$log" >&2
  fail "$what failed; the whole log is $log"
}

# is_fresh STAMP [SOURCE...]: nothing has changed since the build that left the stamp.
is_fresh() {
  local stamp=$1
  shift
  [[ -e $stamp ]] && [[ -z $(cd "$root" && find "$@" -newer "$stamp" -print -quit 2>/dev/null) ]]
}

# Programs may come from elsewhere than Debian; libraries are asked of dpkg.
missing_packages() {
  local package
  for package in "$@"; do
    case $package in
      g++) command -v c++ >/dev/null || echo "$package" ;;
      cmake | npm) command -v "$package" >/dev/null || echo "$package" ;;
      ninja-build) command -v ninja >/dev/null || echo "$package" ;;
      *)
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] ||
          echo "$package"
        ;;
    esac
  done
}

install_packages() {
  command -v apt-get >/dev/null || return 0 # another system: CMake says what it lacks
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  local apt=(apt-get -y --no-install-recommends -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
  local as_root=(env DEBIAN_FRONTEND=noninteractive)
  local advice="apt-get install --no-install-recommends ${missing[*]}"
  if ((EUID != 0)); then
    sudo -n true 2>/dev/null || fail "only root can install what is missing; run: sudo $advice"
    as_root=(sudo -n "${as_root[@]}")
  fi
  say "installing ${missing[*]}"
  # The package lists may be absent or old: only then are they fetched.
  slowly installing "${as_root[@]}" "${apt[@]}" install "${missing[@]}" ||
    { slowly "fetching the lists of packages" "${as_root[@]}" "${apt[@]}" update &&
      slowly installing "${as_root[@]}" "${apt[@]}" install "${missing[@]}"; } ||
    fail "could not install what is missing (see $log); run: $advice"
}

# tree-sitter's core and grammars, as package-lock.json pins them.
install_grammars() {
  cmp -s package-lock.json node_modules/.fnlint-lock && return
  # npm would empty the folder that it leads to, which may be another checkout's.
  [[ ! -L node_modules ]] || fail "$root/node_modules is a link to other grammars than this state needs; remove it"
  say "fetching the grammars"
  slowly "fetching the grammars" npm ci --ignore-scripts ||
    fail "could not fetch the grammars (see $log); run: npm ci, in $root"
  cp package-lock.json node_modules/.fnlint-lock
}

# stamp PRESET TARGET: the file that says when the target was last up to date.
stamp() { echo "$root/build/$1/.fresh-$2"; }

# build PRESET TARGETS [PACKAGE...]: leaves the targets, words of one text, up to date, or fails with one
# clear line.
build() {
  local preset=$1 target=$2 folder=$root/build/$1
  local fresh
  fresh=$(stamp "$preset" "$target")
  shift 2
  mkdir -p "$folder" 2>/dev/null || true
  [[ -w $folder ]] ||
    fail "the build is stale and $folder cannot be written by this user"
  log=$root/build/$preset.log
  exec {lock}<"$root/scripts/setup.sh"
  flock "$lock" 2>/dev/null || true # some network file systems have no locks
  if ! is_fresh "$fresh" "${watched[@]}"; then # else another process has just built it
    (cd "$root" && build_locked "$@")
    # shellcheck disable=SC2181
    [[ $? == 0 ]] || exit 2 # scripts/clang goes on where a command fails
  fi
  exec {lock}>&-
}

build_locked() {
  : >"$log"
  if [[ ! -w ${HOME:-} ]]; then
    export npm_config_cache=$root/build/npm-cache CCACHE_DIR=$root/build/ccache
  fi
  touch "$folder/.begun-$target" # edits during the build are newer than this, so they are not lost
  install_packages "${packages[@]}" "$@"
  install_grammars
  # A copied or moved repository takes its old paths along; CMake refuses them.
  grep -qsFx "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$folder/CMakeCache.txt" ||
    rm -rf "$folder/CMakeCache.txt" "$folder/CMakeFiles"
  if [[ -e $fresh ]]; then
    say "rebuilding $target: its sources have changed"
  else
    say "building $target; later runs start at once"
  fi
  must "cmake" cmake --preset "$preset"
  # shellcheck disable=SC2086
  must "the build" ninja -C "$folder" -j "$(nproc)" $target
  mv "$folder/.begun-$target" "$fresh"
}
