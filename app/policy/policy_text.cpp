// The policies of functions in the languages of templates.
#include "app/policy/policy_text.h"

#include "app/pictures/init_picture.h"
#include "app/policy/arn_writer.h"
#include "app/policy/policy_account.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "report/json_values.h"
#include "report/unicode.h"

#include <array>

namespace fnlint {

namespace {

Json document_of(const RolePolicy& policy, ArnWriter& arns) {
  Json statements = Json::array();
  for (const PolicyStatement& row : policy.statements) {
    Json resources = Json::array();
    for (const PolicyArn& arn : row.resources) resources.push_back(arns.written(arn));
    statements.push_back({{"Sid", row.sid},
                          {"Effect", "Allow"},
                          {"Action", row.actions},
                          {"Resource", std::move(resources)}});
  }
  return {{"Version", "2012-10-17"}, {"Statement", std::move(statements)}};
}

std::string iam_text(const LinkedModel& model, std::span<const RolePolicy> policies) {
  Json all = Json::object();
  for (const RolePolicy& policy : policies) {
    ArnWriter arns(model.project, PolicyFormat::Iam, *policy.function);
    Json document = document_of(policy, arns);
    if (policies.size() == 1) return dumped(document, 2) + '\n';
    all[std::string(shown_name(model.project, *policy.function))] = std::move(document);
  }
  return dumped(all, 2) + '\n';
}

class PolicyWriter {
 public:
  PolicyWriter(const LinkedModel& model, PolicyFormat format)
      : model_(model), project_(model.project), format_(format) {}

  std::string write(std::span<const RolePolicy> policies) {
    for (const RolePolicy& policy : policies) {
      ArnWriter arns(project_, format_, *policy.function);
      std::string text;
      for (const PolicyStatement& row : policy.statements) text += statement(row, arns);
      for (const ArnPart part : {ArnPart::Partition, ArnPart::Region, ArnPart::Account})
        uses_[static_cast<std::size_t>(part)] |= arns.uses(part);
      text_ += '\n';
      comment(PolicyAccount(model_).about(policy, arns.holes()), {});
      frame(policy, text);
    }
    return head() + text_;
  }

 private:
  void comment(const std::vector<std::string>& lines, std::string_view indent) {
    for (const std::string& line : lines)
      text_ += cat(indent, mark(), line.empty() ? "" : " ", one_line(line), '\n');
  }
  [[nodiscard]] std::string_view mark() const { return format_ == PolicyFormat::Cdk ? "//" : "#"; }

  std::string statement(const PolicyStatement& row, ArnWriter& arns) {
    std::string comments;
    const std::string_view indent = format_ == PolicyFormat::CloudFormation ? "          " : "  ";
    for (const std::string& line : PolicyAccount(model_).why(row))
      comments += cat(indent, mark(), ' ', one_line(line), '\n');
    switch (format_) {
      case PolicyFormat::CloudFormation: return comments + yaml(row, arns);
      case PolicyFormat::Terraform: return comments + hcl(row, arns);
      default: return comments + typescript(row, arns);
    }
  }
  std::string yaml(const PolicyStatement& row, ArnWriter& arns) {
    std::string text =
        cat("          - Sid: ", row.sid, "\n            Effect: Allow\n            Action:\n");
    for (const std::string& action : row.actions) text += cat("              - ", action, '\n');
    text += "            Resource:\n";
    for (const PolicyArn& arn : row.resources)
      text += cat("              - ", arns.written(arn), '\n');
    return text;
  }
  // "[a, b]", each on a line of its own where there are several.
  static std::string list(const std::vector<std::string>& items, std::string_view indent) {
    if (items.size() == 1) return cat('[', items[0], ']');
    std::string text = "[\n";
    for (const std::string& item : items) text += cat(indent, "  ", item, ",\n");
    return text + std::string(indent) + ']';
  }
  static std::vector<std::string> actions_of(const PolicyStatement& row) {
    std::vector<std::string> all;
    for (const std::string& action : row.actions) all.push_back(in_double_quotes(action));
    return all;
  }
  static std::vector<std::string> resources_of(const PolicyStatement& row, ArnWriter& arns) {
    std::vector<std::string> all;
    for (const PolicyArn& arn : row.resources) all.push_back(arns.written(arn));
    return all;
  }
  std::string hcl(const PolicyStatement& row, ArnWriter& arns) {
    return cat("  statement {\n    sid       = ", in_double_quotes(row.sid),
               "\n    effect    = \"Allow\"\n", "    actions   = ", list(actions_of(row), "    "),
               "\n    resources = ", list(resources_of(row, arns), "    "), "\n  }\n");
  }
  std::string typescript(const PolicyStatement& row, ArnWriter& arns) {
    return cat("  new iam.PolicyStatement({\n    sid: ", in_double_quotes(row.sid),
               ",\n    actions: ", list(actions_of(row), "    "),
               ",\n    resources: ", list(resources_of(row, arns), "    "), ",\n  }),\n");
  }

  // What stands around the statements of one function.
  void frame(const RolePolicy& policy, const std::string& statements) {
    const std::string name(shown_name(project_, *policy.function));
    switch (format_) {
      case PolicyFormat::CloudFormation: {
        std::string id = camel_name(name);
        if (id[0] >= 'a' && id[0] <= 'z') id[0] = static_cast<char>(id[0] - 'a' + 'A');
        text_ += cat("  ", id,
                     "Policy:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyName: ", id,
                     "Policy\n      Roles: [", role_of(policy), "]\n      PolicyDocument:\n",
                     "        Version: \"2012-10-17\"\n        Statement:\n", statements);
        return;
      }
      case PolicyFormat::Terraform: {
        const std::string id = snake_name(name);
        text_ += cat("data \"aws_iam_policy_document\" ", in_double_quotes(id), " {\n", statements,
                     "}\n\nresource \"aws_iam_role_policy\" ", in_double_quotes(id),
                     " {\n  role   = ", role_of(policy),
                     "\n  policy = data.aws_iam_policy_document.", id, ".json\n}\n");
        return;
      }
      default:
        text_ += cat("for (const statement of [\n", statements, "]) ", camel_name(name),
                     ".addToRolePolicy(statement);\n");
    }
  }
  // The role in the words of the language; where the templates do not declare it, one to put in.
  [[nodiscard]] std::string role_of(const RolePolicy& policy) const {
    const Stacks& stacks = project_.stacks;
    const bool is_here = policy.role.exists() &&
                         ArnWriter(project_, format_, *policy.function).is_native(policy.role);
    const std::string address =
        is_here ? own_address((*project_.pool)[stacks[policy.role].address]) : std::string();
    if (format_ == PolicyFormat::CloudFormation)
      return cat("!Ref ", is_here ? address : cat(camel_name(policy.function->name), "Role"));
    return is_here ? cat(address, ".id") : cat("var.", snake_name(policy.function->name), "_role");
  }

  [[nodiscard]] std::string head() const {
    const auto used = [&](ArnPart part) { return uses_[static_cast<std::size_t>(part)]; };
    const bool any = used(ArnPart::Partition) || used(ArnPart::Region) || used(ArnPart::Account);
    switch (format_) {
      case PolicyFormat::CloudFormation: return "Resources:\n";
      case PolicyFormat::Terraform: {
        std::string text;
        if (used(ArnPart::Partition)) text += "data \"aws_partition\" \"current\" {}\n";
        if (used(ArnPart::Region)) text += "data \"aws_region\" \"current\" {}\n";
        if (used(ArnPart::Account)) text += "data \"aws_caller_identity\" \"current\" {}\n";
        return text;
      }
      default:
        return cat(any ? "import { Aws } from \"aws-cdk-lib\";\n" : "",
                   "import * as iam from \"aws-cdk-lib/aws-iam\";\n");
    }
  }

  const LinkedModel& model_;
  const Project& project_;
  const PolicyFormat format_;
  std::string text_ = {};
  std::array<bool, 8> uses_ = {};
};

}  // namespace

std::string policies_text(const LinkedModel& model, std::span<const RolePolicy> policies,
                          PolicyFormat format) {
  switch (format) {
    case PolicyFormat::Iam: return iam_text(model, policies);
    case PolicyFormat::Json: return PolicyAccount(model).json(policies);
    default: return PolicyWriter(model, format).write(policies);
  }
}

std::string policies_account(const LinkedModel& model, std::span<const RolePolicy> policies) {
  std::string text;
  for (const RolePolicy& policy : policies) {
    ArnWriter arns(model.project, PolicyFormat::Iam, *policy.function);
    PolicyAccount account(model);
    std::string statements;
    for (const PolicyStatement& row : policy.statements) {
      statements += cat("  ", row.sid, '\n');
      for (const PolicyArn& arn : row.resources) arns.written(arn);
      for (const std::string& line : account.why(row))
        statements += cat("    ", one_line(line), '\n');
    }
    if (!text.empty()) text += '\n';
    const std::vector<std::string> about = account.about(policy, arns.holes());
    for (std::size_t i = 0; i < about.size(); ++i) {
      text += cat(i == 0 ? line_start(about[i]) : one_line(about[i]), '\n');
      if (i == 0) text += statements;
    }
  }
  return text;
}

}  // namespace fnlint
