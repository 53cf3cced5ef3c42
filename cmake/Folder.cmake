# One static library for each folder of sources. A folder without sources yet still makes a library,
# so that those who depend on it can be configured.

# fnlint_folder(NAME DIR [LINK ...] [WITHOUT file ...]): library fnlint_NAME from DIR/*.cpp.
function(fnlint_folder name dir)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "LINK;WITHOUT")
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${dir}/*.cpp")
  foreach(file IN LISTS arg_WITHOUT)
    list(REMOVE_ITEM sources "${PROJECT_SOURCE_DIR}/${dir}/${file}")
  endforeach()
  if(NOT sources)
    set(sources "${PROJECT_BINARY_DIR}/empty/${name}.cpp")
    file(CONFIGURE OUTPUT "${sources}" CONTENT "// ${dir}/ has no sources.\n")
  endif()
  add_library(fnlint_${name} STATIC ${sources})
  target_include_directories(fnlint_${name} PUBLIC "${PROJECT_SOURCE_DIR}")
  target_link_libraries(fnlint_${name} PUBLIC ${arg_LINK} PRIVATE fnlint_warnings)
endfunction()

# fnlint_tests(NAME [LINK ...]): executable NAME_tests from tests/NAME/*.cpp, if there is a test.
function(fnlint_tests name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINK")
  set(dir "${PROJECT_SOURCE_DIR}/tests/${name}")
  file(GLOB tests CONFIGURE_DEPENDS "${dir}/*_test.cpp")
  file(GLOB sources CONFIGURE_DEPENDS "${dir}/*.cpp")
  if(NOT tests)
    return()
  endif()
  add_executable(${name}_tests ${sources})
  target_include_directories(${name}_tests PRIVATE "${PROJECT_SOURCE_DIR}")
  target_compile_definitions(${name}_tests PRIVATE FNLINT_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name}_tests PRIVATE ${arg_LINK} fnlint_warnings GTest::gtest_main)
  gtest_discover_tests(${name}_tests TEST_PREFIX "${name}." DISCOVERY_MODE PRE_TEST
    PROPERTIES TIMEOUT 120)
endfunction()
