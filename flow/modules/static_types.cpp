// Follows declarations from an expression to its type. What has been found is kept: a chain of
// calls asks for each of its parts again.
#include "flow/modules/static_types.h"

#include "core/text.h"
#include "model/hole_at.h"
#include "model/language_traits.h"
#include "tables/known.h"
#include "tables/models.h"

#include <algorithm>
#include <array>
#include <span>

namespace fnlint {

namespace {

// What `Order.builder()` gives where an annotation has made it.
constexpr std::string_view kGeneratedBuilder = "lombok.Builder";
constexpr int kTypeSteps = 16;  // from an expression to what its type follows from

const Function* method_named(const CodeFacts& code, ClassId type, std::string_view name) {
  const Class& row = code.classes[type.index];
  for (const Slice<FunctionId> methods : {row.methods, row.declared_methods})
    for (std::uint32_t i = 0; i < methods.count; ++i) {
      const Function& method = code.functions[code.methods[methods.first + i].index];
      if (code.string(method.name) == name) return &method;
    }
  return nullptr;
}

// "getId" of a class whose getters are generated; a record's component has its own name.
std::string field_of_getter(std::string_view method) {
  const bool is_getter =
      method.starts_with("get") && method.size() > 3 && method[3] >= 'A' && method[3] <= 'Z';
  return is_getter ? cat(lower(method.substr(3, 1)), method.substr(4)) : std::string(method);
}

// What a function written in the arguments is worth, where it is one expression; no id: more.
ExprId sole_result(const CodeFacts& code, FunctionId function) {
  ExprId result;
  const Function& row = code.functions[function.index];
  for (OpId at = row.first; at.exists() && at < row.end; ++at.index) {
    if (code.ops[at.index].kind != OpKind::Exit) continue;
    const Exit& exit = code.exits[code.ops[at.index].detail];
    if (exit.kind != ExitKind::Return) continue;
    if (result.exists()) return {};
    result = exit.value;
  }
  return result;
}

const LibraryModel* row_of_method(const CodeFacts& code, std::string_view name) {
  return find_library_model(code.language, cat("*.", name));
}

// An element of its receiver, or what it holds.
bool gives_part(const LibraryModel& row) {
  constexpr std::array kOne =
      std::to_array<std::string_view>({"first", "last", "get", "index", "held_or"});
  return row.returns == "receiver[]" || std::ranges::find(kOne, row.computes) != kOne.end();
}

bool keeps_elements(const LibraryModel& row) {
  return row.returns == "receiver" || row.computes == "values" || row.computes == "sorted";
}

}  // namespace

StaticType StaticTypes::declared_as(ModuleId module, TypeId type) {
  if (!type.exists()) return {};
  return {classes_.declared_path(module, type), classes_.declared(module, type), module, type};
}

StaticType StaticTypes::static_type(ModuleId module, ExprId expr, int depth) {
  if (!expr.exists() || depth > kTypeSteps) return {};
  const auto known = types_.find(pack(module, expr));
  if (known != types_.end()) return known->second;
  StaticType found = found_static_type(module, expr, depth);
  types_.try_emplace(pack(module, expr), found);
  return found;
}

StaticType StaticTypes::element_type(ModuleId module, ExprId expr, int depth) {
  if (!expr.exists() || depth > kTypeSteps) return {};
  const auto known = element_types_.find(pack(module, expr));
  if (known != element_types_.end()) return known->second;
  StaticType found = found_element_type(module, expr, depth);
  element_types_.try_emplace(pack(module, expr), found);
  return found;
}

StaticType StaticTypes::type_of_variable(ModuleId module, VariableId id, int depth) {
  const CodeFacts& code = facts(module);
  const Variable& variable = code.variables[id.index];
  if (variable.kind == VariableKind::Receiver && variable.owner.exists())
    return {{}, {ProjectObject::Kind::Class, module, code.functions[variable.owner.index].owner}};
  if (variable.type.exists()) return declared_as(module, variable.type);
  if (const ExprId whole = modules_.iterated(module, id); whole.exists())
    return element_type(module, whole, depth + 1);
  if (variable.kind == VariableKind::Parameter) return type_of_parameter(module, id, depth + 1);
  return static_type(module, modules_.sole_value(module, id), depth + 1);
}

StaticType StaticTypes::found_static_type(ModuleId module, ExprId expr, int depth) {
  const CodeFacts& code = facts(module);
  const Expr& row = code.exprs[expr.index];
  if (row.kind == ExprKind::Variable) return type_of_variable(module, VariableId{row.ref}, depth);
  if (row.kind == ExprKind::Index) return element_type(module, ExprId{row.ref}, depth + 1);
  if (row.kind == ExprKind::Member) {
    const ProjectObject owner = static_type(module, ExprId{row.ref}, depth + 1).own;
    if (!owner.type.exists()) return {};
    ModuleId home = owner.module;
    const Field* field = classes_.field(owner, code.string(row.name), home);
    return field != nullptr ? declared_as(home, field->type) : StaticType{};
  }
  if (row.kind != ExprKind::Result) return {};
  const Op& op = code.ops[row.ref];
  if (op.kind == OpKind::Await) return static_type(module, code.awaits[op.detail].value, depth + 1);
  if (op.kind != OpKind::Call) return {};
  return type_of_call(module, code.calls[op.detail], depth);
}

// Of what a method of a class of the project gives, or a getter or builder that nobody wrote.
StaticType StaticTypes::type_of_own_call(ProjectObject own, std::string_view name) {
  if (const Function* method = method_named(facts(own.module), own.type, name); method != nullptr)
    return declared_as(own.module, method->returns);
  if (name.ends_with("uilder") && is_generated(own, name))
    return {.path = std::string(kGeneratedBuilder)};
  ModuleId place = own.module;
  const Field* field = classes_.field(own, field_of_getter(name), place);
  return field != nullptr ? declared_as(place, field->type) : StaticType{};
}

// Of what a row `gives`: a type of the library, or of the project's class that the call names,
// "class 1" (`mapper.readValue(text, Order.class)`).
StaticType StaticTypes::type_given(ModuleId module, const Call& call, std::string_view gives) {
  constexpr std::string_view kNamed = "class ";
  if (!gives.starts_with(kNamed)) return {std::string(gives), {}};
  const CodeFacts& code = facts(module);
  const auto arguments = code.operands_of(call.arguments);
  const std::size_t at = static_cast<std::size_t>(gives[kNamed.size()] - '0');
  if (at >= arguments.size() || !arguments[at].value.exists()) return {};
  ExprId named = arguments[at].value;
  if (const Expr& literal = code.exprs[named.index];
      literal.kind == ExprKind::Member && code.string(literal.name) == "class")
    named = ExprId{literal.ref};
  const ProjectObject own = classes_.written(module, named);
  return own.kind == ProjectObject::Kind::Class ? StaticType{{}, own} : StaticType{};
}

// Of what a call gives: a method of the project declares it, of a library a row says it.
StaticType StaticTypes::type_of_call(ModuleId module, const Call& call, int depth) {
  const CodeFacts& code = facts(module);
  const Expr& row = code.exprs[call.callee.index];
  if (row.kind == ExprKind::Function) return declared_as(module, code.functions[row.ref].returns);
  if (row.kind != ExprKind::Member) return {};
  const std::string_view name = code.string(row.name);
  const Expr& base = code.exprs[row.ref];
  std::string path;
  if (base.kind == ExprKind::Variable) {
    const VariableId variable{base.ref};
    const VariableKind kind = code.variables[variable.index].kind;
    const bool may_be_class = kind == VariableKind::Module || kind == VariableKind::Import;
    if (may_be_class && !code.variables[variable.index].type.exists())
      if (const ProjectObject own = classes_.named(module, variable, {}); own.type.exists())
        return type_of_own_call(own, name);
    const std::uint32_t import = modules_.import_of(module, variable);
    if (import != UINT32_MAX)
      path = cat(program_.modules[module.index].imports[import].path, '.', name);
  }
  if (path.empty()) {
    const StaticType asked = static_type(module, ExprId{row.ref}, depth + 1);
    if (asked.own.type.exists()) return type_of_own_call(asked.own, name);
    const LibraryModel* named = row_of_method(code, name);
    if (named != nullptr && gives_part(*named) && named->gives.empty())
      return element_type(module, ExprId{row.ref}, depth + 1);
    if (asked.path == kGeneratedBuilder)
      return name == "build" ? StaticType{} : StaticType{.path = asked.path};
    path = cat(asked.path, "().", name);
  }
  const LibraryModel* model = find_library_model(code.language, path);
  if (model == nullptr) model = find_library_model(code.language, cat("*.", name));
  return model != nullptr ? type_given(module, call, model->gives) : StaticType{};
}

StaticType StaticTypes::found_element_type(ModuleId module, ExprId expr, int depth) {
  const CodeFacts& code = facts(module);
  const StaticType whole = static_type(module, expr, depth + 1);
  if (whole.own.type.exists()) return {};
  if (whole.type.exists())
    if (const Slice<TypeId> made_of = facts(whole.module).types[whole.type.index].arguments;
        made_of.count > 0)
      return declared_as(whole.module,
                         facts(whole.module).type_arguments[made_of.first + made_of.count - 1]);
  const Expr& row = code.exprs[expr.index];
  if (row.kind == ExprKind::Variable)
    return element_type(module, modules_.sole_value(module, VariableId{row.ref}), depth + 1);
  if (row.kind != ExprKind::Result || code.ops[row.ref].kind != OpKind::Call) return {};
  const Call& call = code.calls[code.ops[row.ref].detail];
  const Expr& callee = code.exprs[call.callee.index];
  if (callee.kind != ExprKind::Member) return {};
  const LibraryModel* method = row_of_method(code, code.string(callee.name));
  if (method == nullptr) return {};
  if (keeps_elements(*method)) return element_type(module, ExprId{callee.ref}, depth + 1);
  const auto given = code.operands_of(call.arguments);
  if ((method->returns != "results" && method->returns != "result") || given.empty()) return {};
  const Expr& mapper = code.exprs[given[0].value.index];
  if (mapper.kind == ExprKind::Function)
    return type_of_result(module, FunctionId{mapper.ref}, depth + 1);
  // `map(Order::getLines)`
  const Expr& owner =
      code.exprs[mapper.kind == ExprKind::Member ? mapper.ref : given[0].value.index];
  if (mapper.kind != ExprKind::Member || owner.kind != ExprKind::Variable) return {};
  const ProjectObject type = classes_.named(module, VariableId{owner.ref}, {});
  if (!type.type.exists()) return {};
  return type_of_own_call(type, code.string(mapper.name));
}

// Of a function's first parameter where the function is handed to what calls it with the elements.
StaticType StaticTypes::type_of_parameter(ModuleId module, VariableId variable, int depth) {
  const CodeFacts& code = facts(module);
  const FunctionId owner = code.variables[variable.index].owner;
  if (!owner.exists() || depth > kTypeSteps) return {};
  const Function& function = code.functions[owner.index];
  if (function.parameters.count == 0 ||
      code.parameters[function.parameters.first].variable != variable)
    return {};
  const OpId passed = modules_.passed_to(module, owner);
  if (!passed.exists()) return {};
  const Call& call = code.calls[code.ops[passed.index].detail];
  const Expr& callee = code.exprs[call.callee.index];
  if (callee.kind != ExprKind::Member) return {};
  const LibraryModel* method = row_of_method(code, code.string(callee.name));
  if (method == nullptr || method->invokes.empty()) return {};
  const std::string_view first = method->with.substr(0, method->with.find(','));
  if (first == "receiver[]" || (first == "receiver" && method->times == Times::Maybe))
    return element_type(module, ExprId{callee.ref}, depth + 1);
  return first == "receiver" ? static_type(module, ExprId{callee.ref}, depth + 1) : StaticType{};
}

StaticType StaticTypes::type_of_result(ModuleId module, FunctionId function, int depth) {
  const CodeFacts& code = facts(module);
  if (code.functions[function.index].returns.exists())
    return declared_as(module, code.functions[function.index].returns);
  return static_type(module, sole_result(code, function), depth + 1);
}

// A method that annotations have made: `order.setState(x)` of a class with @Data.
bool StaticTypes::is_generated(ProjectObject type, std::string_view method) {
  const CodeFacts& code = facts(type.module);
  const Class& row = code.classes[type.type.index];
  if (row.annotations.count == 0) return false;
  const auto annotations =
      std::span(code.annotations).subspan(row.annotations.first, row.annotations.count);
  const bool makes = std::ranges::any_of(annotations, [&](const Annotation& one) {
    const std::string_view path = code.string(one.path);
    return std::ranges::any_of(known::member_generators(),
                               [&](std::string_view begin) { return path.starts_with(begin); });
  });
  return makes && !evaluation_.written_member(type, method).exists();
}

// The accessor of a record's component, which nobody writes: `order.total()`.
bool StaticTypes::is_component(ProjectObject type, std::string_view method) {
  ModuleId home = type.module;
  return traits(facts(type.module).language).has_accessor_methods &&
         classes_.field(type, method, home) != nullptr &&
         !evaluation_.written_member(type, method).exists();
}

std::optional<StaticType> StaticTypes::of_receiver(CallSite at) {
  if (!at.module.exists() || !at.op.exists()) return {};
  const CodeFacts& code = facts(at.module);
  const Op& op = code.ops[at.op.index];
  const ExprId callee = op.kind == OpKind::Call ? code.calls[op.detail].callee : ExprId{};
  if (!callee.exists() || code.exprs[callee.index].kind != ExprKind::Member) return {};
  return of(at.module, ExprId{code.exprs[callee.index].ref});
}

void StaticTypes::end_units() {
  types_.clear();
  element_types_.clear();
}

}  // namespace fnlint
