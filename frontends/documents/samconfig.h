// Parameter overrides and the template's path, as `sam deploy` would take them from its settings.
#pragma once

#include "core/problem.h"
#include "core/span.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What a SAM configuration file (samconfig.toml, .yaml or .yml) says for one environment.
struct ParameterOverride {
  std::string name = {}, value = {};
  Range where = {};  // of the value, or of the name where the value is empty
};
struct SamConfig {
  bool has_environment = false;  // the file has a table of that name
  // In the order written; names are unique, of a repeated one the last value counts.
  std::vector<ParameterOverride> overrides = {};
  std::string template_path = {};  // of the source template, as written; empty: not named
  Range template_range = {};
  Problems problems = {};
};

enum class SamConfigFormat : std::uint8_t { Toml, Yaml };

// `environment` is what `sam --config-env` names; SAM's own default is "default". Settings are
// taken from the deploy command, then sync, build and the other commands, then global.
[[nodiscard]] SamConfig read_samconfig(std::string_view text, SamConfigFormat format,
                                       std::string_view environment = "default");

}  // namespace fnlint
