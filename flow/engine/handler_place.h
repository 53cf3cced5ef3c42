// The abstract location of a handler object, whose fields are state that outlives an invocation.
#pragma once

#include "flow/engine/engine.h"

namespace fnlint {

// The place of the one object of a handler's class: a Hole of the module's globals, named after the
// class, whose number says the class instead of a variable.
inline constexpr std::uint64_t kHandlerPlace = std::uint64_t{1} << 63U;
inline constexpr std::string_view kDefaultPlace = "default of ";  // of a parameter: its value is shared

inline ProjectObject handler_class_at(const ValuePool& pool, ValueId place) {
  const Value& row = pool[place];
  const bool is_one = row.kind == ValueKind::Hole && row.origin == Origin::Global &&
                      (row.ref & kHandlerPlace) != 0 && !pool.text(place).starts_with(kDefaultPlace);
  if (!is_one) return {};
  const std::uint64_t key = row.ref & ~kHandlerPlace;
  return {ProjectObject::Kind::Class, ModuleId{static_cast<std::uint32_t>(key >> 32U)},
          ClassId{static_cast<std::uint32_t>(key)}};
}

}  // namespace fnlint
