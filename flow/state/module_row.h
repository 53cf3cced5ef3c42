// References to a module's tables from inside values, which hold only text.
#pragma once

#include "model/summary.h"

#include <optional>
#include <string_view>

namespace fnlint {

// A row of one of a module's tables (its operations, classes, types) as it stands in values:
// "12:345".
struct ModuleRow {
  ModuleId module = {};
  std::uint32_t index = 0;
};

// Nothing where the text is not of that form.
std::optional<ModuleRow> module_row(std::string_view text);

}  // namespace fnlint
