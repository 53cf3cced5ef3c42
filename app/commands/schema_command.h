// `fnlint schema`, for editors that check and complete configurations.
#pragma once

#include "app/configuration/command_line.h"
#include "app/files/console.h"
#include "model/rule.h"

#include <span>
#include <string>
#include <string_view>

namespace fnlint {

// Where the schema of the newest version is published, below the site.
inline constexpr std::string_view kSchemaFile = "fnlint-config.schema.json";

// The JSON Schema of `.fnlint.yaml` where these are the rules.
std::string configuration_schema(std::span<const Rule> rules);

// `fnlint schema`: prints it.
int schema_command(const CommandLine& line, Console& console);

}  // namespace fnlint
