// Numeric types by name, for what cannot carry an arbitrary text.
#pragma once

#include <string_view>

namespace fnlint {

// Whether a type is one that a language has for numbers: "int", "decimal.Decimal", "float64".
bool is_number_type(std::string_view type);

}  // namespace fnlint
