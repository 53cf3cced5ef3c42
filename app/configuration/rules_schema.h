// What editors need to know to help with writing policies.
#pragma once

#include <string>
#include <string_view>

namespace fnlint {

inline constexpr std::string_view kRulesSchemaFile = "fnlint-rules.schema.json";

// The JSON schema of a file in .fnlint/rules/.
std::string rules_schema();
// The names that policies have beside those of properties, as JSON.
std::string policy_model();

}  // namespace fnlint
