// Reads documents, managed policies and attachments into statements, and gives the reason for each
// policy that it cannot know.

#include "link/stacks/roles.h"

#include "core/text.h"
#include "link/stacks/arn.h"
#include "link/stacks/stack_json.h"
#include "link/stacks/stack_properties.h"

#include <algorithm>
#include <set>

namespace fnlint::stacks {

namespace {

// The last part of a managed policy's ARN or name: literal, whatever stands before it.
std::string_view policy_name(const ValuePool& pool, ValueId value) {
  if (pool.is(value, ValueKind::Pattern)) value = pool.operands(value).back();
  const std::string_view text = as_text(pool, value).value_or("");
  return text.substr(text.rfind('/') + 1);
}

// "arn:aws:iam::123456789012:policy/..." is a customer's own.
bool is_own_account(const ValuePool& pool, ValueId value) {
  const auto text = as_text(pool, value);
  if (text) return text->starts_with("arn:") && text->find(":iam::aws:") == text->npos;
  if (!pool.is(value, ValueKind::Pattern)) return false;
  for (const ValueId part : pool.operands(value)) {
    const auto literal = as_text(pool, part);
    if (literal && literal->find(":iam::aws:") != literal->npos) return false;
  }
  return true;
}

}  // namespace

ValueId pseudo_fill(ValuePool& pool, std::string_view name) {
  return pool.hole(Origin::Pseudo, name);
}

bool RolePolicies::complete(ResourceId role) const {
  const auto found = roles_.find(role.index);
  return found != roles_.end() && found->second.complete;
}

void RolePolicies::explain(ResourceId role, std::string_view function) {
  const auto found = roles_.find(role.index);
  if (found == roles_.end()) return;
  for (const auto& [reason, where] : found->second.reasons)
    build_.unresolved(UnresolvedKind::RolePolicy, reason, where, function);
  found->second.reasons.clear();
}

void RolePolicies::mark_incomplete(ResourceId role, std::string reason, Span where) {
  Role& row = roles_[role.index];
  row.complete = false;
  row.reasons.emplace_back(std::move(reason), where);
}

Slice<ValueId> RolePolicies::add_values(const Node& node) {
  const std::uint32_t first = value_count();
  if (node.has_children()) {
    for (const Node& item : node.children()) add_value(item.value(), item.where());
  } else if (node) {
    add_value(node.value(), node.where());
  }
  return {first, value_count() - first};
}

void RolePolicies::add_value(ValueId value, Span where) {
  build_.stacks.statement_values.push_back(value);
  build_.stacks.statement_places.push_back(where);
}

std::uint32_t RolePolicies::value_count() const {
  return static_cast<std::uint32_t>(build_.stacks.statement_values.size());
}

void RolePolicies::add_written_statement(ResourceId role, const Node& statement) {
  const bool inverted = statement["NotAction"] || statement["NotResource"];
  Node actions = statement["Action"];
  if (!actions) actions = statement["NotAction"];
  Node resources = statement["Resource"];
  if (!resources) resources = statement["NotResource"];
  const ValuePool& pool = build_.pool;
  const bool opaque =
      (actions && !actions.has_children() && !as_text(pool, actions.value())) || !actions;
  if (opaque) mark_incomplete(role, "the actions of a statement are not known", statement.where());
  Statement row{.role = role, .inverted = inverted, .where = statement.where()};
  row.allows = statement["Effect"].text() != "Deny";
  row.actions = add_values(actions);
  row.resources = add_values(resources);
  row.conditional = statement["Condition"].exists();
  // What an event of a service or a method of a program grants has one place for all of it; so has,
  // in other templates, a document that is a text.
  const auto dialect =
      static_cast<TemplateDialect>(build_.stacks.scopes[build_.resource(role).scope].dialect);
  const bool grants =
      dialect == TemplateDialect::CdkProgram || dialect == TemplateDialect::ServerlessFramework;
  row.named = grants && row.actions.count > 0 &&
              build_.stacks.statement_places[row.actions.first] == row.where;
  build_.stacks.statements.push_back(row);
}

void RolePolicies::add_document(ResourceId role, const Node& document) {
  if (!document) return;
  if (!document.has_children()) {
    const Node read = locate_json_value(build_, document.value(), document.where());
    if (read.has_children())
      add_document(role, read);
    else
      mark_incomplete(role, "a policy document cannot be determined", document.where());
    return;
  }
  const Node statements = document["Statement"];
  if (!statements || !statements.has_children()) {
    mark_incomplete(role, "a policy document cannot be determined", document.where());
    return;
  }
  const bool one = statements["Action"] || statements["Effect"];
  if (one) {
    add_written_statement(role, statements);
    return;
  }
  for (const Node& statement : statements.children()) add_written_statement(role, statement);
}

void RolePolicies::add_known(ResourceId role, std::span<const KnownStatement> statements,
                             Span where, const Fill& fill) {
  for (const KnownStatement& known : statements) {
    Statement row{.role = role, .allows = !known.denies, .inverted = known.inverted};
    row.conditional = known.conditional;
    row.where = where;
    row.generated = generates_;
    row.named = true;
    row.actions.first = value_count();
    row.actions.count = static_cast<std::uint32_t>(known.actions.size());
    for (const std::string_view action : known.actions)
      add_value(build_.pool.text_value(action), where);
    row.resources.first = value_count();
    row.resources.count = static_cast<std::uint32_t>(known.resources.size());
    for (const std::string_view resource : known.resources)
      add_value(filled_pattern(build_.pool, resource,
                               [&](std::string_view name) {
                                 return name.starts_with("AWS::") ? pseudo_fill(build_.pool, name)
                                                                  : fill(name);
                               }),
                where);
    build_.stacks.statements.push_back(row);
  }
}

void RolePolicies::add_statement(ResourceId role, std::span<const std::string_view> actions,
                                 ValueId resource, Span where) {
  Statement row{.role = role, .generated = generates_, .named = true, .where = where};
  row.actions = {value_count(), static_cast<std::uint32_t>(actions.size())};
  for (const std::string_view action : actions) add_value(build_.pool.text_value(action), where);
  row.resources = {value_count(), 1};
  add_value(resource, where);
  build_.stacks.statements.push_back(row);
}

void RolePolicies::add_managed(ResourceId role, ValueId policy, Span where) {
  ValuePool& pool = build_.pool;
  if (pool.is(policy, ValueKind::Null) || pool.is(policy, ValueKind::Absent)) return;
  if (pool.is(policy, ValueKind::OneOf)) {
    for (const ValueId one :
         std::vector<ValueId>(pool.operands(policy).begin(), pool.operands(policy).end()))
      add_managed(role, one, where);
    return;
  }
  for (const Match& match : find_resource(pool, build_.stacks, policy, ResourceKind::Policy)) {
    add_document(role, build_.draft(match.resource).properties["PolicyDocument"]);
    return;
  }
  const ManagedPolicy* known =
      is_own_account(pool, policy) ? nullptr : find_managed_policy(policy_name(pool, policy));
  if (known == nullptr) {
    // Of what is not known the reason alone is for readers: "a policy that a library adds".
    const bool has_reason = pool.is(policy, ValueKind::Unknown) && !pool.text(policy).empty();
    const std::string words = describe(pool, policy);
    mark_incomplete(role,
                    has_reason ? std::string(pool.text(policy))
                               : cat("the policy ", words.empty() ? "of no name" : words,
                                     " is unknown"),
                    where);
    return;
  }
  add_known(role, known->statements, where,
            [&](std::string_view name) { return pool.unknown(name); });
  if (known->partial)
    mark_incomplete(role, cat("the policy ", known->name, " is known in part"), where);
}

void RolePolicies::read_role(ResourceId id) {
  const Node properties = build_.draft(id).properties;
  begin(id);
  for (const Node& policy : properties["Policies"].children()) {
    const Node document = policy["PolicyDocument"];
    if (document)
      add_document(id, document);
    else if (!policy.has_children())
      mark_incomplete(id, "a policy of this role cannot be determined", policy.where());
  }
  const Node managed = properties["ManagedPolicyArns"];
  for (const Node& policy : managed.children()) add_managed(id, policy.value(), policy.where());
  if (managed && !managed.has_children() && !build_.pool.is(managed.value(), ValueKind::List))
    mark_incomplete(id, "the managed policies of this role are not known", managed.where());
}

// Names that only a deployment knows are of roles elsewhere; what is not understood may be any.
void RolePolicies::attach(ResourceId policy, const Node& name,
                          const std::function<void(ResourceId)>& add) {
  const auto roles =
      ends(build_, name.value(), ResourceKind::Role, name.where(), Outside::Dropped);
  for (const End& role : roles) add(role.resource);
  if (!roles.empty()) return;
  const ValuePool& pool = build_.pool;
  bool open = false;
  for_each_below(pool, name.value(), [&](ValueId id) {
    const Value& row = pool[id];
    open = open || row.kind == ValueKind::Unknown || row.kind == ValueKind::Computed ||
           (row.kind == ValueKind::Hole && row.origin != Origin::TemplateInput &&
            row.origin != Origin::Pseudo);
  });
  if (!open) return;
  std::uint32_t scope = build_.stacks.resources[policy.index].scope;
  while (build_.stacks.scopes[scope].parent != UINT32_MAX)
    scope = build_.stacks.scopes[scope].parent;
  open_.try_emplace(scope, name.where());
}

void RolePolicies::note_open_attachments(std::uint32_t count) {
  if (open_.empty()) return;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (build_.stacks.resources[i].kind != ResourceKind::Role) continue;
    std::uint32_t scope = build_.stacks.resources[i].scope;
    while (build_.stacks.scopes[scope].parent != UINT32_MAX)
      scope = build_.stacks.scopes[scope].parent;
    const auto found = open_.find(scope);
    if (found != open_.end())
      mark_incomplete(ResourceId{i}, "a policy of some role may be this one's", found->second);
  }
}

// AWS::IAM::Policy, ManagedPolicy and RolePolicy, where they name the roles that have them.
void RolePolicies::read_policy(ResourceId id) {
  const Node properties = build_.draft(id).properties;
  std::vector<Node> names = properties["Roles"].children();
  if (const Node all = properties["Roles"]; all && !all.has_children()) names.push_back(all);
  if (const Node one = properties["RoleName"]) names.push_back(one);
  for (const Node& name : names)
    attach(id, name,
           [&](ResourceId role) { add_document(role, properties["PolicyDocument"]); });
}

// Terraform attaches policies to roles by resources of their own.
void RolePolicies::read_attachment(ResourceId id) {
  const Node properties = build_.draft(id).properties;
  const Node policy = properties["PolicyArn"];
  std::vector<Node> names = properties["Roles"].children();
  if (const Node all = properties["Roles"]; all && !all.has_children()) names.push_back(all);
  if (const Node one = properties["Role"]) names.push_back(one);
  if (!policy) return;
  for (const Node& name : names)
    attach(id, name,
           [&](ResourceId role) { add_managed(role, policy.value(), policy.where()); });
}

// Terraform's roles often get their rights in another configuration: one without any is not the
// whole of it.
void RolePolicies::note_bare_roles(std::uint32_t count) {
  std::set<ResourceId> known;
  for (const Statement& row : build_.stacks.statements) known.insert(row.role);
  for (std::uint32_t i = 0; i < count; ++i) {
    const ResourceId id{i};
    if (build_.stacks.resources[i].kind != ResourceKind::Role || known.contains(id)) continue;
    if (build_.drafts[i].declaration == nullptr || !build_[build_.drafts[i].scope].is_module())
      continue;
    mark_incomplete(id, "no policy of this role is in the run", build_.resource(id).name);
  }
}

void RolePolicies::read_declared() {
  const auto count = static_cast<std::uint32_t>(build_.stacks.resources.size());
  for (std::uint32_t i = 0; i < count; ++i)
    if (build_.stacks.resources[i].kind == ResourceKind::Role &&
        build_.drafts[i].is_whole())
      read_role(ResourceId{i});
  for (std::uint32_t i = 0; i < count; ++i)
    if (build_.stacks.resources[i].kind == ResourceKind::Policy) read_policy(ResourceId{i});
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string_view type = build_.pool[build_.stacks.resources[i].type];
    if (type == "aws_iam_role_policy_attachment" || type == "aws_iam_policy_attachment")
      read_attachment(ResourceId{i});
  }
  note_bare_roles(count);
  note_open_attachments(count);
}

}  // namespace fnlint::stacks
