// From the text of a `.fnlint.yaml` to a Configuration.
#pragma once

#include "app/configuration/configuration.h"
#include "core/result.h"
#include "model/rule.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace fnlint {

// Where a configuration is read from, and how what it extends is.
struct ConfigurationSource {
  std::string file = {};  // absolute; empty: from none
  std::string base = {};  // the folder that its paths and patterns are relative to; absolute
  // The configuration of a path as `extend` says it. An error follows "extends ".
  std::function<Result<Configuration>(const std::string& path)> extended = {};
};

// An error begins with "line:column: "; it names the key and, for a mistyped one, what was meant.
Result<Configuration> read_configuration(std::string_view text, std::span<const Rule> rules,
                                         const ConfigurationSource& source = {});

}  // namespace fnlint
