#include "flow/class_defaults.h"

#include "flow/body.h"
#include "tables/models.h"

namespace fnlint {

namespace {

constexpr int kBaseClasses = 8;
constexpr std::string_view kCopied = "defaults='copied'";

ValueId module_value(Engine& engine, ModuleId module, ExprId expr) {
  return default_value(engine, {module, FunctionId{0}}, expr);
}

bool copies(Engine& engine, ModuleId module, ValueId library) {
  if (!library.exists()) return false;
  const LibraryModel* row =
      find_library_model(engine.language(module), engine.library_path(library));
  return row != nullptr && row->tells == kCopied;
}

bool has_base_that_copies(Engine& engine, ModuleId module, ClassId type, int depth) {
  const CodeFacts& code = engine.facts(module);
  const Class& row = code.classes[type.index];
  for (std::uint32_t i = 0; i < row.bases.count && depth < kBaseClasses; ++i) {
    const ValueId base = module_value(engine, module, code.bases[row.bases.first + i]);
    if (copies(engine, module, base)) return true;
    const ProjectObject parent =
        base.exists() ? project_object(engine.pool(), base) : ProjectObject{};
    if (parent.kind == ProjectObject::Kind::Class &&
        has_base_that_copies(engine, parent.module, parent.type, depth + 1))
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
    if (copies(engine, module, module_value(engine, module, callee))) return true;
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

}  // namespace

bool copies_default(Engine& engine, ModuleId module, ClassId type, std::string_view name) {
  return !is_of_all(engine.facts(module), type, name) &&
         (has_base_that_copies(engine, module, type, 0) ||
          has_decorator_that_copies(engine, module, type));
}

}  // namespace fnlint
