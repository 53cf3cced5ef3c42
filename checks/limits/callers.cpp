// Collects the time limits of integrations, state machine tasks and calling functions. Callers that
// do not wait for the end, such as streams and WebSocket routes, have none.

#include "checks/limits/callers.h"

#include "checks/limits/numbers.h"
#include "checks/view/invocation_type.h"
#include "core/text.h"
#include "tables/models.h"
#include "tables/network.h"

#include <algorithm>

namespace fnlint {

namespace {

// A task's TimeoutSeconds, where the definition stands in the template.
TimeLimit limit_of_task(const Project& project, const Relation& trigger) {
  const ValuePool& pool = *project.pool;
  const Slice<Property> rows = project.stacks[trigger.from].properties;
  const Property* state = nullptr;  // the innermost map that the task's place lies in
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    const Property& row = project.stacks.properties[rows.first + i];
    const bool around = row.where.file == trigger.where.file &&
                        row.where.range.begin <= trigger.where.range.begin &&
                        trigger.where.range.end <= row.where.range.end;
    if (around && property_of(project, trigger.from, cat(pool[row.path], ".Resource")) != nullptr)
      state = &row;
  }
  if (state == nullptr) return {};
  const Property* timeout =
      property_of(project, trigger.from, cat(pool[state->path], ".TimeoutSeconds"));
  const auto seconds = timeout != nullptr ? as_integer(pool, timeout->value) : std::nullopt;
  if (!seconds) return {};
  return {*seconds * kMsPerSecond, pool[timeout->value].uncertainty, "its task",
          anchor_of(*timeout)};
}

// An integration of an API's document, which says itself how long it waits, or streams.
bool is_in_document(const Project& project, const Relation& trigger) {
  const Resource& function = project.stacks[trigger.to];
  const bool in_function = function.where.file == trigger.where.file &&
                           function.where.range.begin <= trigger.where.range.begin &&
                           trigger.where.range.end <= function.where.range.end;
  return trigger.from.exists() && project.stacks[trigger.from].kind == ResourceKind::Api &&
         !trigger.declared_by.exists() && !in_function;
}

// The source, or what an authorizer is of.
ResourceId api_of(const Project& project, const Relation& trigger) {
  if (!trigger.declared_by.exists()) return trigger.from;
  const Property* api = property_of(project, trigger.declared_by, "ApiId");
  if (api == nullptr || (*project.pool)[api->value].kind != ValueKind::Reference)
    return trigger.from;
  return ResourceId{static_cast<std::uint32_t>((*project.pool)[api->value].ref)};
}

// A way that does not end with the answer: messages of a socket are sent apart, a stream goes on,
// an asynchronous invocation is answered at once.
bool goes_on(const Project& project, const Relation& trigger) {
  const ValuePool& pool = *project.pool;
  const ResourceId api = api_of(project, trigger);
  if (api.exists() && pool[project.stacks[api].type] == "AWS::ApiGatewayV2::Api") {
    const Property* protocol = property_of(project, api, "ProtocolType");
    if (protocol == nullptr || as_text(pool, protocol->value) != "HTTP") return true;
  }
  for (const ResourceId id : {trigger.declared_by, trigger.to}) {
    if (!id.exists()) continue;
    const Slice<Property> rows = project.stacks[id].properties;
    for (std::uint32_t i = 0; i < rows.count; ++i) {
      const std::string_view path = pool[project.stacks.properties[rows.first + i].path];
      if (path.ends_with("ResponseTransferMode") || path.ends_with("nvocation-Type")) return true;
    }
  }
  return false;
}

TimeLimit limit_of(const Project& project, const Relation& trigger) {
  if (goes_on(project, trigger)) return {};
  if (trigger.from.exists() && project.stacks[trigger.from].kind == ResourceKind::StateMachine)
    return limit_of_task(project, trigger);
  const ValuePool& pool = *project.pool;
  const auto row_of = [&](ResourceId id) {
    return id.exists() ? find_invoker_timeout(pool[project.stacks[id].type]) : nullptr;
  };
  const InvokerTimeout* row = row_of(trigger.declared_by);
  const bool by_declaration = row != nullptr;
  if (row == nullptr && !is_in_document(project, trigger)) row = row_of(trigger.from);
  if (row == nullptr) return {};
  TimeLimit limit{row->fallback, trigger.uncertainty, std::string(row->words), trigger.where};
  if (!by_declaration || row->property.empty()) return limit;
  const Property* given = property_of(project, trigger.declared_by, row->property);
  if (given == nullptr) return limit;
  limit.ms = as_integer(pool, given->value);
  limit.uncertainty |= pool[given->value].uncertainty;
  limit.where = anchor_of(*given);
  return limit;
}

}  // namespace

Callers::Callers(const Project& project) : project_(project), relations_(project.stacks) {
  for (const LambdaFunction& function : project.functions)
    for (const Effect& effect : function.effects)
      if (effect.target.exists() &&
          operations()[effect.operation].target_kind == ResourceKind::Function)
        calls_.emplace(effect.target.index, std::pair(&function, &effect));
}

bool Callers::may_be_others() const {
  return std::ranges::any_of(project_.functions, [&](const LambdaFunction& function) {
    if (!function.resolved) return may_invoke(project_.stacks.functions[function.declared].role);
    return std::ranges::any_of(function.unknown_calls, [&](const Effect& effect) {
      if (operations()[effect.operation].target_kind != ResourceKind::Function) return false;
      const auto type = invocation_type(*project_.pool, effect.arguments);
      return type && !waits_for_answer(*type);
    });
  });
}

std::vector<TimeLimit> Callers::waiting_for(ResourceId function) const {
  return limits_of(function, true);
}

std::vector<TimeLimit> Callers::waiting_beside_url(ResourceId function) const {
  return limits_of(function, false);
}

std::vector<TimeLimit> Callers::limits_of(ResourceId function, bool with_url) const {
  std::vector<TimeLimit> limits;
  for (const Relation* const row : relations_[function]) {
    if (row->kind != RelationKind::Trigger) continue;
    if (row->invocation != Invocation::Synchronous) return {};
    const bool is_url = row->from.exists() &&
                        project_.stacks[row->from].kind == ResourceKind::FunctionUrl;
    if (is_url && !with_url) continue;
    limits.push_back(limit_of(project_, *row));
  }
  const auto [first, last] = calls_.equal_range(function.index);
  for (auto call = first; call != last; ++call)
    limits.push_back(limit_of_call(*call->second.first, *call->second.second));
  const bool endless = std::ranges::any_of(limits, [](const TimeLimit& one) { return !one.ms; });
  return endless ? std::vector<TimeLimit>{} : limits;
}

bool Callers::may_invoke(ResourceId role) const {
  const Stacks& stacks = project_.stacks;
  return role.exists() && std::ranges::any_of(stacks.statements, [&](const Statement& row) {
           if (row.role != role || !row.allows) return false;
           for (std::uint32_t i = 0; i < row.actions.count; ++i) {
             const ValueId action = stacks.statement_values[row.actions.first + i];
             const std::string text = lower(as_text(*project_.pool, action).value_or("*"));
             if (text == "*" || text == "lambda:*" || text.starts_with("lambda:invoke"))
               return true;
           }
           return false;
         });
}

// A function waits as long as it may run itself.
TimeLimit Callers::limit_of_call(const LambdaFunction& caller, const Effect& effect) const {
  const ValuePool& pool = *project_.pool;
  if (operations()[effect.operation].id != "lambda.Invoke") return {};
  const auto type = invocation_type(pool, effect.arguments);
  const bool waits = type && waits_for_answer(*type);
  const Number timeout = number_at(project_, caller.resource, "Timeout");
  if (!waits || !timeout.value) return {};
  return {*timeout.value * kMsPerSecond,
          static_cast<std::uint8_t>(timeout.uncertainty | (effect.uncertainty & ~kUncertain)),
          cat("'", caller.name, "'"), effect.where};
}

}  // namespace fnlint
