#pragma once

#include "tables/yaml_reader.h"

#include <string>
#include <string_view>

namespace fnlint::tables {

// What the tables of tables/templates.h have in common.

// The enumerator of ResourceKind or Invocation that the value names in kebab-case.
std::string kind_literal(Entry& row, std::string_view key);
std::string invocation_literal(Entry& row, std::string_view key);

// A span of KnownStatement; its arrays, named after `id`, go to `definitions`.
std::string statements_literal(Entry& row, std::string_view key, const std::string& id,
                               std::string& definitions);
// "service:rest" as the ARN pattern that it stands for; anything else as it is.
std::string arn_pattern(const std::string& text);

// `const TYPE* FINDER(std::string_view)` over ARRAY, which is sorted by FIELD.
std::string finder_definition(std::string_view type, std::string_view finder,
                              std::string_view array, std::string_view field);

}  // namespace fnlint::tables
