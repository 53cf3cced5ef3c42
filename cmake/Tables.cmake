# fnlint_tables: rules/*.yaml, data/*.yaml and data/*.tsv as constant arrays, so that the program parses none of
# them at start. tables/generate.cpp checks every key; a mistake stops the build with file and line.
file(GLOB_RECURSE table_inputs CONFIGURE_DEPENDS
  "${PROJECT_SOURCE_DIR}/rules/*.yaml" "${PROJECT_SOURCE_DIR}/data/*.yaml"
  "${PROJECT_SOURCE_DIR}/data/*.tsv")
file(GLOB generator CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tables/*.cpp")
set(table_source "${PROJECT_BINARY_DIR}/generated/tables.cpp")

add_executable(fnlint_generate_tables ${generator})
target_include_directories(fnlint_generate_tables PRIVATE "${PROJECT_SOURCE_DIR}")
target_link_libraries(fnlint_generate_tables PRIVATE fnlint_warnings ${FNLINT_YAML_CPP})
target_compile_options(fnlint_generate_tables PRIVATE -O0)   # it runs once
fnlint_unity(fnlint_generate_tables)

add_custom_command(
  OUTPUT "${table_source}"
  COMMAND fnlint_generate_tables "${PROJECT_SOURCE_DIR}" "${table_source}"
  DEPENDS fnlint_generate_tables ${table_inputs}
  COMMENT "Generating tables from rules/ and data/"
  VERBATIM)
add_library(fnlint_tables STATIC "${table_source}")
target_include_directories(fnlint_tables PUBLIC "${PROJECT_SOURCE_DIR}")
target_link_libraries(fnlint_tables PUBLIC fnlint_model PRIVATE fnlint_warnings)
