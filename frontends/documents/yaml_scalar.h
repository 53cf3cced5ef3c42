// YAML's implicit typing: is a plain scalar a text, a number, a boolean or null?
#pragma once

#include "frontends/documents/document.h"

#include <string>
#include <string_view>

namespace fnlint {

// What YAML makes of a plain scalar without a tag. For Bool `text` becomes "true" or "false"; every
// other text stays as it is. y and n are text, and so are dates, sexagesimal, octal and hexadecimal
// numbers: nothing in a template means them as numbers.
[[nodiscard]] NodeKind resolve_plain(std::string& text, YamlWords words = YamlWords::Yaml11);

// The same for a scalar with one of YAML's own tags ("!!str", "!!int", "!!bool", ...).
[[nodiscard]] NodeKind resolve_tagged(std::string_view tag, std::string& text,
                                      YamlWords words = YamlWords::Yaml11);

}  // namespace fnlint
