// The table of all keys, with their descriptions and defaults.

#include "app/configuration/configuration_keys.h"

namespace fnlint {

namespace {

using C = Configuration;

// Written out, as a table with optional members at the end does not say what each is.
constexpr ConfigurationKey key(std::string_view name, KeyValue value, std::string_view text,
                               std::string_view fallback = {}) {
  return {.name = name, .value = value, .text = text, .fallback = fallback};
}
constexpr ConfigurationKey adding(std::string_view name, KeyValue value, std::string_view text,
                                  std::string_view fallback = {}) {
  return {.name = name, .value = value, .text = text, .fallback = fallback, .adds = true};
}
constexpr ConfigurationKey of_run(std::string_view name, KeyValue value, std::string_view text,
                                  std::string_view fallback = {}) {
  return {.name = name, .value = value, .text = text, .fallback = fallback, .of_run = true};
}

constexpr ConfigurationKey kKeys[] = {
    key("extend", ExtendKey{}, "another configuration file, which this one builds on"),
    key("select", &C::select, "rules to check", "default"),
    adding("extend-select", &C::select, "rules to check in addition", "default"),
    key("ignore", &C::ignore, "rules to leave out"),
    adding("extend-ignore", &C::ignore, "rules to leave out in addition"),
    key("severity", &C::severity,
        "levels of rules, before the confidence is taken into account; off leaves a rule out"),
    key("per-path-ignores", &C::per_path_ignores,
        "rules that are not reported in the files of a pattern"),
    key("exclude", &C::exclude, "patterns of files and folders that are not linted at all"),
    adding("extend-exclude", &C::exclude, "patterns of what else is not linted"),
    key("parameters", &C::parameters, "values of template parameters, for every template"),
    of_run("rules", &C::rules,
           "files, folders and npm packages with rules of your own, besides .fnlint/rules"),
    key("compile-commands", &C::compile_commands,
        "a compile database of C++, or the folder that it is in"),
    of_run("output-format", &C::output_format, "how findings are printed", "text"),
    key("baseline", &C::baseline, "a file of known findings, which are left out"),
    key("fail-on", &C::fail_on, "the lowest level that gives exit code 1", "warning"),
    key("fail-on-unread", &C::fail_on_unread, "true: code that was not read also gives exit code 1",
        "false"),
    key("other-suppressions", &C::other_suppressions,
        "false: comments for other linters silence nothing", "true"),
    key("confidence", &C::confidence, "the lowest confidence to report", "likely"),
};

std::vector<ConfigurationKey> all_keys() {
  std::vector<ConfigurationKey> keys(std::begin(kKeys), std::end(kKeys));
  for (const Threshold& row : kThresholds) keys.push_back(key(row.key, &row, row.text));
  for (const SettingList& row : kSettingLists) keys.push_back(key(row.key, &row, row.text));
  return keys;
}

}  // namespace

std::span<const ConfigurationKey> configuration_keys() {
  static const std::vector<ConfigurationKey> kAll = all_keys();
  return kAll;
}

std::string_view key_that_is_meant(const ConfigurationKey& key) {
  constexpr std::string_view kExtend = "extend-";
  return key.adds ? key.name.substr(kExtend.size()) : key.name;
}

}  // namespace fnlint
