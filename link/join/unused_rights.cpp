// Crosses off each action that a call, a word in the code, a table of needs or the platform may
// use, and proposes a narrower policy template or grant.

#include "link/join/unused_rights.h"

#include "core/glob.h"
#include "core/text.h"
#include "link/effects/function_scope.h"
#include "link/resolve/library_names.h"
#include "link/stacks/names.h"
#include "model/template.h"
#include "tables/cdk.h"
#include "tables/models.h"
#include "tables/permissions.h"
#include "tables/templates.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

bool is_glob(std::string_view action) { return action.find_first_of("*?") != action.npos; }

// Some action may be meant by both.
bool overlap(std::string_view a, std::string_view b) {
  if (!is_glob(a)) return matches_ignoring_case(b, a);
  if (!is_glob(b)) return matches_ignoring_case(a, b);
  return patterns_meet(a, b);
}

std::string_view service_of(std::string_view action) { return action.substr(0, action.find(':')); }

// What code that uses a service has in it.
std::vector<std::string> names_of_service(std::string_view service) {
  for (const ServiceNames& row : service_names())
    if (row.service == service) return {row.names.begin(), row.names.end()};
  return {normal_word(service)};
}

// Which calls of libraries need an action, by the last part of their names: a constant of the
// tables, made at the first call that needs it.
using CallNames = std::map<std::string, NamesOfCalls, std::less<>>;
const CallNames& call_names() {
  static const CallNames kNames = [] {
    CallNames names;
    for (const LibraryModel& model : library_models()) {
      const std::string_view id = model.operation.empty() ? model.command : model.operation;
      const Operation* operation = id.empty() ? nullptr : find_operation(id);
      if (operation == nullptr) continue;
      for (const std::string_view actions : operation->actions)
        for (const std::string_view action : split(actions, '|')) {
          std::set<NameOfCall>& all = names[lower(action)][model.language];
          const std::string_view root = model.path.substr(0, model.path.find_first_of("./("));
          all.insert({root == "*" ? std::string() : normal_word(root),
                      normal_word(last_part(model.path))});
          all.insert({{}, normal_word(last_part(id))});
        }
    }
    return names;
  }();
  return kNames;
}

bool is_exempt(std::string_view action) {
  return service_of(action).find_first_of("*?") != action.npos || action.find(':') == action.npos ||
         std::ranges::any_of(actions_never_unused(), [&](std::string_view one) {
           return matches_ignoring_case(one, action);
         });
}

void add_needs(std::uint32_t operation, NeededActions& needs) {
  if (operation == UINT32_MAX) return;
  for (const std::string_view actions : operations()[operation].actions)
    for (const std::string_view one : split(actions, '|')) needs.add(one);
}

// What the calls that were read need, whatever they are called by.
NeededActions called_actions(const LambdaFunction& function) {
  NeededActions needs;
  for (const auto* effects : {&function.effects, &function.unknown_calls})
    for (const Effect& effect : *effects) add_needs(effect.operation, needs);
  for (const CodeCall& call : function.init_work) add_needs(call.operation, needs);
  return needs;
}

// What the tables allow under a name, in lower case.
struct NamedRights {
  std::string_view name = {};
  std::set<std::string> actions = {};
};
const std::vector<NamedRights>& template_rights() {
  static const std::vector<NamedRights> kRights = [] {
    std::vector<NamedRights> rights;
    for (const PolicyTemplate& row : policy_templates()) {
      NamedRights& all = rights.emplace_back(NamedRights{.name = row.name});
      for (const KnownStatement& statement : row.statements)
        for (const std::string_view action : statement.actions) all.actions.insert(lower(action));
    }
    return rights;
  }();
  return kRights;
}

// The template of policies with the fewest actions that still allows what is used of this one.
std::string narrower_template(const ActionNames& all, const ActionNames& used) {
  std::string best;
  std::size_t fewest = all.size();
  bool is_template = false;
  for (const auto& [name, actions] : template_rights()) {
    is_template = is_template || std::ranges::equal(actions, all);
    if (actions.size() >= fewest || !std::ranges::includes(all, actions) ||
        !std::ranges::includes(actions, used))
      continue;
    fewest = actions.size();
    best = std::string(name);
  }
  return is_template ? best : std::string();
}

// The actions that a method of the CDK grants, in lower case; none: it grants what it is given.
std::set<std::string> granted_actions(const CdkRule& rule) {
  std::set<std::string> actions;
  for (const CdkStep& step : rule.steps) {
    if (step.kind != CdkStepKind::Grant) continue;
    for (const std::string_view action : split(step.path, ' ')) {
      if (action.find(':') == action.npos) return {};
      actions.insert(lower(action));
    }
  }
  return actions;
}

// The method of the same class that grants the fewest actions and still all that are used.
std::string narrower_grant(const ActionNames& all, const ActionNames& used) {
  const auto class_of = [](const CdkRule& rule) {
    return rule.path.substr(0, rule.path.rfind('.'));
  };
  std::string_view cls, best;
  std::size_t fewest = all.size();
  for (const CdkRule& rule : cdk_rules())
    if (rule.use == CdkUse::Call && std::ranges::equal(granted_actions(rule), all))
      cls = class_of(rule);
  if (cls.empty()) return {};
  for (const CdkRule& rule : cdk_rules()) {
    if (rule.use != CdkUse::Call || class_of(rule) != cls) continue;
    const std::set<std::string> actions = granted_actions(rule);
    if (actions.size() >= fewest || !std::ranges::includes(all, actions) ||
        !std::ranges::includes(actions, used))
      continue;
    fewest = actions.size();
    best = rule.path.substr(cls.size() + 1);
  }
  return std::string(best);
}

}  // namespace

void NeededActions::add(std::string_view action) {
  if (is_glob(action))
    patterns.push_back(lower(action));
  else
    named.insert(lower(action));
}

UnusedRights::UnusedRights(const ValuePool& pool, const Stacks& stacks,
                           const RelationsTo& relations)
    : pool_(pool), stacks_(stacks), relations_(relations) {
  for (const DeclaredFunction& declared : stacks.functions)
    if (declared.role.exists()) functions_[declared.role].push_back(declared.resource);
  for (const Statement& row : stacks.statements) add_statement(row);
  const std::set<ResourceId> elsewhere = named_elsewhere();
  for (auto& [place, group] : groups_)
    for (const ResourceId role : group.roles) {
      by_role_[role].push_back(&group);
      group.known = group.known && functions_.contains(role) && !elsewhere.contains(role) &&
                    is_trusted_by_functions_alone(role);
    }
}

const UnusedRights::Action& UnusedRights::action(std::string_view text) {
  std::string name = lower(text);
  const auto [at, is_new] = actions_.try_emplace(name);
  Action& row = at->second;
  if (!is_new) return row;
  row.exempt = is_exempt(name);
  row.is_glob = is_glob(name);
  row.of_service = names_of_service(service_of(name));
  row.word = normal_word(std::string_view(name).substr(name.find(':') + 1));
  if (const auto calls = call_names().find(name); calls != call_names().end())
    row.calls = &calls->second;
  for (const NamedActions& named : named_actions())
    if (std::ranges::any_of(named.actions,
                            [&](std::string_view one) { return overlap(name, lower(one)); })) {
      row.called_by.insert(row.called_by.end(), named.names.begin(), named.names.end());
      if (named.by_others)
        row.by_others.insert(row.by_others.end(), named.names.begin(), named.names.end());
    }
  row.name = std::move(name);
  return row;
}

void UnusedRights::add_statement(const Statement& row) {
  if (!row.allows || row.inverted || row.generated || row.actions.count == 0) return;
  const Span first = stacks_.statement_places[row.actions.first];
  const bool policy = first == row.where;
  Group& group = groups_[row.where];
  group.roles.insert(row.role);
  group.policy = group.policy || policy;
  const auto dialect =
      static_cast<TemplateDialect>(stacks_.scopes[stacks_[row.role].scope].dialect);
  group.by_program = group.by_program || (row.named && dialect == TemplateDialect::CdkProgram);
  add_resources(row, group);
  for (std::uint32_t i = row.actions.first; i < row.actions.first + row.actions.count; ++i) {
    const auto text = as_text(pool_, stacks_.statement_values[i]);
    if (!text || text->find("${") != text->npos) {
      group.known = false;
      continue;
    }
    const auto [at, is_new] = by_value_.try_emplace(stacks_.statement_values[i]);
    if (is_new) at->second = &action(*text);
    const Action* const known = at->second;
    const bool again = std::ranges::any_of(
        group.rights, [&](const Right& one) { return one.known == known && one.action == *text; });
    if (!again)
      group.rights.push_back(
          {.action = std::string(*text), .known = known, .where = stacks_.statement_places[i]});
  }
}

void UnusedRights::add_resources(const Statement& row, Group& group) const {
  for (std::uint32_t i = row.resources.first; i < row.resources.first + row.resources.count; ++i) {
    std::set<ResourceId> named;
    add_references(pool_, stacks_, stacks_.statement_values[i], named);
    group.resources_known = group.resources_known && !named.empty();
    for (const ResourceId one : named) group.resources.emplace(one, stacks_.statement_places[i]);
  }
  group.resources_known = group.resources_known && row.resources.count > 0;
}

// Roles that something else than their functions and policies names.
std::set<ResourceId> UnusedRights::named_elsewhere() const {
  std::set<ResourceId> named;
  for (std::uint32_t i = 0; i < stacks_.resources.size(); ++i) {
    const Resource& resource = stacks_.resources[i];
    const bool attaches = resource.kind == ResourceKind::Policy ||
                          pool_[resource.type].find("olicy") != std::string_view::npos;
    if (attaches) continue;
    for (std::uint32_t k = 0; k < resource.properties.count; ++k) {
      const Property& row = stacks_.properties[resource.properties.first + k];
      const std::string_view path = pool_[row.path];
      const bool gives = resource.kind == ResourceKind::Function && path == "Role";
      if (gives || path.find("olicy") != path.npos) continue;
      for_each_below(pool_, row.value, [&](ValueId id) {
        const Value& value = pool_[id];
        if (value.kind == ValueKind::Reference && value.ref < stacks_.resources.size() &&
            value.ref != i && stacks_.resources[value.ref].kind == ResourceKind::Role)
          named.insert(ResourceId{static_cast<std::uint32_t>(value.ref)});
      });
    }
  }
  return named;
}

// Its trust policy lets no other service have it.
bool UnusedRights::is_trusted_by_functions_alone(ResourceId role) const {
  const Slice<Property> own = stacks_[role].properties;
  for (std::uint32_t i = own.first; i < own.first + own.count; ++i) {
    const Property& row = stacks_.properties[i];
    const std::string_view path = pool_[row.path];
    if (!path.starts_with("AssumeRolePolicyDocument") || path.find(".Principal") == path.npos)
      continue;
    if (pool_.is(row.value, ValueKind::Record) || pool_.is(row.value, ValueKind::List)) continue;
    const auto text = as_text(pool_, row.value);
    if (path.ends_with(".Type") && text == "Service") continue;
    if (text != "lambda.amazonaws.com" && text != "edgelambda.amazonaws.com") return false;
  }
  return true;
}

bool UnusedRights::has_property(ResourceId resource, std::string_view part) const {
  if (!resource.exists()) return false;
  const Slice<Property> rows = stacks_[resource].properties;
  for (std::uint32_t i = rows.first; i < rows.first + rows.count; ++i)
    if (pool_[stacks_.properties[i].path].find(part) != std::string_view::npos) return true;
  return false;
}

std::vector<std::string_view> UnusedRights::platform_needs(const LambdaFunction& function) const {
  std::vector<std::string_view> needs;
  const auto add = [&](const PlatformActions& row) {
    needs.insert(needs.end(), row.actions.begin(), row.actions.end());
  };
  std::vector<ResourceId> about{function.resource};
  for (const Relation* const one : relations_[function.resource]) {
    const Relation& relation = *one;
    if (relation.kind == RelationKind::Trigger) {
      about.push_back(relation.declared_by);
      const ResourceKind kind =
          relation.from.exists() ? stacks_[relation.from].kind : ResourceKind::Other;
      const bool open = !relation.from.exists() || kind == ResourceKind::Other;
      if (open && relation.invocation != Invocation::Polled &&
          relation.invocation != Invocation::Unknown)
        continue;
      for (const PlatformActions& row : platform_actions())
        if (row.property.empty() && row.trigger == kind) add(row);
    }
    if (relation.kind == RelationKind::Refines) about.push_back(relation.from);
  }
  for (const PlatformActions& row : platform_actions())
    if (!row.property.empty() && std::ranges::any_of(about, [&](ResourceId resource) {
          return has_property(resource, row.property);
        }))
      add(row);
  return needs;
}

// No extension, wrapper or preloaded file runs beside its code.
bool UnusedRights::runs_code_alone(const LambdaFunction& function) const {
  if (has_property(function.resource, "Environment.Variables.AWS_LAMBDA_EXEC_WRAPPER"))
    return false;
  const Property* options =
      find_property(pool_, stacks_, function.resource, "Environment.Variables.NODE_OPTIONS");
  if (options != nullptr && as_text(pool_, options->value) != "--enable-source-maps") return false;
  const Slice<Property> rows = stacks_[function.resource].properties;
  for (std::uint32_t i = rows.first; i < rows.first + rows.count; ++i) {
    const Property& row = stacks_.properties[i];
    const bool open = pool_[row.path] == "Layers" && !pool_.is(row.value, ValueKind::List);
    if (open || (pool_[row.path].starts_with("Layers.") && !is_known_layer(row.value))) return false;
  }
  return true;
}

// One of the project, or one from elsewhere in which nothing calls AWS by itself.
bool UnusedRights::is_known_layer(ValueId layer) const {
  bool known = false;
  std::string text;
  for_each_below(pool_, layer, [&](ValueId id) {
    const Value& row = pool_[id];
    if (const auto part = as_text(pool_, id)) text += *part;
    known = known || (row.kind == ValueKind::Reference && row.ref < stacks_.resources.size() &&
                      stacks_.resources[row.ref].kind == ResourceKind::Layer &&
                      !stacks_.resources[row.ref].external);
  });
  return known || std::ranges::any_of(silent_layers(), [&](std::string_view name) {
           return text.find(name) != text.npos;
         });
}

// By what was read of the calls; or it may be meant by a call: by what libraries call it, or by its
// own name.
bool UnusedRights::is_needed(const Action& action, const NeededActions& needs,
                             const CodeWords& words, Language language) {
  const auto overlaps = [&](const std::string& need) { return overlap(action.name, need); };
  const auto has = [&](std::string_view name) { return words.have(name); };
  if (needs.named.contains(action.name) || std::ranges::any_of(needs.patterns, overlaps) ||
      std::ranges::any_of(action.called_by, has))
    return true;
  if (action.is_glob)
    return std::ranges::any_of(needs.named, overlaps) ||
           std::ranges::any_of(action.of_service, has);
  if (words.have(action.word)) return true;
  if (action.calls == nullptr) return false;
  const auto calls = action.calls->find(language);
  return calls != action.calls->end() && std::ranges::any_of(action.of_service, has) &&
         std::ranges::any_of(calls->second, [&](const NameOfCall& call) {
           return words.have(call.name) && (call.root.empty() || words.have(call.root));
         });
}

void UnusedRights::add(const LinkedCode& code, const DeclaredFunction& declared,
                       const LambdaFunction& function) {
  const auto found = by_role_.find(declared.role);
  if (!declared.role.exists() || found == by_role_.end()) return;
  ++asked_[declared.role];
  CodeWords words;
  const bool known =
      !declared.image && runs_code_alone(function) && add_words_of(code, function, words);
  NeededActions needs;
  std::optional<TouchedResources> touched;
  if (known) {
    needs = called_actions(function);
    for (const std::string_view one : platform_needs(function)) needs.add(one);
  }
  for (Group* const group : found->second) {
    group->known = group->known && known;
    if (!group->known) continue;
    if (!touched) add_touched(pool_, stacks_, relations_, function, touched.emplace());
    add_touched_by(*touched, words, *group);
    for (Right& right : group->rights) {
      if (!right.used && !right.known->exempt)
        right.used = is_needed(*right.known, needs, words, function.language);
    }
  }
}

// What services do in the code's name, they do to what no call of it says.
void UnusedRights::add_touched_by(const TouchedResources& touched, const CodeWords& words,
                                  Group& group) {
  if (group.resources.empty() || !group.touched.known) return;
  group.touched.known = touched.known;
  group.touched.open.insert(touched.open.begin(), touched.open.end());
  group.touched.resources.insert(touched.resources.begin(), touched.resources.end());
  for (const Right& right : group.rights)
    if (std::ranges::any_of(right.known->by_others,
                            [&](std::string_view name) { return words.have(name); }))
      group.touched.open.emplace(service_of(right.known->name));
}

// Every function that has one of the roles was asked.
bool UnusedRights::is_asked(const Group& group) const {
  return group.known && std::ranges::all_of(group.roles, [&](ResourceId role) {
           const auto all = asked_.find(role);
           return all != asked_.end() && all->second == functions_.at(role).size();
         });
}

// What is left of one place; nothing: all of it is used.
std::optional<UnusedRight> UnusedRights::left_of(Span place, const Group& group) {
  const auto is_left = [](const Right& right) { return !right.used && !right.known->exempt; };
  if (std::ranges::none_of(group.rights, is_left)) return std::nullopt;
  UnusedRight left{.role = *group.roles.begin(), .policy = group.policy, .where = place};
  ActionNames used, all;
  const Right* first = nullptr;
  for (const Right& right : group.rights) {
    all.insert(right.known->name);
    if (right.used) used.insert(right.known->name);
    if (!is_left(right)) continue;
    if (first == nullptr) first = &right;
    left.actions.push_back(right.action);
  }
  // A policy that is there for the log may bring what nobody asked for.
  const bool for_logs = group.policy && std::ranges::any_of(all, [](std::string_view action) {
                          return service_of(action) == "logs";
                        });
  if (for_logs) return std::nullopt;
  left.all = used.empty();
  left.functions = users_of(group);
  if (!left.all) left.where = first->where;
  if (!group.policy || left.all) return left;
  const bool by_sam = std::ranges::all_of(left.functions, [&](ResourceId function) {
    return pool_[stacks_[function].native_type] == "AWS::Serverless::Function";
  });
  if (by_sam) {
    const auto [known, is_new] = narrower_.try_emplace({all, used});
    if (is_new) known->second = narrower_template(all, used);
    left.narrower = known->second;
  }
  if (group.by_program) left.narrower = narrower_grant(all, used);
  return left.narrower.empty() ? std::nullopt : std::optional(std::move(left));
}

std::vector<ResourceId> UnusedRights::users_of(const Group& group) const {
  std::vector<ResourceId> users;
  for (const ResourceId role : group.roles)
    for (const ResourceId function : functions_.at(role)) users.push_back(function);
  return users;
}

// Resources that it allows something on, and that nothing touches; nothing: none of them is known
// to be one, or what is done to them cannot be said.
std::optional<UnusedRight> UnusedRights::untouched_by(Span place, const Group& group) const {
  if (!group.resources_known || !group.touched.known) return std::nullopt;
  UnusedRight left{.role = *group.roles.begin(), .policy = group.policy, .where = place};
  for (const Right& right : group.rights) {
    if (right.known->exempt) continue;
    if (group.touched.open.contains(std::string(service_of(right.known->name))))
      return std::nullopt;
    left.actions.push_back(right.action);
  }
  if (left.actions.empty()) return std::nullopt;
  for (const auto& [resource, where] : group.resources)
    if (has_own_calls(stacks_, resource) && !group.touched.resources.contains(resource)) {
      if (left.untouched.empty() && !group.policy) left.where = where;
      left.untouched.push_back(resource);
    }
  if (left.untouched.empty()) return std::nullopt;
  left.all = left.untouched.size() == group.resources.size();
  if (left.all) left.where = place;
  left.functions = users_of(group);
  return left;
}

std::vector<UnusedRight> UnusedRights::take() {
  std::vector<UnusedRight> unused;
  for (const auto& [place, group] : groups_) {
    if (!is_asked(group)) continue;
    std::optional<UnusedRight> left = left_of(place, group);
    std::optional<UnusedRight> untouched =
        left && left->all ? std::nullopt : untouched_by(place, group);
    if (untouched && untouched->all) left.reset();
    if (left) unused.push_back(std::move(*left));
    if (untouched) unused.push_back(std::move(*untouched));
  }
  return unused;
}

}  // namespace fnlint
