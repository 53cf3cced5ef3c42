#include "flow/state/project_object.h"

#include "core/text.h"
#include "flow/state/module_row.h"

#include <cstddef>
#include <optional>

namespace fnlint {

std::string object_path(std::string_view kind, ModuleId module, std::uint32_t index) {
  return cat(kind, ':', module.index, ':', index);
}

ProjectObject project_object(const ValuePool& pool, ValueId value) {
  if (pool[value].kind != ValueKind::Object) return {};
  const std::string_view text = pool.text(value);
  const std::size_t colon = text.find(':');
  const std::string_view kind = text.substr(0, colon);
  ProjectObject object;
  if (kind == "module") object.kind = ProjectObject::Kind::Module;
  if (kind == "class") object.kind = ProjectObject::Kind::Class;
  if (kind == "instance") object.kind = ProjectObject::Kind::Instance;
  if (object.kind == ProjectObject::Kind::None || colon == text.npos) return {};
  const std::optional<ModuleRow> row = module_row(text.substr(colon + 1));
  if (!row) return {};
  object.module = row->module;
  object.type = ClassId{row->index};
  return object;
}

}  // namespace fnlint
