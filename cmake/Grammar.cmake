# fnlint_grammar(NAME DIR): the static library ts_NAME from a tree-sitter grammar folder that holds
# src/parser.c and, for most, src/scanner.c. Generated parsers are tables with little code: -O1 parses
# as fast as -O2, so every preset builds them that way, without warnings, debug information or
# sanitizers.
set(FNLINT_TS_ABI_MIN 13)
set(FNLINT_TS_ABI_MAX 15)

add_library(ts_core STATIC "${FNLINT_NODE_MODULES}/tree-sitter/vendor/tree-sitter/lib/src/lib.c"
  "${PROJECT_SOURCE_DIR}/frontends/source/common/tree_walk.c")
target_include_directories(ts_core SYSTEM
  PUBLIC "${FNLINT_NODE_MODULES}/tree-sitter/vendor/tree-sitter/lib/include"
  PRIVATE "${FNLINT_NODE_MODULES}/tree-sitter/vendor/tree-sitter/lib/src" "${PROJECT_SOURCE_DIR}")
target_compile_definitions(ts_core PRIVATE _POSIX_C_SOURCE=200112L _DEFAULT_SOURCE)
target_compile_options(ts_core PRIVATE -w -O2)

function(fnlint_grammar name dir)
  set(dir "${FNLINT_NODE_MODULES}/${dir}")
  if(NOT EXISTS "${dir}/src/parser.c")
    message(FATAL_ERROR "grammar ${name}: ${dir}/src/parser.c is missing; run `npm ci` first")
  endif()
  file(STRINGS "${dir}/src/parser.c" abi_line REGEX "^#define LANGUAGE_VERSION" LIMIT_COUNT 1)
  string(REGEX MATCH "[0-9]+" abi "${abi_line}")
  if(abi LESS FNLINT_TS_ABI_MIN OR abi GREATER FNLINT_TS_ABI_MAX)
    message(FATAL_ERROR
      "grammar ${name}: ABI ${abi} is outside ${FNLINT_TS_ABI_MIN} to ${FNLINT_TS_ABI_MAX}")
  endif()
  set(sources "${dir}/src/parser.c")
  if(EXISTS "${dir}/src/scanner.c")
    list(APPEND sources "${dir}/src/scanner.c")
  endif()
  add_library(ts_${name} STATIC ${sources})
  target_include_directories(ts_${name} PRIVATE "${dir}/src")
  target_compile_options(ts_${name} PRIVATE -w -g0 -O1 -fno-sanitize=all)
  target_link_libraries(ts_${name} PUBLIC ts_core)
endfunction()
