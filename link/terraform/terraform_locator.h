// From a body in Terraform's words to located properties in CloudFormation's.
#pragma once

#include "core/text.h"
#include "link/stacks/dialects.h"
#include "link/terraform/terraform_builders.h"
#include "link/terraform/terraform_evaluation.h"

namespace fnlint::stacks {

// The properties of a resource as CloudFormation's paths name them.
class TerraformLocator {
 public:
  // `cloud_control`: of the provider whose names are CloudFormation's, maps as well as blocks.
  TerraformLocator(LinkContext& build, ScopeId scope, const TerraformResource* row, GuardId when,
                   bool cloud_control = false)
      : build_(build),
        pool_(build.pool),
        scope_(scope),
        row_(row),
        when_(when),
        cloud_control_(cloud_control) {}

  // What a plan says goes before what is not known.
  void use_plan(std::string_view address);
  // What the configuration sets once and something else from then on is no longer certain.
  void leave_to_others(const ResourceBuilder& draft);
  // The entries of a body; `native` and `path`: of the block that it is.
  void body(PropertyBuilder& to, const ExprClosure& record, const std::string& native,
            const std::string& path);
  void emit(LocatedTree& tree, PropertyBuilder& made, const std::string& path);

 private:
  void entry(PropertyBuilder& to, const ExprClosure& record, const Operand& operand, Range key,
             const std::string& native, const std::string& path);
  void blocks(PropertyBuilder& made, const ExprClosure& list, const std::string& native,
              const std::string& path, bool as_list);
  void value(PropertyBuilder& made, const ScopedExpr& at, std::uint32_t depth);
  void children_of(PropertyBuilder& made, ValueId value, GuardId when, std::uint32_t depth);
  void merged(PropertyBuilder& made, const ScopedExpr& at, std::uint32_t depth);
  void document(PropertyBuilder& made, const ScopedExpr& at, std::uint32_t depth);
  bool listed(const ScopedExpr& given, std::vector<ScopedExpr>& out, std::size_t depth);
  bool policy_document(PropertyBuilder& made, const ScopedExpr& at, std::uint32_t depth);
  bool looked_up_policy(PropertyBuilder& made, const StandFor& found, std::uint32_t depth);
  void copy(PropertyBuilder& made, const Node& node, std::uint32_t depth);
  PropertyBuilder& child(PropertyBuilder& parent, std::string_view name);
  PropertyBuilder& at_path(PropertyBuilder& root, std::string_view path);
  bool is_blocks(const ExprClosure& at, std::string_view name) const;
  const TerraformProperty* property(std::string_view native) const;
  ValueId unless_unset(std::string_view native, ValueId value);
  ValueId planned(std::string_view native) const;

  std::uint8_t resting_on(std::string_view native) const;

  LinkContext& build_;
  ValuePool& pool_;
  ScopeId scope_;
  const TerraformResource* row_;
  GuardId when_;
  bool cloud_control_;
  std::vector<std::string> ignored_ = {};
  ExprClosure plan_ = {};  // the body of the resource in the plan
};

}  // namespace fnlint::stacks
