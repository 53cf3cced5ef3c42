// Translates variables into arguments, for options that the command line leaves open.

#include "app/files/environment.h"

#include "core/text.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>

namespace fnlint {

namespace {

constexpr std::string_view kPrefix = "FNLINT_";

std::string_view without_prefix(std::string_view name) {
  return name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : name;
}

// Which the program, its scripts and its wrappers know besides.
constexpr std::array<std::string_view, 2> kOtherVariables{"FNLINT_BINARY", "FNLINT_CLANG_SETUP"};

using Names = std::set<std::string, std::less<>>;

const OptionByVariable* find_option(const std::vector<OptionByVariable>& options,
                                    std::string_view name) {
  const auto found = std::ranges::find_if(options, [name](const OptionByVariable& each) {
    return each.name == name || std::ranges::find(each.also, name) != each.also.end();
  });
  return found == options.end() ? nullptr : &*found;
}

// Takes the options of "--name", "--name=value", or of "-qv"; true: the next argument is a value.
bool take_given(std::string_view argument, const std::vector<OptionByVariable>& options,
                Names& given) {
  if (argument.starts_with("--")) {
    const std::size_t equals = argument.find('=');
    const OptionByVariable* const option = find_option(options, argument.substr(0, equals));
    if (option == nullptr) return false;
    given.insert(option->name);
    return !option->is_flag && equals == std::string_view::npos;
  }
  if (!argument.starts_with('-')) return false;
  for (std::size_t i = 1; i < argument.size(); ++i) {
    const OptionByVariable* const option = find_option(options, cat('-', argument[i]));
    if (option == nullptr) return false;
    given.insert(option->name);
    if (!option->is_flag) return i + 1 == argument.size();  // else the rest is its value
  }
  return false;
}

// By their long names.
Names options_given(const std::vector<std::string>& arguments,
                    const std::vector<OptionByVariable>& options) {
  Names given;
  bool is_value = false;
  for (const std::string& argument : arguments) {
    if (argument == "--" && !is_value) break;
    is_value = !is_value && take_given(argument, options, given);
  }
  return given;
}

std::optional<bool> truth_of(std::string_view text) {
  const std::string word = lower(text);
  constexpr std::array<std::string_view, 4> kYes{"1", "true", "yes", "on"};
  constexpr std::array<std::string_view, 5> kNo{"", "0", "false", "no", "off"};
  if (is_one_of(kYes, word)) return true;
  if (is_one_of(kNo, word)) return false;
  return std::nullopt;
}

// What a variable says, as a command line would.
std::vector<std::string> arguments_of(const OptionByVariable& option, const std::string& value,
                                      std::string& error) {
  if (option.is_flag) {
    const std::optional<bool> truth = truth_of(value);
    if (!truth) error = cat(variable_of(option.name), " must be true or false, not '", value, '\'');
    return truth.value_or(false) ? std::vector{option.name} : std::vector<std::string>{};
  }
  std::vector<std::string> arguments;
  const auto add = [&](std::string_view text) {
    if (!text.empty()) arguments.push_back(cat(option.name, '=', text));
  };
  if (!option.may_repeat) add(value);
  if (option.may_repeat)
    for (const std::string_view each : split(value, '\n')) add(trim(each));
  return arguments;
}

}  // namespace

std::string variable_of(std::string_view option) {
  std::string name(kPrefix);
  for (const char c : option.substr(std::min(option.find_first_not_of('-'), option.size())))
    name += c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return name;
}

FromEnvironment with_environment(std::vector<std::string> arguments,
                                 const std::vector<OptionByVariable>& options,
                                 const std::vector<std::vector<std::string>>& exclusive,
                                 const OwnVariables& environment) {
  FromEnvironment result;
  std::vector<std::string> first, last;
  const Names given = options_given(arguments, options);
  const auto is_decided = [&](const OptionByVariable& option) {
    if (given.contains(option.name)) return true;
    return std::ranges::any_of(exclusive, [&](const std::vector<std::string>& group) {
      return std::ranges::find(group, option.name) != group.end() &&
             std::ranges::any_of(group,
                                 [&](const std::string& other) { return given.contains(other); });
    });
  };
  for (const OptionByVariable& option : options) {
    const std::string variable = variable_of(option.name);
    const auto found = environment.find(variable);
    if (found == environment.end() || is_decided(option)) continue;
    std::vector<std::string> said = arguments_of(option, found->second, result.error);
    if (!result.error.empty()) return result;
    if (said.empty()) continue;
    result.variables[option.name] = variable;
    std::vector<std::string>& place = option.comes_last ? last : first;
    place.insert(place.end(), said.begin(), said.end());
  }
  const auto end = std::ranges::find(arguments, "--");
  arguments.insert(end, last.begin(), last.end());
  arguments.insert(arguments.begin(), first.begin(), first.end());
  result.arguments = std::move(arguments);
  return result;
}

std::vector<std::string> mistyped_variables(const OwnVariables& environment,
                                            const std::vector<std::string>& options) {
  std::vector<std::string> known(kOtherVariables.begin(), kOtherVariables.end());
  for (const std::string& option : options) known.push_back(variable_of(option));
  std::vector<std::string_view> words;  // what all have in common would make all of them near
  for (const std::string& name : known) words.push_back(without_prefix(name));
  std::vector<std::string> messages;
  for (const auto& [name, value] : environment) {
    if (std::ranges::find(known, name) != known.end()) continue;
    const std::string_view close = nearest(without_prefix(name), words);
    if (!close.empty())
      messages.push_back(
          cat("the variable ", name, " is not an option; did you mean '", kPrefix, close, "'?"));
  }
  return messages;
}

}  // namespace fnlint
