// From a body in Terraform's words to located properties in CloudFormation's.
#pragma once

#include "core/text.h"
#include "link/stacks/dialects.h"
#include "link/terraform/terraform_evaluation.h"
#include "link/terraform/terraform_made.h"

namespace fnlint::stacks {

// The properties of a resource as CloudFormation's paths name them.
class TerraformLocator {
 public:
  // `cloud_control`: of the provider whose names are CloudFormation's, maps as well as blocks.
  TerraformLocator(Build& build, ScopeId scope, const TerraformResource* row, GuardId when,
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
  void leave_to_others(const Draft& draft);
  // The entries of a body; `native` and `path`: of the block that it is.
  void body(Made& to, const Written& record, const std::string& native, const std::string& path);
  void emit(LocatedTree& tree, Made& made, const std::string& path);

 private:
  void entry(Made& to, const Written& record, const Operand& operand, Range key,
             const std::string& native, const std::string& path);
  void blocks(Made& made, const Written& list, const std::string& native, const std::string& path,
              bool as_list);
  void value(Made& made, const Placed& at, std::uint32_t depth);
  void children_of(Made& made, ValueId value, GuardId when, std::uint32_t depth);
  void merged(Made& made, const Placed& at, std::uint32_t depth);
  void document(Made& made, const Placed& at, std::uint32_t depth);
  bool listed(const Placed& given, std::vector<Placed>& out, std::size_t depth);
  bool policy_document(Made& made, const Placed& at, std::uint32_t depth);
  bool looked_up_policy(Made& made, const StandFor& found, std::uint32_t depth);
  void copy(Made& made, const Node& node, std::uint32_t depth);
  Made& child(Made& parent, std::string_view name);
  Made& at_path(Made& root, std::string_view path);
  bool is_blocks(const Written& at, std::string_view name) const;
  const TerraformProperty* property(std::string_view native) const;
  bool is_unset(std::string_view native, ValueId value) const;
  ValueId planned(std::string_view native) const;

  std::uint8_t resting_on(std::string_view native) const;

  Build& build_;
  ValuePool& pool_;
  ScopeId scope_;
  const TerraformResource* row_;
  GuardId when_;
  bool cloud_control_;
  std::vector<std::string> ignored_ = {};
  Written plan_ = {};  // the body of the resource in the plan
};

}  // namespace fnlint::stacks
