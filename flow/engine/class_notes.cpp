// Looks up annotations of the project's classes for selectors of library rows, as when a mapped
// class names the table that it is stored in.

#include "flow/engine/class_notes.h"

#include "core/text.h"
#include "flow/engine/body.h"
#include "values/summarised_lists.h"

#include <array>
#include <string>

namespace fnlint {

namespace {

constexpr int kNotedBases = 8;  // classes above another one

// "Table" of "Table", "mapping.Table" and, as C# has it, "TableAttribute".
bool is_named(std::string_view path, std::string_view name) {
  const std::size_t dot = path.rfind('.');
  if (dot != path.npos) path.remove_prefix(dot + 1);
  return path == name || path == cat(name, "Attribute");
}

ValueId first_argument(Engine& engine, ModuleId module, const Annotation& note) {
  const auto given = engine.facts(module).operands_of(note.arguments);
  return given.empty() ? engine.pool().absent()
                       : default_value(engine, {module, FunctionId{0}}, given.front().value);
}

ValueId noted_of(Engine& engine, ProjectObject type, std::string_view name, int depth) {
  const CodeFacts& code = engine.facts(type.module);
  const Class& row = code.classes[type.type.index];
  for (std::uint32_t i = 0; i < row.annotations.count; ++i) {
    const Annotation& note = code.annotations[row.annotations.first + i];
    if (is_named(code.string(note.path), name)) return first_argument(engine, type.module, note);
  }
  for (std::uint32_t i = 0; i < row.bases.count && depth < kNotedBases; ++i) {
    const ValueId base =
        default_value(engine, {type.module, FunctionId{0}}, code.bases[row.bases.first + i]);
    const ProjectObject parent =
        base.exists() ? project_object(engine.pool(), base) : ProjectObject{};
    if (parent.kind != ProjectObject::Kind::Class) continue;
    if (const ValueId found = noted_of(engine, parent, name, depth + 1); found.exists())
      return found;
  }
  return {};
}

}  // namespace

ValueId noted_of_class(Engine& engine, ValueId value, std::string_view name) {
  ValuePool& pool = engine.pool();
  if (pool.is(value, ValueKind::List) || is_summarised(pool, value)) value = element(pool, value);
  const ProjectObject object = project_object(pool, value);
  const bool is_of_class =
      object.kind == ProjectObject::Kind::Class || object.kind == ProjectObject::Kind::Instance;
  if (is_of_class) return noted_of(engine, object, name, 0);
  if (!is_open(pool, value)) return {};
  const std::array<ValueId, 2> operands{value, pool.text_value(name)};
  return pool.computed(std::string(kNoted), operands);  // asked again once a caller gives it
}

ValueId some_object_of(Engine& engine, ValueId type, std::uint64_t site) {
  ValuePool& pool = engine.pool();
  const ProjectObject row = project_object(pool, type);
  if (row.kind != ProjectObject::Kind::Class) return {};
  const ValueId fields = pool.record({}, true);
  return pool.object(site, object_path("instance", row.module, row.type.index),
                     std::span(&fields, 1));
}

}  // namespace fnlint
