# One static library for each folder of sources. A folder without sources yet still makes a library,
# so that those who depend on it can be configured.

# fnlint_unity(TARGET): several sources are one translation unit, at most FNLINT_UNITY in as many units of one
# size as that takes. Reading headers and making code of their templates takes most of the time of a source
# alone, so a whole build takes a fraction of it, and a build after one change a little more.
function(fnlint_unity target)
  if(NOT FNLINT_UNITY)
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  list(LENGTH sources count)
  math(EXPR units "(${count} + ${FNLINT_UNITY} - 1) / ${FNLINT_UNITY}")
  math(EXPR batch "(${count} + ${units} - 1) / ${units}")
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${batch})
endfunction()

# What a quick build leaves out of -O1: a fifth of a unit's time, for three hundredths of a run's.
set(FNLINT_QUICK_GNU -fno-ipa-pure-const -fno-ipa-reference -fno-ipa-modref -fno-tree-pta -fno-ivopts)

# fnlint_folder(NAME DIR [HOT | WARM] [LINK ...] [WITHOUT file ...]): library fnlint_NAME from DIR and its rooms,
# the folders in it. HOT: most of a run's time is spent in it, so a release optimises it more. WARM: some of it is. A
# quick build does a little for both.
function(fnlint_folder name dir)
  cmake_parse_arguments(PARSE_ARGV 2 arg "HOT;WARM" "" "LINK;WITHOUT")
  set(folder "${PROJECT_SOURCE_DIR}/${dir}")
  file(GLOB sources CONFIGURE_DEPENDS "${folder}/*.cpp" "${folder}/*/*.cpp")
  foreach(file IN LISTS arg_WITHOUT)
    list(REMOVE_ITEM sources "${folder}/${file}")
  endforeach()
  if(NOT sources)
    set(sources "${PROJECT_BINARY_DIR}/empty/${name}.cpp")
    file(CONFIGURE OUTPUT "${sources}" CONTENT "// ${dir}/ has no sources.\n")
  endif()
  add_library(fnlint_${name} STATIC ${sources})
  target_include_directories(fnlint_${name} PUBLIC "${PROJECT_SOURCE_DIR}")
  target_link_libraries(fnlint_${name} PUBLIC ${arg_LINK} PRIVATE fnlint_warnings)
  if(FNLINT_QUICK AND (arg_HOT OR arg_WARM))
    target_compile_options(fnlint_${name} PRIVATE -O1 "$<$<CXX_COMPILER_ID:GNU>:${FNLINT_QUICK_GNU}>")
  elseif(arg_HOT)
    target_compile_options(fnlint_${name} PRIVATE $<$<CONFIG:Release>:-O2>)
  endif()
  fnlint_unity(fnlint_${name})
endfunction()

# fnlint_tests(NAME [LINK ...] [WITHOUT file ...]): executable NAME_tests from tests/NAME/*.cpp, if there is a test.
function(fnlint_tests name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINK;WITHOUT")
  set(dir "${PROJECT_SOURCE_DIR}/tests/${name}")
  file(GLOB tests CONFIGURE_DEPENDS "${dir}/*_test.cpp")
  file(GLOB sources CONFIGURE_DEPENDS "${dir}/*.cpp")
  foreach(file IN LISTS arg_WITHOUT)
    list(REMOVE_ITEM sources "${dir}/${file}")
  endforeach()
  if(NOT tests)
    return()
  endif()
  add_executable(${name}_tests ${sources})
  target_include_directories(${name}_tests PRIVATE "${PROJECT_SOURCE_DIR}")
  target_compile_definitions(${name}_tests PRIVATE FNLINT_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name}_tests PRIVATE ${arg_LINK} fnlint_warnings GTest::gtest_main)
  fnlint_unity(${name}_tests)
  gtest_discover_tests(${name}_tests TEST_PREFIX "${name}." DISCOVERY_MODE PRE_TEST
    PROPERTIES TIMEOUT 300)
endfunction()
