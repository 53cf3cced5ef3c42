// Does a function's role allow its own calls?
#pragma once

#include "model/project.h"
#include "tables/models.h"
#include "values/compute.h"

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// The entry of a record; no id: it has none of that name.
ValueId member_of(const ValuePool& pool, ValueId record, std::string_view name);

// What names the bucket that an operation copies from; no id: nothing does.
ValueId copied_bucket(ValuePool& pool, const Effect& effect);

// Whether roles let functions make their calls: by the statements of roles that are wholly known,
// and by the policies that resources of the project have of their own.
class CallPermissions {
 public:
  CallPermissions(ValuePool& pool, const Stacks& stacks);

  // Sets `permission` and `missing_action` of the function's effects, its requests and its calls at
  // init. What
  // rests on values that a deployment may replace is not known.
  void judge(const DeclaredFunction& declared, LambdaFunction& function) const;
  // Does the function's role allow one of an operation's `actions` ("a|b") on the resource? No only
  // where every statement of the role is known and none does; a role that nobody wrote proves
  // nothing.
  [[nodiscard]] Answer allows(const DeclaredFunction& declared, const Operation& operation,
                              std::string_view actions, ResourceId target) const;
  // The actions of an operation that the role surely does not allow; of alternatives the first.
  [[nodiscard]] std::vector<std::string> missing_actions(const DeclaredFunction& declared,
                                                         const Operation& operation,
                                                         ResourceId target) const;

 private:
  // What a call is made on: a resource of the project or an ARN with its name. Neither: not known.
  struct Target {
    ResourceId resource = {};
    ResourceKind kind{};
    ValueId arn = {};
    std::string_view between = {};  // not empty: what lies below it
  };
  struct Judgement {
    Answer answer{};
    std::uint8_t uncertainty = 0;
    bool denied = false;  // by a statement that says so
    bool in_part = false;  // of some keys of the target alone: "bucket/content/*"
  };
  [[nodiscard]] Judgement allows(ResourceId role, std::string_view action,
                                 const Target& target) const;
  [[nodiscard]] Judgement speaks_of(const Statement& row, std::string_view action,
                                    const Target& target) const;
  [[nodiscard]] Judgement covers(ValueId value, const Target& target) const;
  [[nodiscard]] Judgement covers_one(ValueId value, const Target& target) const;
  [[nodiscard]] std::size_t shared_start(std::span<const ValueId> parts,
                                         const Target& target) const;
  [[nodiscard]] Answer matches_arn(const std::string& glob, const Target& target,
                                   std::size_t skipped) const;
  [[nodiscard]] Target target_of(const Effect& effect, std::string_view action) const;
  [[nodiscard]] Judgement judge_action(ResourceId role, const Effect& effect,
                                       std::string_view actions, std::string& missing) const;
  [[nodiscard]] bool may_grant(ResourceId policy, std::string_view document) const;
  void read_resource_policies();
  [[nodiscard]] bool is_qualified(ValueId name) const;
  [[nodiscard]] ResourceId copied_from(const Effect& effect) const;
  void judge_source(ResourceId role, bool complete, Effect& effect) const;
  void judge_effect(ResourceId role, bool complete, Effect& effect) const;
  void judge_request(ResourceId role, bool complete, Effect& request) const;
  void judge_unknown(ResourceId role, bool complete, Effect& effect) const;
  [[nodiscard]] bool may_allow_of(ResourceId role, std::string_view service) const;
  void judge_init(ResourceId role, bool complete, CodeCall& call) const;

  ValuePool& pool_;
  const Stacks& stacks_;
  std::map<ResourceId, std::vector<const Statement*>> statements_;  // by role
  std::set<ResourceId> shared_;        // their own policies may let others in
  std::set<ResourceKind> any_shared_;  // such policies of resources that are not known
};

}  // namespace fnlint
