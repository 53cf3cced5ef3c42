// Encodes the project's modules, classes and instances as objects of the value pool, and sets a
// field of an instance on every way of a choice.

#include "flow/state/project_object.h"

#include "core/text.h"
#include "flow/state/module_row.h"
#include "values/compute.h"
#include "values/where.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

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

namespace {

// What is made of the value on each of its ways, met under the same tests; no id: nothing, on one
// of them.
ValueId on_each_way(ValuePool& pool, ValueId value, const std::function<ValueId(ValueId)>& made) {
  if (is_where(pool, value)) {
    const std::vector<ValueId> tests(pool.operands(value).begin() + 1, pool.operands(value).end());
    const ValueId one = on_each_way(pool, bare(pool, value), made);
    return one.exists() ? where(pool, one, tests) : ValueId{};
  }
  if (!pool.is(value, ValueKind::OneOf)) return made(value);
  std::vector<Alternative> ways;
  for (std::size_t i = 0; i < pool.operands(value).size(); ++i) {
    const ValueId way = pool.operands(value)[i];
    const GuardId guard = pool.guards(value)[i];
    const ValueId one = on_each_way(pool, way, made);
    if (!one.exists()) return {};
    ways.push_back({one, guard});
  }
  return pool.with_uncertainty(pool.one_of(ways), pool[value].uncertainty);
}

}  // namespace

ValueId with_field(ValuePool& pool, ValueId instance, ValueId name, ValueId value) {
  return on_each_way(pool, instance, [&](ValueId one) -> ValueId {
    if (project_object(pool, one).kind != ProjectObject::Kind::Instance ||
        pool.operands(one).empty())
      return {};
    const ValueId fields = with_entry(pool, pool.operands(one)[0], name, value);
    return on_each_way(pool, fields, [&](ValueId record) -> ValueId {
      if (!pool.is(record, ValueKind::Record)) return {};
      const std::string path(pool.text(one));
      return pool.object(pool[one].ref, path, std::span(&record, 1));
    });
  });
}

}  // namespace fnlint
