// Collects each role's statements from the templates, and matches actions and resources with them.

#include "checks/role/role_rights.h"

#include "checks/view/value_cases.h"
#include "core/text.h"
#include "model/template.h"
#include "tables/permissions.h"
#include "values/actions.h"
#include "values/answers.h"

#include <algorithm>
#include <span>

namespace fnlint {

namespace {

// The service in "arn:aws:sqs:..."; empty where the text does not go as far.
std::string_view service_in_arn(std::string_view text) {
  if (!text.starts_with("arn:")) return {};
  const std::size_t partition = text.find(':', 4);
  if (partition == text.npos) return {};
  const std::size_t end = text.find(':', partition + 1);
  return end == text.npos ? std::string_view{} : text.substr(partition + 1, end - partition - 1);
}

std::string_view service_of_action(std::string_view action) {
  return action.substr(0, action.find(':'));
}

}  // namespace

RoleRights::RoleRights(const Project& project) : project_(project) {
  for (const Statement& row : project.stacks.statements) by_role_[row.role].push_back(&row);
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i)
    read_policies_of(ResourceId{i});
}

ResourceId RoleRights::meant(std::uint64_t row) const {
  return project_.stacks.meant(ResourceId{static_cast<std::uint32_t>(row)});
}

bool RoleRights::is_known(const DeclaredFunction& function, bool generated) const {
  if (!function.role.exists() || !function.role_complete || function.default_role) return false;
  const Resource& role = project_.stacks[function.role];
  const Resource& own = project_.stacks[function.resource];
  // The Serverless Framework's output has a role of the functions that it brings along.
  constexpr std::string_view kBroughtAlong = "IamRoleCustomResources";
  if ((*project_.pool)[role.address].starts_with(kBroughtAlong)) return false;
  if ((role.generated && !generated) || role.external || own.superseded) return false;
  const Scope& scope = project_.stacks.scopes[role.scope];
  const auto dialect = static_cast<TemplateDialect>(scope.dialect);
  // What grants rights in a program need not be known.
  return scope.complete && project_.stacks.scopes[own.scope].complete &&
         dialect != TemplateDialect::CdkProgram && dialect != TemplateDialect::Chalice &&
         dialect != TemplateDialect::LambdaApi;
}

Answer RoleRights::covers(ValueId named, ResourceId on, std::string_view part) const {
  const ValuePool& pool = *project_.pool;
  const bool whole = !pool.is(named, ValueKind::Pattern);
  const ValueId first = whole ? named : pool.operands(named).front();
  if (!pool.is(first, ValueKind::Reference) || !on.exists()) return Answer::Unknown;
  if (pool[first].ref >= project_.stacks.resources.size()) return Answer::Unknown;
  const ResourceId other = meant(pool[first].ref);
  if (other == meant(on.index)) {
    const std::string attribute = lower(pool.text(first));
    return answer_of(part.empty() || !whole || attribute.find(part) != attribute.npos);
  }
  // What stands for another one may be an output, or an input, that leads here.
  const Resource& row = project_.stacks[other];
  const bool alike = row.kind == project_.stacks[on].kind && row.type == project_.stacks[on].type;
  return row.external || !alike ? Answer::Unknown : Answer::No;
}

Answer RoleRights::speaks_of(const Statement& statement, std::string_view action, ResourceId on,
                             std::string_view part) const {
  const ValuePool& pool = *project_.pool;
  Answer acts = Answer::No;
  for (std::uint32_t i = 0; i < statement.actions.count; ++i)
    for (const ValueCase& one :
         cases_of(pool, project_.stacks.statement_values[statement.actions.first + i]))
      acts = either_of(acts, action_matches(pool, one.value, action));
  if (acts == Answer::No || statement.resources.count == 0) return acts;
  Answer reaches = Answer::No;
  for (std::uint32_t i = 0; i < statement.resources.count; ++i)
    for (const ValueCase& one :
         cases_of(pool, project_.stacks.statement_values[statement.resources.first + i])) {
      const auto text = as_text(pool, one.value);
      const std::string_view service = text ? service_in_arn(*text) : std::string_view{};
      const bool other = !service.empty() && service.find('*') == service.npos &&
                         service != service_of_action(action);
      reaches = either_of(reaches, other ? Answer::No : covers(one.value, on, part));
    }
  return both_of(acts, reaches);
}

Answer RoleRights::allows(ResourceId role, std::string_view action, ResourceId on,
                          std::string_view part) const {
  Answer answer = Answer::No;
  const auto rows = by_role_.find(role);
  if (rows == by_role_.end()) return answer;
  for (const Statement* const row : rows->second) {
    if (!row->allows) continue;
    answer = either_of(answer, row->inverted ? Answer::Unknown : speaks_of(*row, action, on, part));
  }
  return answer;
}

Answer RoleRights::allows_one(ResourceId role, std::string_view actions, ResourceId on,
                              std::string_view part) const {
  Answer answer = Answer::No;
  for (const std::string_view action : split(actions, '|'))
    answer = either_of(answer, allows(role, action, on, part));
  return answer;
}

void RoleRights::add_policy_of(ValueId target) {
  const ValuePool& pool = *project_.pool;
  if (pool.is(target, ValueKind::Unknown) || pool.is(target, ValueKind::OneOf))
    policies_of_any_ = true;
  if (!pool.is(target, ValueKind::Reference) ||
      pool[target].ref >= project_.stacks.resources.size())
    return;
  const ResourceId other = meant(pool[target].ref);
  with_policies_.insert(other);
  const Resource& row = project_.stacks[other];
  if (row.external) kinds_with_policies_.insert(row.kind);  // it may be any of the kind
}

void RoleRights::read_policies_of(ResourceId id) {
  const ValuePool& pool = *project_.pool;
  const Resource& row = project_.stacks[id];
  const auto own =
      std::span(project_.stacks.properties).subspan(row.properties.first, row.properties.count);
  for (const ResourcePolicy& form : resource_policies()) {
    if (pool[row.type] != form.type && pool[row.native_type] != form.type) continue;
    for (const Property& property : own) {
      const std::string_view path = pool[property.path];
      if (form.target.empty() && path == form.document)
        with_policies_.insert(id);
      else if (!form.target.empty() && path.substr(0, path.find('.')) == form.target)
        add_policy_of(property.value);
    }
  }
}

bool RoleRights::has_own_policy(ResourceId resource) const {
  if (!resource.exists()) return false;
  return policies_of_any_ || with_policies_.contains(resource) ||
         with_policies_.contains(meant(resource.index)) ||
         kinds_with_policies_.contains(project_.stacks[resource].kind);
}

}  // namespace fnlint
