// Who calls a function again by themselves, beside its triggers: Lambda, for an asynchronous
// invocation that failed, and a state machine whose task says so.
// Source: Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous
// invocation"; Step Functions Developer Guide, "Retrying after an error".

#include "checks/idempotency/idempotency_view.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/relations_to.h"

namespace fnlint {

namespace {

bool is_asynchronous(const ValuePool& pool, const Effect& effect) {
  const std::string_view operation = operations()[effect.operation].id;
  if (operation != "lambda.Invoke") return operation == "lambda.InvokeAsync";
  const ValueId type = member_at(pool, effect.arguments, "InvocationType");
  const auto text = type.exists() ? as_text(pool, type) : std::nullopt;
  return text && lower(*text) == "event";
}

}  // namespace

Invokers invokers_of(const Project& project) {
  const ValuePool& pool = *project.pool;
  Invokers invokers;
  for (const LambdaFunction& function : project.functions)
    for (const Effect& effect : function.effects)
      if (effect.target.exists() && effect.target != function.resource &&
          is_asynchronous(pool, effect))
        invokers[effect.target.index].push_back({.words = cat("function '", function.name, "'"),
                                                 .where = effect.where,
                                                 .evidence = effect.evidence,
                                                 .keeps_id = true,
                                                 .is_function = true});
  for (const Relation& relation : project.stacks.relations) {
    const ValueId retried = entry_of(pool, relation.filter, kRetriedTask);
    const bool is_task = relation.kind == RelationKind::Trigger && relation.from.exists() &&
                         project.stacks[relation.from].kind == ResourceKind::StateMachine;
    if (is_task && retried.exists())
      invokers[relation.to.index].push_back(
          {cat("state machine '", name_of(project, relation.from), "' with retries"),
           relation.where, relation.evidence, &relation});
  }
  return invokers;
}

}  // namespace fnlint
