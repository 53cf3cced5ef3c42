#pragma once

#include "core/glob.h"
#include "core/result.h"
#include "model/rule.h"
#include "model/settings.h"
#include "report/formats.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

// The names that it may have, the usual one first.
inline constexpr std::array<std::string_view, 2> kConfigurationFiles{".fnlint.yaml", ".fnlint.yml"};

struct PathIgnore {
  Glob glob;
  std::vector<std::string> selectors = {};
};

// What `.fnlint.yaml` says. Paths and globs are relative to the root of the run.
struct Configuration {
  std::vector<std::string> select = {}, ignore = {};
  std::vector<std::pair<std::string, Severity>> severity = {};  // by selector, in order
  std::vector<PathIgnore> per_path_ignores = {};
  std::vector<Glob> exclude = {};
  std::vector<std::pair<std::string, std::string>> parameters = {};
  std::string compile_commands = {};  // the compile database, or its folder
  const Format* output_format = nullptr;  // null: none is named
  std::string baseline = {};              // relative to the root; empty: none
  std::optional<Severity> fail_on = {};
  bool fail_on_unread = false;
  bool other_suppressions = true;  // what other tools are told counts for rules that they have, too
  std::optional<Confidence> confidence = {};
  Settings settings = {};  // the thresholds
};

// An error begins with "line:column: "; it names the key and, for a mistyped one, what was meant.
Result<Configuration> read_configuration(std::string_view text, std::span<const Rule> rules);

std::optional<Severity> severity_of(std::string_view word);      // error, warning, note
std::optional<Confidence> confidence_of(std::string_view word);  // certain, likely, possible

}  // namespace fnlint
