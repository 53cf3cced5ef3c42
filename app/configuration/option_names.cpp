// Rewrites CLI11's errors in the words of the user, with the options that may have been meant.

#include "app/configuration/option_names.h"

#include "core/text.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace fnlint {

namespace {

// "--output-format" for "--format", "--output" and "-o": its words begin as those that were given;
// a letter is the first one's.
bool begins_words_of(std::string_view given, std::string_view option) {
  if (given.size() == 1) return option.starts_with(given);
  const std::vector<std::string_view> words = split(option, '-');
  return std::ranges::all_of(split(given, '-'), [&](std::string_view part) {
    return std::ranges::any_of(words, [part](auto word) { return word.starts_with(part); });
  });
}

// What an option that does not exist may have been meant for.
std::string nearest_options(std::string_view option, const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 3;
  const std::vector<std::string_view> known(names.begin(), names.end());
  std::vector<std::string_view> close;
  if (const std::string_view one = nearest(option, known); !one.empty()) close.push_back(one);
  const std::string_view words =
      option.substr(std::min(option.find_first_not_of('-'), option.size()));
  for (const std::string_view name : known)
    if (!words.empty() && close.size() < kShown && begins_words_of(words, name.substr(2)) &&
        std::ranges::find(close, name) == close.end())
      close.push_back(name);
  std::string listed;
  for (std::size_t i = 0; i < close.size(); ++i)
    listed += cat(i == 0 ? "" : i + 1 == close.size() ? " or " : ", ", '\'', close[i], '\'');
  return listed.empty() ? listed : cat("; did you mean ", listed, '?');
}

std::string needs_value(const CLI::Option& option) {
  const std::string name = option.get_name();
  return cat(name, " needs a value: ", name, ' ', option.get_type_name());
}

}  // namespace

std::string unknown_option(CLI::App& app, const std::string& argument) {
  if (!argument.starts_with('-')) return cat("unexpected argument '", argument, '\'');
  std::string option = argument.substr(0, argument.find('='));
  if (!option.starts_with("--")) option = option.substr(0, 2);
  std::vector<std::string> names;
  for (const CLI::Option* const each : app.get_options())
    if (!each->get_group().empty())
      for (const std::string& name : each->get_lnames()) names.push_back(cat("--", name));
  return cat("unknown option '", option, '\'', nearest_options(option, names));
}

std::string misplaced_value(const CLI::App& app, const std::vector<std::string>& arguments) {
  const CLI::Option* open = nullptr;  // whose value comes next
  for (const std::string& argument : arguments) {
    const std::size_t equals = argument.starts_with("--") ? argument.find('=') : argument.npos;
    const CLI::Option* const option =
        argument.starts_with('-') ? app.get_option_no_throw(argument.substr(0, equals)) : nullptr;
    if (open != nullptr && (option != nullptr || argument.starts_with("--")))
      return needs_value(*open);
    const bool is_value = std::exchange(open, nullptr) != nullptr;
    if (argument == "--") break;
    if (is_value || option == nullptr) continue;
    const bool is_flag = option->get_items_expected_max() == 0;
    if (is_flag && equals != argument.npos) return cat(option->get_name(), " takes no value");
    if (!is_flag && equals == argument.npos) open = option;
  }
  return {};
}

std::string usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const std::string said = error.what(), kind = error.get_name();
  const CLI::Option* option = nullptr;  // that it names
  for (const CLI::Option* const each : app.get_options())
    if (said.find(each->get_name()) != std::string::npos &&
        (option == nullptr || each->get_name().size() > option->get_name().size()))
      option = each;
  if (option == nullptr) return said;
  const std::string name = option->get_name(), type = option->get_type_name();
  if (kind == "ArgumentMismatch") return needs_value(*option);
  if (kind == "RequiredError") return cat(name, " is required: ", type);
  if (kind == "ConversionError" && option->get_items_expected_max() == 0)
    return cat(name, " takes no value");
  return said;
}

std::vector<OptionByVariable> options_by_variable(const CLI::App& app) {
  std::vector<OptionByVariable> options;
  for (const CLI::Option* const each : app.get_options()) {
    if (each->get_lnames().empty() || each->get_lnames()[0] == "help" ||
        each->get_lnames()[0] == "version")
      continue;
    OptionByVariable option{.name = cat("--", each->get_lnames()[0])};
    for (const std::string& letter : each->get_snames()) option.also.push_back(cat('-', letter));
    option.is_flag = each->get_items_expected_max() == 0;
    option.may_repeat = each->get_multi_option_policy() != CLI::MultiOptionPolicy::TakeLast;
    option.comes_last = option.name == "--output-file";  // a file belongs to the format before it
    options.push_back(std::move(option));
  }
  return options;
}

}  // namespace fnlint
