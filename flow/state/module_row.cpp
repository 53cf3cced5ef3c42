// Parses what stands in values for a row of a module: its number and the row's.

#include "flow/state/module_row.h"

#include <charconv>

namespace fnlint {

std::optional<ModuleRow> module_row(std::string_view text) {
  ModuleRow row;
  const char* const end = text.data() + text.size();
  const auto [colon, no_module] = std::from_chars(text.data(), end, row.module.index);
  if (no_module != std::errc() || colon == end || *colon != ':') return std::nullopt;
  const auto [stop, no_index] = std::from_chars(colon + 1, end, row.index);
  if (no_index != std::errc() || stop != end) return std::nullopt;
  return row;
}

}  // namespace fnlint
