// Reads annotations of parameters and variables, and finds the line that binds a handler which a
// library has made.

#include "link/handler/handler_description.h"

#include "core/text.h"
#include "link/handler/call_places.h"
#include "link/handler/handler_calls.h"
#include "values/pool.h"

#include <optional>

namespace fnlint {

namespace {

// The declared type of what gets the event, and what that type holds: LambdaEvent<SqsEvent>.
void add_event_type(const CodeFacts& facts, VariableId parameter, LambdaFunction& function) {
  const TypeId type = facts.variables[parameter.index].type;
  if (!type.exists()) return;
  const Type& row = facts.types[type.index];
  function.event_types.emplace_back(facts.string(row.path));
  for (std::uint32_t i = 0; i < row.arguments.count; ++i) {
    const TypeId inner = facts.type_arguments[row.arguments.first + i];
    function.event_types.emplace_back(facts.string(facts.types[inner.index].path));
  }
}

// The same by the type of the variable that holds the function: `handler: SQSHandler`,
// `handler: Handler<SQSEvent>`.
void add_event_type_of_handler(const CodeFacts& facts, std::string_view symbol,
                               LambdaFunction& function) {
  constexpr std::string_view kHandler = "Handler";
  for (std::uint32_t i = 0; i < facts.variables.size(); ++i) {
    const Variable& row = facts.variables[i];
    if (row.owner.index != 0 || !row.type.exists() || facts.string(row.name) != symbol) continue;
    const std::string_view path = facts.string(facts.types[row.type.index].path);
    if (!path.ends_with(kHandler)) continue;
    add_event_type(facts, VariableId{i}, function);
    function.event_types.front() = cat(path.substr(0, path.size() - kHandler.size()), "Event");
  }
}

// `handler` in `handler = serve(app)`, `exports.handler = serve(app)`, and what it is bound to.
struct BoundName {
  ExprId name = {}, value = {};
};

// The last one holds.
BoundName bound_in(const CodeFacts& facts, std::string_view name) {
  BoundName bound;
  const Function& loading = facts.functions[0];
  for (std::uint32_t i = loading.first.index; i < loading.end.index; ++i) {
    if (facts.ops[i].kind != OpKind::Assign) continue;
    const ExprId target = facts.assigns[facts.ops[i].detail].target;
    if (!target.exists()) continue;
    const Expr& row = facts.exprs[target.index];
    const bool is_variable =
        row.kind == ExprKind::Variable && facts.string(facts.variables[row.ref].name) == name;
    const bool is_export = row.kind == ExprKind::Member && facts.string(row.name) == name;
    if (is_variable || is_export) bound = {target, facts.assigns[facts.ops[i].detail].value};
  }
  return bound;
}

// Where the function's own code makes an object of a library.
std::optional<Span> place_made(const Engine& engine, std::span<const ModuleInfo> modules,
                               const FunctionCode& code, ValueId object) {
  const Value& value = engine.pool()[object];
  const CallSite made{ModuleId{static_cast<std::uint32_t>(value.ref >> 32U)},
                      OpId{static_cast<std::uint32_t>(value.ref)}};
  if (value.kind != ValueKind::Object || engine.library_path(object).empty() ||
      made.module.index >= modules.size() ||
      modules[made.module.index].unit != modules[code.module.index].unit)
    return std::nullopt;
  return span_of_call(modules, made);
}

// Where the handler's own module names it, of one that runs another function first: a decorator's.
// The same for all that it decorates, that one says nothing of whose handler it is.
std::optional<Span> place_bound(const Engine& engine, std::span<const ModuleInfo> modules,
                                const FunctionCode& code, FunctionRef shown) {
  const CodeFacts& facts = engine.facts(code.module);
  const bool is_same_module = shown.module == code.module;
  if (is_same_module && facts.functions[shown.function.index].parent.index == 0)
    return std::nullopt;
  const FileId file = modules[code.module.index].file;
  for (std::uint32_t i = 1; i < facts.functions.size(); ++i) {
    const Function& row = facts.functions[i];
    const bool is_at_top = row.parent.index == 0 && !row.owner.exists();
    if (is_at_top && facts.string(row.name) == code.symbol)
      return Span{file, facts.function_name_ranges[i]};
  }
  if (is_same_module) return std::nullopt;
  const BoundName bound = bound_in(facts, code.symbol);
  const bool is_made =
      bound.value.exists() && facts.exprs[bound.value.index].kind == ExprKind::Result;
  return is_made ? std::optional(Span{file, facts.expr_ranges[bound.name.index]}) : std::nullopt;
}

}  // namespace

void describe_library_handler(const Engine& engine, std::span<const ModuleInfo> modules,
                              const FunctionCode& code, ValueId handler, LambdaFunction& function) {
  function.resolved = true;
  function.handler = {code.module, FunctionId{0}};
  const CodeFacts& facts = engine.facts(code.module);
  const FileId file = modules[code.module.index].file;
  if (const ExprId bound = bound_in(facts, code.symbol).name; bound.exists())
    function.handler_where = {file, facts.expr_ranges[bound.index]};
  else
    function.handler_where = place_made(engine, modules, code, handler).value_or(Span{file, {}});
}

void describe_handler(const HandlerContext& context, const FunctionCode& code, ValueId callee,
                      ValueId arguments, FunctionRef shown) {
  const Engine& engine = context.engine;
  const ValuePool& pool = engine.pool();
  LambdaFunction& function = context.function;
  function.resolved = true;
  function.handler = shown;
  const CodeFacts& facts = engine.facts(shown.module);
  function.handler_where = place_bound(engine, context.modules, code, shown)
                               .value_or(Span{context.modules[shown.module.index].file,
                                              facts.function_name_ranges[shown.function.index]});
  const Function& row = facts.functions[shown.function.index];
  const bool is_own = shown == unpack(pool[callee].ref);  // else any parameter may get the event
  const auto given = pool.operands(arguments);
  for (std::uint32_t i = 0; i < row.parameters.count && (!is_own || i < given.size()); ++i) {
    if (is_own && !has_origin(pool, given[i], Origin::Event)) continue;
    add_event_type(facts, facts.parameters[row.parameters.first + i].variable, function);
    if (is_own) break;
  }
  if (is_own && function.event_types.empty())
    add_event_type_of_handler(facts, code.symbol, function);
}

}  // namespace fnlint
