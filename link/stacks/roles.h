// What roles allow, and whether all of that is known.
#pragma once

#include "link/stacks/stack_relations.h"

#include <functional>
#include <map>

namespace fnlint::stacks {

// Collects the statements of roles. A role is complete as long as every policy of it is known.
class RolePolicies {
 public:
  explicit RolePolicies(LinkContext& build) : build_(build) {}

  // What stands in the templates: roles, policies that name their roles.
  void read_declared();
  [[nodiscard]] bool complete(ResourceId role) const;
  // Notes why the role is not complete, once, with a function that has it.
  void explain(ResourceId role, std::string_view function);

  // A role that SAM makes; complete until something says otherwise.
  void begin(ResourceId role) { roles_.try_emplace(role.index); }
  // A policy document: a map with statements. `place`: where it stands.
  void add_document(ResourceId role, const Node& document);
  // A policy by its name, its ARN or a reference to it.
  void add_managed(ResourceId role, ValueId policy, Span where);
  using Fill = std::function<ValueId(std::string_view name)>;
  void add_known(ResourceId role, std::span<const KnownStatement> statements, Span where,
                 const Fill& fill);
  void add_statement(ResourceId role, std::span<const std::string_view> actions, ValueId resource,
                     Span where);
  void mark_incomplete(ResourceId role, std::string reason, Span where);
  // What is added from now on nobody wrote.
  void generate(bool generates) { generates_ = generates; }

 private:
  void add_value(ValueId value, Span where);
  [[nodiscard]] std::uint32_t value_count() const;
  void add_written_statement(ResourceId role, const Node& statement);
  Slice<ValueId> add_values(const Node& node);
  void read_role(ResourceId id);
  void read_policy(ResourceId id);
  void read_attachment(ResourceId id);
  void note_bare_roles(std::uint32_t count);
  void attach(ResourceId policy, const Node& name, const std::function<void(ResourceId)>& add);
  void note_open_attachments(std::uint32_t count);

  LinkContext& build_;
  bool generates_ = false;
  struct Role {
    bool complete = true;
    std::vector<std::pair<std::string, Span>> reasons = {};  // why it is not
  };
  std::map<std::uint32_t, Role> roles_;
  std::map<std::uint32_t, Span> open_;  // root scopes with a policy of a role that is not known
};

// A pseudo parameter of a known statement.
ValueId pseudo_fill(ValuePool& pool, std::string_view name);

// The policies of a SAM function or state machine without a role of its own, on the role that SAM
// makes for it.
void add_sam_policies(const LinkContext& build, RolePolicies& roles, ResourceId id,
                      ResourceId role);

}  // namespace fnlint::stacks
