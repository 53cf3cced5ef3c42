// Migration from other linters, by their own configuration.
#pragma once

#include "app/configuration/foreign_reading.h"
#include "core/files.h"
#include "core/result.h"
#include "model/rule.h"

#include <cstdint>
#include <span>

namespace fnlint {

// Tools whose configuration can be translated.
enum class ForeignTool : std::uint8_t { Checkov, CfnLint, Tflint, Semgrep, Ruff };

// Reads what the tool's configuration at its usual names says, in the root of the files. An error
// says that there is none, or where one cannot be read ("ruff.toml:3:5: ...").
Result<ForeignConfiguration> read_foreign_configuration(ForeignTool tool, const FileSystem& files,
                                                        std::span<const Rule> rules);

}  // namespace fnlint
