// data/guesses.yaml: signs by which code is found that no template leads to.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace fnlint {

struct GuessRow {
  std::string_view sign = {};
  std::uint8_t score = 0;         // of 100, which no guess has
  std::string_view reason = {};   // '@' stands for a name
  std::string_view example = {};  // below fixtures/: a project that needs it
};
std::span<const GuessRow> guess_rows();

// A function for each row: which code asks for it, and that it is there, is known when fnlint is
// built.
namespace guesses {

// The source of a module that a build makes.
const GuessRow& docker_command();
const GuessRow& entry_point_above();
const GuessRow& package_script();
const GuessRow& bundler_configuration();
const GuessRow& bundler_call();
const GuessRow& compiler_output();
const GuessRow& output_folder();
const GuessRow& source_folder();
const GuessRow& only_of_its_name();
const GuessRow& end_of_path();
// The program of a runtime without a language of its own.
const GuessRow& packing_script();
const GuessRow& packing_script_alike();
const GuessRow& deployment_command();
const GuessRow& script_of_archive();
const GuessRow& program_name();
const GuessRow& program_path();
const GuessRow& part_of_program_name();
const GuessRow& only_serving_program();
const GuessRow& only_program();
// A project of .NET, a class of Java.
const GuessRow& project_name();
const GuessRow& only_project();
const GuessRow& class_of_several();
// A handler's path that begins elsewhere.
const GuessRow& path_from_above();
const GuessRow& place_above();
// The folder that an archive or an image is made of.
const GuessRow& packing_command();
const GuessRow& place_of_archive();
const GuessRow& entry_of_package();
const GuessRow& source_name();
const GuessRow& folder_name();
const GuessRow& module_name();
const GuessRow& handler_name();
const GuessRow& build_above();
const GuessRow& image_name();
const GuessRow& part_of_image_name();
const GuessRow& image_with_handler();
// Code in whose place another may be deployed.
const GuessRow& deployed_elsewhere();
const GuessRow& script_that_replaces();
// Modules beside the function's own.
const GuessRow& unknown_layer();
const GuessRow& made_layer();
const GuessRow& module_aside();

}  // namespace guesses

}  // namespace fnlint
