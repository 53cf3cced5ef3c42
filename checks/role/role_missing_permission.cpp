// A call that the function's role does not allow fails each time that it is made, and only in the
// cloud: nothing that runs on a developer's machine asks the role.

#include "checks/role/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/glob.h"
#include "core/text.h"
#include "tables/permissions.h"
#include "values/pool.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace fnlint {

namespace {

// Of no operation that is described: its action is the one of its name.
bool is_by_name(const Effect& effect) { return effect.operation == UINT32_MAX; }

// What it is made on is not known: nothing of its service is allowed.
bool is_of_unknown(const LambdaFunction& function, const Effect& effect) {
  return !is_by_name(effect) && std::ranges::any_of(function.unknown_calls, [&](const Effect& one) {
    return one.where == effect.where && one.operation == effect.operation;
  });
}

using CallPlace = std::tuple<Span, std::uint32_t>;  // with the row of operations()

// The call may mean one of several resources, and each path to it is one effect: it surely fails
// only where none is allowed.
std::map<CallPlace, const Effect*> denied_calls(const LambdaFunction& function) {
  std::map<CallPlace, const Effect*> denied;
  for (const Effect& effect : function.effects) {
    const auto [row, added] = denied.try_emplace({effect.where, effect.operation}, &effect);
    if (effect.permission != Permission::Missing) row->second = nullptr;
  }
  std::set<CallPlace> of_known;
  for (const auto& [place, effect] : denied) of_known.insert(place);
  for (const Effect& effect : function.unknown_calls) {
    const CallPlace place{effect.where, effect.operation};
    const auto row = denied.try_emplace(place, &effect).first;
    if (of_known.contains(place) || effect.permission != Permission::Missing) row->second = nullptr;
  }
  for (const Effect& request : function.requests)
    if (is_by_name(request) && request.permission == Permission::Missing)
      denied.try_emplace({request.where, UINT32_MAX}, &request);
  std::erase_if(denied, [](const auto& row) { return row.second == nullptr; });
  return denied;
}

// On some events alone, or under a test that was not read: the call may never be made here.
std::uint8_t uncertainty_of(const Project& project, const LambdaFunction& function,
                         const Effect& effect) {
  const ValuePool& pool = *project.pool;
  const bool of_unknown = is_of_unknown(function, effect);
  std::uint8_t uncertainty = effect.uncertainty;
  if (is_by_name(effect) || of_unknown) uncertainty |= kHeuristic;
  if ((effect.flags & (kUnderUnknownTest | kPerhapsElsewhere)) != 0) uncertainty |= kConditional;
  const bool by_event = std::ranges::any_of(effect.holds, [&](const Fact& fact) {
    return has_origin(pool, fact.test, Origin::Event);
  });
  if (by_event) uncertainty |= kConditional;
  // Code that goes on after a refusal may know of it.
  if ((effect.flags & kErrorsDropped) != 0)
    uncertainty |= effect.target.exists() ? kConditional : kUncertain;
  const bool is_default = project.stacks.functions[function.declared].default_role;
  // A name from elsewhere on a path that may not be taken: what it needs may be as optional, where
  // somebody has thought of permissions at all.
  const bool elsewhere =
      effect.target.exists()
          ? root_scope(project.stacks, project.stacks[effect.target].scope) !=
                root_scope(project.stacks, project.stacks[function.resource].scope)
          : !is_by_name(effect) &&
                operations()[effect.operation].target_kind != ResourceKind::Other;
  if (elsewhere && !of_unknown && uncertainty != 0 && !is_default) uncertainty |= kUncertain;
  return uncertainty;
}

// "the index 'by-day' of": where the right has to reach what lies below the target, and the call
// names that.
std::string below_target(const ValuePool& pool, const Effect& effect) {
  for (const BelowTarget& row : below_targets()) {
    const ValueId member =
        row.words.empty() || !effect.arguments.exists() || effect.missing_on.exists()
            ? ValueId{}
            : entry_of(pool, effect.arguments, row.with);
    if (!member.exists() || pool.is(member, ValueKind::Absent) || pool.is(member, ValueKind::Null))
      continue;
    if (std::ranges::none_of(row.actions, [&](std::string_view glob) {
          return matches_ignoring_case(glob, effect.missing_action);
        }))
      continue;
    const auto name = as_text(pool, member);
    return name ? cat(" the ", row.words, " '", *name, "' of") : cat(" an ", row.words, " of");
  }
  return {};
}

std::string missing_target(const Project& project, const Effect& effect) {
  if (is_by_name(effect)) return " any resource";
  if (effect.missing_on.exists())
    return cat(" the ", kind_label(project.stacks[effect.missing_on].kind), " '",
               name_of(project, effect.missing_on), "', which is copied from");
  const std::string below = below_target(*project.pool, effect);
  if (effect.target.exists())
    return cat(below, " the ", kind_label(project.stacks[effect.target].kind), " '",
               name_of(project, effect.target), "'");
  if (const auto text = effect.target_value.exists()
                            ? as_text(*project.pool, effect.target_value)
                            : std::nullopt;
      text && operations()[effect.operation].target_kind != ResourceKind::Other)
    return cat(below, " '", *text, "'");
  return " any resource";
}

using StatementsOfRoles = std::map<ResourceId, std::vector<const Statement*>>;

// Where the role is written: what allows something, else the function.
PlacedText place_of_role(const Project& project, const StatementsOfRoles& statements,
                         const LambdaFunction& function, const DeclaredFunction& declared) {
  if (declared.default_role)
    return {project.stacks[function.resource].name,
            "The function's permissions are not declared here: its role has what the deployment "
            "tool gives to every function."};
  if (const auto found = statements.find(declared.role); found != statements.end())
    for (const Statement* const row : found->second)
      if (row->where.range.end > row->where.range.begin &&
          row->where.range.begin != project.stacks[function.resource].name.range.begin)
        return {row->where, "The role's permissions begin here."};
  return {project.stacks[declared.role].name, "The role is declared here."};
}

// Calls while the modules are loaded, as effects: a library may make one twice.
std::vector<Effect> denied_at_init(const LambdaFunction& function) {
  std::vector<Effect> denied;
  for (const CodeCall& call : function.init_work) {
    const bool again = std::ranges::any_of(denied, [&](const Effect& one) {
      return one.where == call.where && one.operation == call.operation;
    });
    if (call.permission == Permission::Missing && !again)
      denied.push_back({.operation = call.operation,
                        .target = call.target,
                        .target_value = call.value,
                        .holds = call.holds,
                        .uncertainty = call.uncertainty,
                        .flags = call.flags,
                        .missing_action = call.missing_action,
                        .where = call.where,
                        .path = call.path});
  }
  return denied;
}

bool is_denied_something(const LambdaFunction& function) {
  const auto is_missing = [](const auto& call) { return call.permission == Permission::Missing; };
  return std::ranges::any_of(function.effects, is_missing) ||
         std::ranges::any_of(function.requests, is_missing) ||
         std::ranges::any_of(function.init_work, is_missing);
}

// Templates, as their root scopes, in which each function calls AWS and nobody wrote a role or a
// policy for any: what only packages the code leaves the roles to whoever deploys it.
std::set<std::uint32_t> templates_without_roles(const Project& project) {
  std::set<std::uint32_t> without, with;
  for (const LambdaFunction& function : project.functions) {
    const std::uint32_t root = root_scope(project.stacks, project.stacks[function.resource].scope);
    const bool is_default = project.stacks.functions[function.declared].default_role;
    (is_default && is_denied_something(function) ? without : with).insert(root);
  }
  std::erase_if(without, [&](std::uint32_t root) { return with.contains(root); });
  return without;
}

// The root scopes of templates in which something starts a function.
std::set<std::uint32_t> templates_with_triggers(const Project& project) {
  std::set<std::uint32_t> found;
  for (const Relation& row : project.stacks.relations)
    if (row.kind == RelationKind::Trigger && row.to.exists())
      found.insert(root_scope(project.stacks, project.stacks[row.to].scope));
  return found;
}

// What the template itself declares for the function to work with, it would have to allow.
bool may_get_role_elsewhere(const Project& project, const std::set<std::uint32_t>& templates,
                            const LambdaFunction& function, const Effect& effect) {
  const std::uint32_t root = root_scope(project.stacks, project.stacks[function.resource].scope);
  const bool is_own = effect.target.exists() &&
                      root_scope(project.stacks, project.stacks[effect.target].scope) == root;
  return templates.contains(root) && !is_own;
}

}  // namespace

void role_missing_permission(const Project& project, const Settings&, Findings& findings) {
  StatementsOfRoles statements;
  for (const Statement& row : project.stacks.statements) statements[row.role].push_back(&row);
  const std::set<std::uint32_t> without_roles = templates_without_roles(project);
  const std::set<std::uint32_t> with_triggers = templates_with_triggers(project);
  for (const LambdaFunction& function : project.functions) {
    const DeclaredFunction& declared = project.stacks.functions[function.declared];
    const std::uint32_t root = root_scope(project.stacks, project.stacks[function.resource].scope);
    std::vector<Effect> all = denied_at_init(function);
    for (const auto& [place, effect] : denied_calls(function)) all.push_back(*effect);
    std::erase_if(all, [&](const Effect& one) { return names_nothing(*project.pool, one); });
    // That nobody gave the role any is told once, and at what is surely asked.
    if (declared.default_role && !std::ranges::all_of(all, is_by_name))
      std::erase_if(all, is_by_name);
    for (const Effect& effect : all) {
      const std::string called = is_by_name(effect)
                                     ? replace_all(effect.missing_action, ":", ".")
                                     : std::string(operations()[effect.operation].id);
      std::uint8_t uncertainty = uncertainty_of(project, function, effect);
      // Where nothing starts the functions either, the template may be for local runs alone.
      if (may_get_role_elsewhere(project, without_roles, function, effect))
        uncertainty |= with_triggers.contains(root) ? kConditional : kUncertain;
      // One permission that a function lacks is one fault, in however many calls; and so is a role
      // that nobody has given any.
      const bool is_default = declared.default_role;
      const std::string lacks = cat(effect.missing_action, missing_target(project, effect));
      findings.push_back(
          FindingBuilder("role-missing-permission", uncertainty)
              .about(function)
              .at(effect.where)
              .says("The role of '", function.name, "' does not allow ", effect.missing_action,
                    " on", missing_target(project, effect), ": this call (", called,
                    ") fails with an access error.")
              .identified(function.name, ':', effect.missing_action, ':',
                          name_of(project, effect.target))
              .caused_by({.key = cat(function.name, '\t', is_default ? std::string() : lacks),
                          .subject = function.name,
                          .apart = 1,
                          .also = is_default ? "This call is not allowed either."
                                             : "This call needs it too."})
              .related(place_of_role(project, statements, function, declared))
              .along(effect.path, effect.where, "The call needs ", effect.missing_action, '.'));
    }
  }
}

}  // namespace fnlint
