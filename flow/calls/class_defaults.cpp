// Fields that nobody passes to a constructor: which default they get from the class declaration,
// and whether each object has a copy of its own. Data classes, models and settings are covered.

#include "flow/calls/class_defaults.h"

#include "core/parts.h"
#include "core/text.h"
#include "flow/engine/body.h"
#include "flow/engine/library_call.h"
#include "flow/engine/reads.h"
#include "flow/models/library_select.h"
#include "model/language_traits.h"
#include "tables/languages.h"
#include "tables/models.h"

#include <algorithm>
#include <map>

namespace fnlint {

namespace {

constexpr std::string_view kCopied = "defaults='copied'";
constexpr std::string_view kSettings = "fields='environment'";

ValueId module_value(Engine& engine, ModuleId module, ExprId expr) {
  return default_value(engine, {module, FunctionId{0}}, expr);
}

bool tells(Engine& engine, ModuleId module, ValueId library, std::string_view what) {
  if (!library.exists()) return false;
  const LibraryModel* row =
      find_library_model(engine.language(module), engine.library_path(library));
  return row != nullptr && std::ranges::any_of(parts_of(row->tells, ','),
                                               [&](std::string_view one) { return one == what; });
}

bool has_base_that_tells(Engine& engine, ModuleId module, ClassId type, std::string_view what,
                         int depth = 0) {
  const CodeFacts& code = engine.facts(module);
  const Class& row = code.classes[type.index];
  for (std::uint32_t i = 0; i < row.bases.count && depth < kBaseClasses; ++i) {
    const ValueId base = module_value(engine, module, code.bases[row.bases.first + i]);
    if (tells(engine, module, base, what)) return true;
    const ProjectObject parent =
        base.exists() ? project_object(engine.pool(), base) : ProjectObject{};
    if (parent.kind == ProjectObject::Kind::Class &&
        has_base_that_tells(engine, parent.module, parent.type, what, depth + 1))
      return true;
  }
  return false;
}

// The first operand of a decorator is the class, or what the decorator below it gave.
bool is_of_class(const CodeFacts& code, ClassId type, ExprId value) {
  for (int depth = 0; depth < kBaseClasses; ++depth) {
    if (code.exprs[value.index].kind != ExprKind::Result) return false;
    const Op& op = code.ops[code.exprs[value.index].ref];
    if (op.kind == OpKind::Define) return code.defines[op.detail].type == type;
    if (op.kind != OpKind::Call || code.calls[op.detail].arguments.count == 0) return false;
    value = code.operands[code.calls[op.detail].arguments.first].value;
  }
  return false;
}

// What decorates it, or made that: `@dataclass(frozen=True)`.
bool has_decorator_that_copies(Engine& engine, ModuleId module, ClassId type) {
  const CodeFacts& code = engine.facts(module);
  for (const Call& call : code.calls) {
    if (call.mode != CallMode::Decorator || call.arguments.count == 0 ||
        !is_of_class(code, type, code.operands[call.arguments.first].value))
      continue;
    ExprId callee = call.callee;
    if (code.exprs[callee.index].kind == ExprKind::Result) {
      const Op& op = code.ops[code.exprs[callee.index].ref];
      if (op.kind == OpKind::Call) callee = code.calls[op.detail].callee;
    }
    if (tells(engine, module, module_value(engine, module, callee), kCopied)) return true;
  }
  return false;
}

// `name: ClassVar[...]` is no field.
bool is_of_all(const CodeFacts& code, ClassId type, std::string_view name) {
  const Class& row = code.classes[type.index];
  for (std::uint32_t i = 0; i < row.fields.count; ++i) {
    const Field& field = code.fields[row.fields.first + i];
    if (code.string(field.name) != name || !field.type.exists()) continue;
    const std::string_view path = code.string(code.types[field.type.index].path);
    return path == "ClassVar" || path == "typing.ClassVar";
  }
  return false;
}

// What a library's object that describes a field was given under a name of what its row tells:
// `factory` of `field(default_factory=make)`; no id: that is no such object, or was not given it.
ValueId described(Engine& engine, ModuleId module, ValueId description, std::string_view name) {
  const ValuePool& pool = engine.pool();
  if (!description.exists() || !pool.is(description, ValueKind::Object) ||
      pool.operands(description).empty())
    return {};
  const std::string path(pool.text(description));
  const LibraryModel* row =
      find_library_model(engine.language(module), path.substr(0, path.rfind("()")));
  if (row == nullptr) return {};
  for (const std::string_view one : parts_of(row->tells, ','))
    if (one.starts_with(name) && one.substr(name.size()).starts_with('='))
      for (const std::string_view argument : parts_of(one.substr(name.size() + 1), '|'))
        if (const ValueId given = named_entry(pool, pool.operands(description)[0], argument);
            given.exists())
          return given;
  return {};
}

// `env_prefix` of `model_config = SettingsConfigDict(...)`, or of a class Config.
std::string prefix_of(Engine& engine, ValueId settings) {
  const ValuePool& pool = engine.pool();
  for (const std::string_view name : {"model_config", "Config"}) {
    const ValueId told = engine.member_of(settings, name);
    const bool is_made = pool.is(told, ValueKind::Object) && !pool.operands(told).empty();
    ValueId prefix = is_made ? named_entry(pool, pool.operands(told)[0], "env_prefix") : ValueId{};
    if (!prefix.exists()) prefix = engine.member_of(told, "env_prefix");
    if (const auto text = as_text(pool, prefix)) return std::string(*text);
  }
  return {};
}

// The variable of a field of settings. Their names have no case; those of variables are in
// capitals.
ValueId variable_of(Engine& engine, ModuleId module, ValueId settings, ValueId attribute,
                    std::string_view name) {
  ValuePool& pool = engine.pool();
  ValueId given = described(engine, module, attribute, "variable");
  if (given.exists() && pool.is(given, ValueKind::Object) && !pool.operands(given).empty())
    given = named_entry(pool, pool.operands(given)[0], "0");  // the first of several
  if (!given.exists()) given = pool.text_value(cat(prefix_of(engine, settings), name));
  return compute(pool, Opcode::Upper, std::span(&given, 1));
}

}  // namespace

ValueId declared_default(Engine& engine, const CallInput& construction, ModuleId module,
                         ClassId type, std::string_view name, std::vector<Step>& steps) {
  ValuePool& pool = engine.pool();
  const ValueId attribute = engine.member_of(construction.callee, name);
  ValueId value = described(engine, module, attribute, "default");
  if (value.exists() && pool.is(value, ValueKind::Unknown)) value = {};  // `...`: it must be given
  const ValueId factory = described(engine, module, attribute, "factory");
  if (!value.exists() && factory.exists()) {
    CallInput made = construction;
    made.callee = factory;
    made.arguments = made.places = pool.record({});
    CallResult outcome = engine.call(made, 0);
    std::ranges::move(outcome.steps, std::back_inserter(steps));
    value = outcome.value;
  }
  if (!has_base_that_tells(engine, module, type, kSettings)) return value;
  const bool is_plain = attribute.exists() && !pool.is(attribute, ValueKind::Object) &&
                        !pool.is(attribute, ValueKind::Computed);
  return environment_value(pool, variable_of(engine, module, construction.callee, attribute, name),
                           value.exists() || !is_plain ? value : attribute);
}

bool copies_default(Engine& engine, ModuleId module, ClassId type, std::string_view name) {
  return !is_of_all(engine.facts(module), type, name) &&
         (has_base_that_tells(engine, module, type, kCopied) ||
          has_decorator_that_copies(engine, module, type));
}

std::vector<NamedValue> own_static_methods(ValuePool& pool, const CodeFacts& code, ModuleId module,
                                           const Class& type) {
  std::vector<NamedValue> found;
  if (!traits(code.language).has_overloads) return found;
  std::map<std::string_view, std::uint32_t> names;
  const auto at = [&](std::uint32_t i) { return code.methods[type.methods.first + i]; };
  for (std::uint32_t i = 0; i < type.methods.count; ++i)
    ++names[code.string(code.functions[at(i).index].name)];
  for (std::uint32_t i = 0; i < type.methods.count; ++i) {
    const Function& method = code.functions[at(i).index];
    const std::string_view name = code.string(method.name);
    if (method.kind == FunctionKind::StaticMethod && names[name] == 1)
      found.push_back({pool.string(name), pool.function(pack(FunctionRef{module, at(i)}), {})});
  }
  return found;
}

}  // namespace fnlint
