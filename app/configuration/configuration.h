// A configuration file's content, with inherited values and the place where each is said.
#pragma once

#include "app/configuration/selection.h"
#include "core/glob.h"
#include "model/rule.h"
#include "model/settings.h"
#include "report/formats.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

// The names that it may have, the usual one first.
inline constexpr std::array<std::string_view, 2> kConfigurationFiles{".fnlint.yaml", ".fnlint.yml"};

// A pattern over the paths below a folder.
struct PlacedGlob {
  Glob glob;
  std::string text = {};
  std::string base = {};  // absolute
};

struct PathIgnore {
  PlacedGlob glob;
  std::vector<std::string> selectors = {};
};

struct PlacedPath {
  std::string path = {};  // absolute
};

// Where a value is said: a file and its line, from 1.
struct SaidAt {
  std::string file = {};  // absolute
  std::size_t line = 0, column = 0;
};

// What `.fnlint.yaml` says, with what it extends.
struct Configuration {
  std::vector<std::string> select = {}, ignore = {};
  Levels severity = {};
  std::vector<PathIgnore> per_path_ignores = {};
  std::vector<PlacedGlob> exclude = {};
  std::vector<std::pair<std::string, std::string>> parameters = {};
  std::vector<PlacedPath> rules = {};     // files and folders with rules of the project's own
  std::string compile_commands = {};      // the compile database, or its folder; absolute
  const Format* output_format = nullptr;  // null: none is named
  std::string baseline = {};              // absolute; empty: none
  std::optional<Severity> fail_on = {};
  bool fail_on_unread = false;
  bool other_suppressions = true;  // what other tools are told counts for rules that they have, too
  std::optional<Confidence> confidence = {};
  Settings settings = {};  // the thresholds

  // By key ("fail-on"), or key and entry ("select.loop"), where it says so.
  std::map<std::string, SaidAt, std::less<>> said = {};
};

std::optional<Severity> severity_of(std::string_view word);      // error, warning, note
std::optional<Confidence> confidence_of(std::string_view word);  // certain, likely, possible

}  // namespace fnlint
