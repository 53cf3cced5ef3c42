// The type that declarations give an expression, where its value does not show it: an Optional is
// what it holds, or nothing, and its `map` is not that of a stream.

#include "core/limits.h"
#include "core/text.h"
#include "flow/engine/engine.h"
#include "flow/engine/library_call.h"
#include "flow/models/library_select.h"
#include "model/language_traits.h"
#include "tables/known.h"
#include "tables/libraries.h"
#include "values/where.h"

#include <algorithm>
#include <array>

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

std::string Engine::declared_path(ModuleId module, TypeId id) {
  const CodeFacts& code = facts(module);
  const std::string_view written = code.string(code.types[id.index].path);
  const TypeName name = name_of(module, id);
  if (name.import == UINT32_MAX) return std::string(written);
  const ImportTarget& target = program_.modules[module.index].imports[name.import];
  if (target.module.exists()) return {};
  if (target.path.empty() || !name.is_whole) return std::string(written);
  // `import S3 from "aws-sdk/clients/s3"`: the module's default is called by the module's name.
  constexpr std::string_view kDefault = ".default";
  std::string_view path = target.path;
  if (path.ends_with(kDefault)) path.remove_suffix(kDefault.size());
  return name.inner.empty() ? std::string(path) : cat(path, '.', name.inner);
}

Engine::StaticType Engine::declared_as(ModuleId module, TypeId type) {
  if (!type.exists()) return {};
  return {declared_path(module, type), declared_class(module, type), module, type};
}

// What has been found is kept: a chain of calls asks for each of its parts again.
Engine::StaticType Engine::static_type(ModuleId module, ExprId expr, int depth) {
  if (!expr.exists() || depth > kTypeSteps) return {};
  const auto known = modules_[module.index].static_types.find(expr.index);
  if (known != modules_[module.index].static_types.end()) return known->second;
  StaticType found = found_static_type(module, expr, depth);
  modules_[module.index].static_types.try_emplace(expr.index, found);
  return found;
}

Engine::StaticType Engine::element_type(ModuleId module, ExprId expr, int depth) {
  if (!expr.exists() || depth > kTypeSteps) return {};
  const auto known = modules_[module.index].element_types.find(expr.index);
  if (known != modules_[module.index].element_types.end()) return known->second;
  StaticType found = found_element_type(module, expr, depth);
  modules_[module.index].element_types.try_emplace(expr.index, found);
  return found;
}

Engine::StaticType Engine::found_static_type(ModuleId module, ExprId expr, int depth) {
  const CodeFacts& code = facts(module);
  const Expr& row = code.exprs[expr.index];
  if (row.kind == ExprKind::Variable) {
    const Variable& variable = code.variables[row.ref];
    if (variable.kind == VariableKind::Receiver && variable.owner.exists())
      return {{}, {ProjectObject::Kind::Class, module, code.functions[variable.owner.index].owner}};
    if (variable.type.exists()) return declared_as(module, variable.type);
    index_module(module);
    const ModuleState& state = modules_[module.index];
    if (row.ref >= state.sole_values.size()) return {};
    if (state.iterated[row.ref].exists())
      return element_type(module, state.iterated[row.ref], depth + 1);
    if (variable.kind == VariableKind::Parameter)
      return type_of_parameter(module, VariableId{row.ref}, depth + 1);
    return static_type(module, state.sole_values[row.ref], depth + 1);
  }
  if (row.kind == ExprKind::Index) return element_type(module, ExprId{row.ref}, depth + 1);
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
  return type_of_call(module, code.calls[op.detail], depth);
}

// Of what a method of a class of the project gives, or a getter or builder that nobody wrote.
Engine::StaticType Engine::type_of_own_call(ProjectObject own, std::string_view name) {
  if (const Function* method = method_named(facts(own.module), own.type, name); method != nullptr)
    return declared_as(own.module, method->returns);
  if (name.ends_with("uilder") && is_generated(own, name))
    return {.path = std::string(kGeneratedBuilder)};
  ModuleId place = own.module;
  const Field* field = declared_field(own, field_of_getter(name), place);
  return field != nullptr ? declared_as(place, field->type) : StaticType{};
}

// Of what a row `gives`: a type of the library, or of the project's class that the call names,
// "class 1" (`mapper.readValue(text, Order.class)`).
Engine::StaticType Engine::type_given(ModuleId module, const Call& call, std::string_view gives) {
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
  const ProjectObject own = class_of(module, named);
  return own.kind == ProjectObject::Kind::Class ? StaticType{{}, own} : StaticType{};
}

// Of what a call gives: a method of the project declares it, of a library a row says it.
Engine::StaticType Engine::type_of_call(ModuleId module, const Call& call, int depth) {
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
      if (const ProjectObject own = named_class(module, variable, {}); own.type.exists())
        return type_of_own_call(own, name);
    const std::uint32_t import = import_of(module, variable);
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

Engine::StaticType Engine::found_element_type(ModuleId module, ExprId expr, int depth) {
  const CodeFacts& code = facts(module);
  const StaticType whole = static_type(module, expr, depth + 1);
  if (whole.own.type.exists()) return {};
  if (whole.type.exists())
    if (const Slice<TypeId> made_of = facts(whole.module).types[whole.type.index].arguments;
        made_of.count > 0)
      return declared_as(whole.module,
                         facts(whole.module).type_arguments[made_of.first + made_of.count - 1]);
  const Expr& row = code.exprs[expr.index];
  if (row.kind == ExprKind::Variable) {
    index_module(module);
    const std::vector<ExprId>& given = modules_[module.index].sole_values;
    return row.ref < given.size() ? element_type(module, given[row.ref], depth + 1) : StaticType{};
  }
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
  const ProjectObject type = named_class(module, VariableId{owner.ref}, {});
  if (!type.type.exists()) return {};
  return type_of_own_call(type, code.string(mapper.name));
}

// Of a function's first parameter where the function is handed to what calls it with the elements.
Engine::StaticType Engine::type_of_parameter(ModuleId module, VariableId variable, int depth) {
  const CodeFacts& code = facts(module);
  const FunctionId owner = code.variables[variable.index].owner;
  if (!owner.exists() || depth > kTypeSteps) return {};
  const Function& function = code.functions[owner.index];
  const std::vector<OpId>& passed = modules_[module.index].passed_to;
  if (function.parameters.count == 0 || owner.index >= passed.size() ||
      code.parameters[function.parameters.first].variable != variable ||
      !passed[owner.index].exists())
    return {};
  const Call& call = code.calls[code.ops[passed[owner.index].index].detail];
  const Expr& callee = code.exprs[call.callee.index];
  if (callee.kind != ExprKind::Member) return {};
  const LibraryModel* method = row_of_method(code, code.string(callee.name));
  if (method == nullptr || method->invokes.empty()) return {};
  const std::string_view first = method->with.substr(0, method->with.find(','));
  if (first == "receiver[]" || (first == "receiver" && method->times == Times::Maybe))
    return element_type(module, ExprId{callee.ref}, depth + 1);
  return first == "receiver" ? static_type(module, ExprId{callee.ref}, depth + 1) : StaticType{};
}

Engine::StaticType Engine::type_of_result(ModuleId module, FunctionId function, int depth) {
  const CodeFacts& code = facts(module);
  if (code.functions[function.index].returns.exists())
    return declared_as(module, code.functions[function.index].returns);
  return static_type(module, sole_result(code, function), depth + 1);
}

// Nothing is known of it but its type, now (`settled`: in any way) or ever.
bool Engine::is_typed_alone(ValueId value, bool settled) const {
  const Value& row = pool_[bare(pool_, value)];
  if (row.kind == ValueKind::Object)
    return project_object(pool_, bare(pool_, value)).kind == ProjectObject::Kind::None &&
           !unknown_in(spoken_, library_path(value)).empty();
  if (row.kind == ValueKind::OneOf || row.kind == ValueKind::Function ||
      (!settled && is_open(pool_, value)))
    return false;
  if (row.kind != ValueKind::Hole) return settled || is_unsettled(pool_, bare(pool_, value));
  constexpr std::array kNobodys = {Origin::None,    Origin::Receiver,   Origin::Parameter,
                                   Origin::Capture, Origin::Global,     Origin::Field,
                                   Origin::Element, Origin::CallResult, Origin::Outside};
  return std::ranges::find(kNobodys, row.origin) != kNobodys.end();
}

// A method that annotations have made: `order.setState(x)` of a class with @Data.
bool Engine::is_generated(ProjectObject type, std::string_view method) {
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
  return makes && !class_member(type.module, type.type, method, {}, 0).exists();
}

// The accessor of a record's component, which nobody writes: `order.total()`.
bool Engine::is_component(ProjectObject type, std::string_view method) {
  ModuleId home = type.module;
  return traits(facts(type.module).language).has_accessor_methods &&
         declared_field(type, method, home) != nullptr &&
         !class_member(type.module, type.type, method, {}, 0).exists();
}

// The class says what the method does: no interface, no abstract method.
bool Engine::is_written(ProjectObject type, std::string_view method) {
  const ValueId found = class_member(type.module, type.type, method, {}, 0);
  if (!found.exists() || !pool_.is(found, ValueKind::Function)) return found.exists();
  const FunctionRef ref = unpack(pool_[found].ref);
  const CodeFacts& code = facts(ref.module);
  const Function& function = code.functions[ref.function.index];
  const bool is_empty = !function.first.exists() || function.first == function.end;
  return !is_empty || !function.owner.exists() ||
         !is_abstract(code, code.classes[function.owner.index]);
}

std::optional<Outcome> Engine::call_declared(const LibraryCall& call, bool settled) {
  const CallSite at = call.invocation.at;
  if (call.method.empty() || !at.module.exists() || !at.op.exists()) return {};
  if (call.depth >= static_cast<int>(kCallDepth)) return {};
  const CodeFacts& code = facts(at.module);
  const Op& op = code.ops[at.op.index];
  const ExprId callee = op.kind == OpKind::Call ? code.calls[op.detail].callee : ExprId{};
  if (!callee.exists() || code.exprs[callee.index].kind != ExprKind::Member) return {};
  const StaticType type = static_type(at.module, ExprId{code.exprs[callee.index].ref}, 0);
  if (!is_typed_alone(call.receiver, settled)) return {};
  if (type.own.type.exists()) {
    if (is_generated(type.own, call.method) || is_component(type.own, call.method)) {
      Outcome out;
      out.value = given_by(pool_, call.invocation);
      return out;
    }
    const std::vector<ProjectObject> all = implementers_of(type.own, type.module, type.type);
    const ValueId below = all.size() > 1 ? ValueId{} : classes_that_are(type.own);
    const bool has_others =
        below.exists() && pool_.operands(below).size() > 1 && all.front().type == type.own.type;
    if (has_others ||
        !std::ranges::all_of(all, [&](ProjectObject one) { return is_written(one, call.method); }))
      return {};
    // Somebody else has made it: nothing is known of its fields.
    std::vector<Alternative> objects;
    for (const ProjectObject& one : all) objects.push_back({bare_instance(one), {}});
    CallInput known = call.invocation;
    known.callee = method_value(pool_, pool_.one_of(objects), pool_.text_value(call.method));
    Outcome out = call_method(known, call.depth + 1);
    for (Step& step : out.steps) step.flags |= kGuessed;  // it may be of a class below that one
    out.value = given_by(pool_, call.invocation);
    out.on_return.clear();
    out.returns = true;
    return out;
  }
  LibraryCall known = call;
  known.path = cat(type.path, "().", call.method);
  const bool is_function =
      std::ranges::any_of(known::function_types(),
                          [&](std::string_view begin) { return type.path.starts_with(begin); });
  if (type.path.empty() || is_function || !only_computes(call.language, known.path)) return {};
  return unknown_library_call(known);
}

std::optional<Outcome> Engine::settled(const Step& step) {
  if (step.kind != StepKind::Call || !is_method(pool_, step.subject)) return {};
  const CallInput invocation{.callee = step.subject,
                             .arguments = step.arguments,
                             .places = step.key,
                             .receiver_place = step.value,
                             .at = step.at};
  const Language spoken = language(step.at.module);
  const Language outer = speak(spoken);
  std::optional<Outcome> found =
      call_declared({.engine = *this,
                     .invocation = invocation,
                     .language = spoken,
                     .method = std::string(pool_.text(pool_.operands(step.subject)[1])),
                     .receiver = pool_.operands(step.subject)[0]},
                    true);
  speak(outer);
  if (!found) return {};
  for (Step& one : found->steps) {
    one.via.insert(one.via.begin(), step.via.begin(), step.via.end());
    add_facts(one.holds, step.holds);
  }
  return found;
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
