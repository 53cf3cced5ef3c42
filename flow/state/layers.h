#pragma once

#include "tables/models.h"
#include "values/pool.h"

#include <string_view>
#include <vector>

namespace fnlint {

// Layers of the project's own around a handler (middleware), the outermost first. A function keeps
// them beside its captures; what could not be followed to its function yet is a chain of objects.

inline constexpr std::string_view kAround = "<around>";

// The row that has wrapped a handler in a function that may tell the runtime's callback; null:
// none. A function keeps its path beside its captures.
inline constexpr std::string_view kCallsBack = "<calls back>";
const LibraryModel* called_back_by(const ValuePool& pool, Language language, ValueId handler);

// What a chain of calls put around a handler, or around what will become one.
std::vector<ValueId> layers_of(const ValuePool& pool, ValueId handler);

}  // namespace fnlint
