// ARNs in the syntax of CloudFormation, Terraform, CDK or plain IAM.
#pragma once

#include "app/configuration/command_line.h"
#include "app/policy/policy_arns.h"
#include "model/project.h"

#include <map>
#include <string>

namespace fnlint {

// Writes ARNs in a language of templates: as references to what these declare, else by names.
class ArnWriter {
 public:
  // `function`: what is in other stacks than its is referred to by name.
  ArnWriter(const Project& project, PolicyFormat format, const LambdaFunction& function);

  // A value of that language: of IAM and JSON the text without quotes.
  std::string written(const PolicyArn& arn);

  // The language of templates can refer to it, from where the function is declared.
  [[nodiscard]] bool is_native(ResourceId resource) const;

  // What whoever uses the policy has to give, each with words for it.
  [[nodiscard]] const std::map<std::string, std::string>& holes() const { return holes_; }
  // Of these, the deployment's own: "region".
  [[nodiscard]] bool uses(ArnPart part) const { return used_.contains(part); }

 private:
  [[nodiscard]] bool has_no_arn(const ArnPiece& piece) const;
  [[nodiscard]] std::string hole_for(const ArnPiece& piece, bool has_form);
  [[nodiscard]] PolicyArn by_name(const PolicyArn& arn);
  [[nodiscard]] std::string piece(const ArnPiece& piece);
  [[nodiscard]] std::string reference(const ArnPiece& piece) const;
  [[nodiscard]] std::string pseudo(ArnPart part);
  [[nodiscard]] std::string hole(const std::string& name, std::string words);
  [[nodiscard]] std::string interpolated(const std::string& expression) const;

  const Project& project_;
  const PolicyFormat format_;
  const ArnMaker arns_;
  const std::uint32_t scope_;
  std::map<std::string, std::string> holes_ = {};
  std::map<ArnPart, bool> used_ = {};
};

// What Terraform calls a resource inside of its module: "aws_sqs_queue.jobs" of
// "module.work.aws_sqs_queue.jobs".
std::string own_address(std::string_view address);
// "ordersTable" of "Shop/Orders Table", "orders_table" of it.
std::string camel_name(std::string_view name);
std::string snake_name(std::string_view name);
// In double quotes, as YAML, HCL and TypeScript have them.
std::string in_double_quotes(std::string_view text);

}  // namespace fnlint
