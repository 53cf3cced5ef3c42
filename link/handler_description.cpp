#include "link/handler_description.h"

#include "values/pool.h"

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

}  // namespace

void describe_handler(const Engine& engine, std::span<const ModuleInfo> modules, ValueId callee,
                      ValueId arguments, FunctionRef shown, LambdaFunction& function) {
  const ValuePool& pool = engine.pool();
  function.resolved = true;
  function.handler = shown;
  const CodeFacts& facts = engine.facts(shown.module);
  function.handler_where = {modules[shown.module.index].file,
                            facts.function_name_ranges[shown.function.index]};
  const Function& row = facts.functions[shown.function.index];
  const bool is_own = shown == unpack(pool[callee].ref);  // else any parameter may get the event
  const auto given = pool.operands(arguments);
  for (std::uint32_t i = 0; i < row.parameters.count && (!is_own || i < given.size()); ++i) {
    if (is_own && !has_origin(pool, given[i], Origin::Event)) continue;
    add_event_type(facts, facts.parameters[row.parameters.first + i].variable, function);
    if (is_own) return;
  }
}

}  // namespace fnlint
