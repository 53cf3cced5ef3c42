// Words the title of a fix, and gives its steps as spans to remove or to replace.

#include "checks/view/fixes.h"

#include "core/text.h"
#include "values/pool.h"

namespace fnlint {

namespace {

// As the template spells it, without what it stands in.
std::string_view own_name(const ValuePool& pool, const Property& property) {
  std::string_view path = pool[property.path];
  if (property.native_path.exists() && !pool[property.native_path].empty())
    path = pool[property.native_path];
  return path.substr(path.rfind('.') + 1);
}

}  // namespace

Fix removal_of(const ValuePool& pool, const Property& property, FixSafety safety) {
  return {.title = cat("Remove '", own_name(pool, property), '\''),
          .safety = safety,
          .steps = {{.where = property.where, .key = property.key}}};
}

Fix setting_of(const ValuePool& pool, const Property& property, std::string_view value,
               FixSafety safety) {
  const auto old = as_text(pool, property.value);
  return {.title = cat("Set '", own_name(pool, property), "' to '", value, '\''),
          .safety = safety,
          .steps = {{.where = property.where,
                     .replaces = std::string(old.value_or("")),
                     .by = std::string(value)}}};
}

Fix replacement_of(Span where, std::string_view old, std::string_view by, FixSafety safety) {
  return {.title = cat("Replace '", old, "' by '", by, '\''),
          .safety = safety,
          .steps = {{.where = where, .replaces = std::string(old), .by = std::string(by)}}};
}

}  // namespace fnlint
