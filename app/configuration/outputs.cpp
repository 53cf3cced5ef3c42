// Pairs formats with files as they follow each other on the command line, and refuses two outputs
// to one place.

#include "app/configuration/outputs.h"

#include "app/configuration/choices.h"
#include "core/text.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

namespace fnlint {

std::string format_error(std::string_view name) {
  if (find_format(name) != nullptr) return {};
  std::vector<std::string_view> known;
  for (const Format& each : formats()) known.push_back(each.name);
  return cat("must be ", choice_of(known), ", not '", name, '\'', suggestion(name, known));
}

std::string add_format(std::vector<Output>& outputs, std::string_view name) {
  const std::string error = format_error(name);
  if (!error.empty()) return error;
  if (outputs.empty() || outputs.back().format != nullptr) outputs.emplace_back();
  outputs.back().format = find_format(name);
  return {};
}

void add_file(std::vector<Output>& outputs, std::string_view file) {
  if (outputs.empty() || !outputs.back().file.empty()) outputs.emplace_back();
  outputs.back().file = file;
}

Result<std::vector<Output>> checked_outputs(std::vector<Output> outputs,
                                            const std::string& working_directory) {
  if (outputs.empty()) outputs.emplace_back();
  std::map<std::string, std::string_view> places;  // and the formats that go there
  for (Output& output : outputs) {
    if (outputs.size() > 1 && output.format == nullptr)
      return Error{cat("--output-file ", output.file,
                       ": there is no --output-format for it; each file needs its own")};
    const std::string_view format = output.format == nullptr ? "" : output.format->name;
    if (output.file == "-") output.file.clear();
    const bool is_file = !output.file.empty();
    const std::string place = is_file ? join_path(working_directory, output.file) : std::string();
    const auto [first, is_new] = places.emplace(place, format);
    if (is_new) continue;
    if (is_file)
      return Error{cat("--output-file ", output.file, " is given twice: for ", first->second,
                       " and for ", format)};
    return Error{cat("--output-format ", first->second, " and ", format,
                     " would both go to standard output; give all but one of them an "
                     "--output-file")};
  }
  return outputs;
}

std::string formats_help() {
  std::string text = "Formats and their uses:\n";
  for (const Format& each : formats()) text += fmt::format("  {:<13} {}\n", each.name, each.use);
  return text + '\n';
}

}  // namespace fnlint
