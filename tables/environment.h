// What is known of environment variables from outside of a project: who sets them, and who reads
// them.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>

namespace fnlint {

// Variables that are there without a template, of these what every deployed function has, what each
// has whose runtime is the platform's own, what none has, and what one has only by its template;
// those that something besides the function's code reads, and packages that fill or read the
// environment in ways of their own, of which the fillers set variables for all that reads them.
// Sorted as written.
std::span<const std::string_view> variables_set_by_others();
std::span<const std::string_view> variables_of_platform();
std::span<const std::string_view> variables_of_managed_runtimes();
std::span<const std::string_view> variables_of_local_runs();
std::span<const std::string_view> variables_of_other_places();
// What such a variable is compared with, where a deployment sets it: "false".
std::span<const std::string_view> words_for_no();
std::span<const std::string_view> variables_read_by_others();
std::span<const std::string_view> variables_of_credentials();  // where SDKs look for them
std::span<const std::string_view> environment_loaders();
std::span<const std::string_view> environment_fillers();
// Whether an import is of one of these packages, or of a part of one.
inline bool names_package(std::span<const std::string_view> packages, std::string_view path) {
  return std::ranges::any_of(packages, [path](std::string_view one) {
    return path.starts_with(one) &&
           (path.size() == one.size() || path[one.size()] == '.' || path[one.size()] == '/');
  });
}
// What starts processes, which get the environment whole.
std::span<const std::string_view> modules_that_start_processes();
// Whether a name is among the rows of one of these; '*' at a row's end or beginning stands for any
// rest.
inline bool names_variable(std::span<const std::string_view> rows, std::string_view name) {
  return std::ranges::any_of(rows, [name](std::string_view one) {
    const bool begins = one.starts_with('*');
    const bool ends = one.ends_with('*');
    if (begins) one.remove_prefix(1);
    if (ends) one.remove_suffix(1);
    if (begins && ends) return name.find(one) != name.npos;
    return begins ? name.ends_with(one) : ends ? name.starts_with(one) : one == name;
  });
}

}  // namespace fnlint
