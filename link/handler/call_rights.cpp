// Which calls are asked, and what for: those of the handler, those at init, and what they copy.

#include "core/glob.h"
#include "core/text.h"
#include "link/effects/call_permissions.h"
#include "link/handler/own_credentials.h"
#include "link/handler/sdk_names.h"
#include "link/stacks/names.h"
#include "tables/known.h"
#include "tables/models.h"
#include "tables/permissions.h"
#include "values/compute.h"
#include "values/functions.h"

#include <algorithm>

namespace fnlint {

namespace {

// A client, and all that it is made with, as far as that is the code's own: texts and variables of
// the environment, nothing that is given or that a call gives.
bool is_known_client(const ValuePool& pool, ValueId client) {
  if (!client.exists() || !pool.is(client, ValueKind::Object)) return false;
  bool known = true;
  for_each_below(pool, client, [&](ValueId id) {
    const Value& row = pool[id];
    if (row.kind == ValueKind::Unknown) known = false;
    if (row.kind == ValueKind::Hole)
      known = known && (row.origin == Origin::Environment || row.origin == Origin::Pseudo ||
                        row.origin == Origin::Library);
  });
  return known;
}

// Named by a variable that the function does not have: the call may end before anything is asked,
// or not be made at all.
bool is_named_by_nothing(const ValuePool& pool, const Effect& effect) {
  const ValueId target = effect.target_value;
  return target.exists() &&
         (is_nullish(pool, target) || has_origin(pool, target, Origin::Environment));
}

}  // namespace

// The bucket of "bucket/key", "/bucket/key", {Bucket, Key}.
ValueId copied_bucket(ValuePool& pool, const Effect& effect) {
  const Operation& operation = operations()[effect.operation];
  const ValueId source = member_of(pool, effect.arguments, split(operation.source, '|')[0]);
  if (!source.exists()) return {};
  ValueId named = member_of(pool, source, "Bucket");
  if (!named.exists() && pool.is(source, ValueKind::Pattern)) named = pool.operands(source)[0];
  if (!named.exists()) named = source;
  const auto text = as_text(pool, named);
  if (!text) return named;
  std::string_view name = *text;
  if (name.starts_with('/')) name.remove_prefix(1);
  return pool.text_value(name.substr(0, name.find('/')));
}

// No id: not known which.
ResourceId CallPermissions::copied_from(const Effect& effect) const {
  const Operation& operation = operations()[effect.operation];
  const ValueId named = copied_bucket(pool_, effect);
  if (!named.exists()) return {};
  const std::vector<Match> matches = find_resource(pool_, stacks_, named, operation.target_kind);
  return matches.size() == 1 && matches[0].exact ? matches[0].resource : ResourceId{};
}

Answer CallPermissions::allows(const DeclaredFunction& declared, const Operation& operation,
                               std::string_view actions, ResourceId target) const {
  if (!declared.role.exists() || declared.default_role) return Answer::Unknown;
  const auto row = static_cast<std::uint32_t>(&operation - operations().data());
  std::string missing;
  const Judgement judged =
      judge_action(declared.role, {.operation = row, .target = target}, actions, missing);
  const bool is_whole = declared.role_complete && !shared_.contains(target);
  const bool is_open = judged.uncertainty != 0 || (!judged.denied && !is_whole);
  return judged.answer == Answer::No && is_open ? Answer::Unknown : judged.answer;
}

std::vector<std::string> CallPermissions::missing_actions(const DeclaredFunction& declared,
                                                          const Operation& operation,
                                                          ResourceId target) const {
  std::vector<std::string> missing;
  for (const std::string_view actions : operation.actions)
    if (allows(declared, operation, actions, target) == Answer::No)
      missing.emplace_back(actions.substr(0, actions.find('|')));
  return missing;
}

// What is copied is read with the same rights.
void CallPermissions::judge_source(ResourceId role, bool complete, Effect& effect) const {
  for (const CopyRight& row : copy_rights()) {
    if (std::ranges::find(row.operations, operations()[effect.operation].id) ==
        row.operations.end())
      continue;
    Effect source = effect;
    source.target = copied_from(effect);
    if (!source.target.exists() || shared_.contains(source.target)) return;
    source.target_value = {};
    std::string missing;
    const Judgement judged = judge_action(role, source, row.action, missing);
    if (judged.answer != Answer::No || judged.uncertainty != 0 || (!judged.denied && !complete))
      return;
    effect.permission = Permission::Missing;
    effect.missing_action = missing;
    effect.missing_on = source.target;
    return;
  }
}

void CallPermissions::judge_effect(ResourceId role, bool complete, Effect& effect) const {
  const Operation& operation = operations()[effect.operation];
  const bool shared = effect.target.exists() ? shared_.contains(effect.target)
                                             : any_shared_.contains(operation.target_kind);
  const auto others = services_with_other_policies();
  if (operation.actions.empty() || shared ||
      std::ranges::find(others, operation.service) != others.end())
    return;
  effect.permission = Permission::Allowed;
  for (const std::string_view actions : operation.actions) {
    std::string missing;
    Judgement judged = judge_action(role, effect, actions, missing);
    if (judged.answer == Answer::No && !judged.denied && !complete) judged.answer = Answer::Unknown;
    if (judged.answer == Answer::Unknown && effect.permission == Permission::Allowed)
      effect.permission = Permission::Unknown;
    if (judged.answer != Answer::No || effect.permission == Permission::Missing) continue;
    // What rests on a default that a deployment may replace is left open.
    effect.permission = judged.uncertainty == 0 ? Permission::Missing : Permission::Unknown;
    if (judged.uncertainty == 0) effect.missing_action = missing;
  }
  if (effect.permission != Permission::Missing) judge_source(role, complete, effect);
}

// A call while the modules are loaded, as an effect.
void CallPermissions::judge_init(ResourceId role, bool complete, CodeCall& call) const {
  const Operation& operation = operations()[call.operation];
  Effect effect{.operation = call.operation,
                .target_value = call.value,
                .key = call.key,
                .arguments = call.arguments};
  const std::vector<Match> matches =
      call.value.exists() ? find_resource(pool_, stacks_, call.value, operation.target_kind)
                          : std::vector<Match>{};
  if (matches.size() > 1 || (matches.size() == 1 && !matches[0].exact)) return;
  if (matches.size() == 1) effect.target = matches[0].resource;
  const bool needs_target = operation.target_kind != ResourceKind::Other && !matches.empty();
  if (!needs_target && call.value.exists() && !as_text(pool_, call.value)) return;
  judge_effect(role, complete, effect);
  call.target = effect.target;
  call.permission = effect.permission;
  call.missing_action = effect.missing_action;
}

// What no row describes, by the action of the operation's name: which resource it is made on is not
// asked.
void CallPermissions::judge_request(ResourceId role, bool complete, Effect& request) const {
  const SdkName name = sdk_name(request.receiver);
  const auto others = services_with_other_policies();
  const auto signed_by_nobody = known::operations_without_rights();
  if (std::ranges::find(others, name.prefix) != others.end() ||
      std::ranges::any_of(signed_by_nobody, [&](std::string_view one) {
        return lower(one) == cat(name.prefix, ':', name.operation);
      }))
    return;
  const std::vector<std::string> actions = actions_of(name);
  if (actions.empty()) return;
  request.permission = Permission::Missing;
  request.missing_action = actions.front();
  for (const std::string& action : actions) {
    const Judgement judged = allows(role, action, {});
    if (judged.answer == Answer::No && judged.uncertainty == 0 && (judged.denied || complete))
      continue;
    request.permission = judged.answer == Answer::Yes ? Permission::Allowed : Permission::Unknown;
    return;
  }
}

// Whether a statement allows anything of a service, whatever on.
bool CallPermissions::may_allow_of(ResourceId role, std::string_view service) const {
  const auto found = statements_.find(role);
  if (found == statements_.end()) return false;
  const auto is_of_service = [&](const ValueId action) {
    const std::string text = lower(as_text(pool_, action).value_or("*"));
    return text.find(':') == text.npos ||
           matches_ignoring_case(text.substr(0, text.find(':')), service);
  };
  return std::ranges::any_of(found->second, [&](const Statement* row) {
    const auto first = stacks_.statement_values.begin() + row->actions.first;
    return row->allows &&
           (row->inverted || std::any_of(first, first + row->actions.count, is_of_service));
  });
}

// Nobody knows what it is made on: it fails in any case where nothing of its service is allowed.
void CallPermissions::judge_unknown(ResourceId role, bool complete, Effect& effect) const {
  const Operation& operation = operations()[effect.operation];
  const auto others = services_with_other_policies();
  if (!complete || operation.actions.empty() || any_shared_.contains(operation.target_kind) ||
      std::ranges::find(others, operation.service) != others.end() ||
      is_named_by_nothing(pool_, effect))
    return;
  const std::string_view action = operation.actions[0];
  if (may_allow_of(role, action.substr(0, action.find(':')))) return;
  effect.permission = Permission::Missing;
  effect.missing_action = action.substr(0, action.find('|'));
}

void CallPermissions::judge(const DeclaredFunction& declared, LambdaFunction& function) const {
  if (!declared.role.exists() || !stacks_.scopes[stacks_[declared.resource].scope].complete) return;
  if (function.all_clients == ActsAs::Other) return;
  // What another role lends opens what is made with it: where that is, all is known of a client
  // that is judged.
  const bool lends = assumes_role(function);
  const auto acts = [&](Effect& call) {
    const ActsAs as = client_acts_as(pool_, function, call.object);
    if (as == ActsAs::PerhapsRole || function.all_clients == ActsAs::PerhapsRole)
      call.flags |= kPerhapsElsewhere;
    return as != ActsAs::Other;
  };
  for (Effect& effect : function.effects)
    if (acts(effect) && (!lends || is_known_client(pool_, effect.object)))
      judge_effect(declared.role, declared.role_complete, effect);
  if (lends) return;
  for (Effect& effect : function.unknown_calls)
    if (!declared.default_role && acts(effect))
      judge_unknown(declared.role, declared.role_complete, effect);
  for (Effect& request : function.requests)
    if (request.operation == UINT32_MAX && acts(request))
      judge_request(declared.role, declared.role_complete, request);
  const bool others = std::ranges::any_of(function.made_at_init, [&](const CodeCall& made) {
    return acts_as(pool_, made.value) != ActsAs::Role ||
           acts_as(pool_, made.arguments) != ActsAs::Role;
  });
  for (CodeCall& call : function.init_work)
    if (call.operation != UINT32_MAX && !others)
      judge_init(declared.role, declared.role_complete, call);
}

}  // namespace fnlint
