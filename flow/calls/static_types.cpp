// The type that declarations give an expression, where its value does not show it: an Optional is
// what it holds, or nothing, and its `map` is not that of a stream.

#include "core/text.h"
#include "flow/engine/engine.h"
#include "flow/engine/library_call.h"

namespace fnlint {

namespace {

constexpr int kTypeSteps = 16;  // from an expression to what its type follows from

const Function* method_named(const CodeFacts& code, ClassId type, std::string_view name) {
  const Class& row = code.classes[type.index];
  for (std::uint32_t i = 0; i < row.methods.count; ++i) {
    const Function& method = code.functions[code.methods[row.methods.first + i].index];
    if (code.string(method.name) == name) return &method;
  }
  return nullptr;
}

}  // namespace

std::string Engine::declared_path(ModuleId module, TypeId id) {
  const CodeFacts& code = facts(module);
  const std::string_view written = code.string(code.types[id.index].path);
  const TypeName name = name_of(module, id);
  if (name.import == UINT32_MAX) return std::string(written);
  const ImportTarget& target = program_.modules[module.index].imports[name.import];
  if (target.module.exists()) return {};
  if (target.path.empty() || !name.is_whole) return std::string(written);
  return name.inner.empty() ? target.path : cat(target.path, '.', name.inner);
}

Engine::StaticType Engine::declared_as(ModuleId module, TypeId type) {
  if (!type.exists()) return {};
  return {declared_path(module, type), declared_class(module, type)};
}

Engine::StaticType Engine::static_type(ModuleId module, ExprId expr, int depth) {
  if (!expr.exists() || depth > kTypeSteps) return {};
  const CodeFacts& code = facts(module);
  const Expr& row = code.exprs[expr.index];
  if (row.kind == ExprKind::Variable) {
    const Variable& variable = code.variables[row.ref];
    if (variable.kind == VariableKind::Receiver && variable.owner.exists())
      return {{}, {ProjectObject::Kind::Class, module, code.functions[variable.owner.index].owner}};
    if (variable.type.exists()) return declared_as(module, variable.type);
    index_module(module);
    const std::vector<ExprId>& given = modules_[module.index].sole_values;
    return row.ref < given.size() ? static_type(module, given[row.ref], depth + 1) : StaticType{};
  }
  if (row.kind == ExprKind::Member) {
    const ProjectObject owner = static_type(module, ExprId{row.ref}, depth + 1).own;
    if (!owner.type.exists()) return {};
    ModuleId home = owner.module;
    const Field* field = declared_field(owner, code.string(row.name), home);
    return field != nullptr ? declared_as(home, field->type) : StaticType{};
  }
  if (row.kind != ExprKind::Result) return {};
  const Op& op = code.ops[row.ref];
  if (op.kind == OpKind::Await) return static_type(module, code.awaits[op.detail].value, depth + 1);
  if (op.kind != OpKind::Call) return {};
  return type_of_call(module, code.calls[op.detail].callee, depth);
}

// Of what a call gives: a method of the project declares it, of a library a row says it.
Engine::StaticType Engine::type_of_call(ModuleId module, ExprId callee, int depth) {
  const CodeFacts& code = facts(module);
  const Expr& row = code.exprs[callee.index];
  if (row.kind == ExprKind::Function) return declared_as(module, code.functions[row.ref].returns);
  if (row.kind != ExprKind::Member) return {};
  const std::string_view name = code.string(row.name);
  const Expr& base = code.exprs[row.ref];
  std::string path;
  if (base.kind == ExprKind::Variable) {
    const std::uint32_t import = import_of(module, VariableId{base.ref});
    if (import != UINT32_MAX)
      path = cat(program_.modules[module.index].imports[import].path, '.', name);
  }
  if (path.empty()) {
    const StaticType asked = static_type(module, ExprId{row.ref}, depth + 1);
    if (asked.own.type.exists()) {
      const CodeFacts& home = facts(asked.own.module);
      const Function* method = method_named(home, asked.own.type, name);
      return method != nullptr ? declared_as(asked.own.module, method->returns) : StaticType{};
    }
    path = cat(asked.path, "().", name);
  }
  const LibraryModel* model = find_library_model(code.language, path);
  if (model == nullptr) model = find_library_model(code.language, cat("*.", name));
  return model != nullptr ? StaticType{std::string(model->gives), {}} : StaticType{};
}

const LibraryModel* Engine::model_by_name(const LibraryCall& call) {
  const LibraryModel* generic = find_model_any(call.language, cat("*.", call.method));
  const CallSite at = call.invocation.at;
  if (!at.module.exists() || !at.op.exists()) return generic;
  const CodeFacts& code = facts(at.module);
  const Op& op = code.ops[at.op.index];
  const ExprId callee = op.kind == OpKind::Call ? code.calls[op.detail].callee : ExprId{};
  if (!callee.exists() || code.exprs[callee.index].kind != ExprKind::Member) return generic;
  const std::string type = static_type(at.module, ExprId{code.exprs[callee.index].ref}, 0).path;
  const LibraryModel* typed_row =
      type.empty() ? nullptr : find_library_model(code.language, cat(type, "().", call.method));
  if (typed_row == nullptr) return generic;
  // What several types have under one name differs in how often it calls what it is given, and in
  // whether it waits.
  const bool is_asked =
      generic == nullptr || generic->times == Times::Each || !typed_row->waits.empty();
  return is_asked ? typed_row : generic;
}

}  // namespace fnlint
