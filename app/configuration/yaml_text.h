// Texts for YAML that the program itself writes.
#pragma once

#include <string>
#include <string_view>

namespace fnlint {

// A text between double quotes, as YAML reads it.
std::string yaml_text(std::string_view text);

}  // namespace fnlint
