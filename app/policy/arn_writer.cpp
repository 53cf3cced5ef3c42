// Chooses, for each resource in an ARN, the reference that the language has for it, or a
// placeholder to fill in.

#include "app/policy/arn_writer.h"

#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/policy_forms.h"
#include "tables/templates.h"

#include <algorithm>

namespace fnlint {

namespace {

bool is_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// "Orders" of "Shop/Orders/Resource": what CDK's users call a construct.
std::string_view last_name(std::string_view name) {
  constexpr std::string_view kResource = "/Resource";
  if (name.ends_with(kResource)) name.remove_suffix(kResource.size());
  return name.substr(name.find_last_of("/.") + 1);
}

std::string_view cdk_attribute(ResourceKind kind) {
  for (const CdkArn& row : cdk_arns())
    if (row.kind == kind) return row.name;
  return {};
}

}  // namespace

std::string own_address(std::string_view address) {
  constexpr std::string_view kModule = "module.";
  while (address.starts_with(kModule)) {
    const std::size_t end = address.find('.', kModule.size());
    if (end == address.npos) break;
    address.remove_prefix(end + 1);
  }
  return std::string(address);
}

std::string camel_name(std::string_view name) {
  std::string out;
  bool begins = false;
  for (const char c : last_name(name)) {
    if (is_alnum(c)) out += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    begins = !is_alnum(c) && !out.empty();
  }
  if (!out.empty() && out[0] >= 'A' && out[0] <= 'Z')
    out[0] = static_cast<char>(out[0] - 'A' + 'a');
  return out.empty() || (out[0] >= '0' && out[0] <= '9') ? cat("the", out) : out;
}

std::string snake_name(std::string_view name) {
  std::string out;
  for (const char c : last_name(name)) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool parts = is_upper && !out.empty() && out.back() >= 'a' && out.back() <= 'z';
    if (!is_alnum(c) || parts) out += out.empty() || out.back() == '_' ? "" : "_";
    if (is_alnum(c)) out += is_upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out.empty() || (out[0] >= '0' && out[0] <= '9') ? cat("the_", out) : out;
}

std::string in_double_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) continue;  // no name of AWS has any
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

ArnWriter::ArnWriter(const Project& project, PolicyFormat format, const LambdaFunction& function)
    : project_(project),
      format_(format),
      arns_(project),
      scope_(project.stacks[function.resource].scope) {}

bool ArnWriter::is_native(ResourceId resource) const {
  const Resource& row = project_.stacks[resource];
  const auto dialect = static_cast<TemplateDialect>(project_.stacks.scopes[row.scope].dialect);
  if (row.external) return false;
  const bool is_terraform =
      dialect == TemplateDialect::Terraform || dialect == TemplateDialect::TerraformPlan;
  switch (format_) {
    case PolicyFormat::CloudFormation:
      return row.scope == scope_ &&
             (dialect == TemplateDialect::CloudFormation || dialect == TemplateDialect::Sam ||
              dialect == TemplateDialect::ServerlessFramework);
    case PolicyFormat::Terraform: return row.scope == scope_ && is_terraform;
    case PolicyFormat::Cdk: return !is_terraform && !cdk_attribute(row.kind).empty();
    default: return false;
  }
}

// A parameter has no attribute of CloudFormation with its ARN.
bool ArnWriter::has_no_arn(const ArnPiece& piece) const {
  return format_ == PolicyFormat::CloudFormation && piece.part == ArnPart::Arn &&
         project_.stacks[piece.resource].kind == ResourceKind::Parameter;
}

// The name of what has to be put in for a resource.
std::string ArnWriter::hole_for(const ArnPiece& piece, bool has_form) {
  const std::string called = name_of(project_, piece.resource);
  const bool is_name = piece.part == ArnPart::Name || has_form;
  std::string hole_name;
  for (const char c : last_name(called))
    if (is_alnum(c)) hole_name += c;
  const bool is_parameter = format_ != PolicyFormat::Iam && format_ != PolicyFormat::Json;
  if (!is_name) hole_name += "Arn";
  if (is_name && is_parameter) hole_name += "Name";  // of the template, beside its resources
  const std::string_view kind = kind_label(project_.stacks[piece.resource].kind);
  const std::string words =
      cat(is_name ? "the name of the " : "the ARN of the ", kind, " '", called, "'");
  // A table and a queue may have one name.
  if (const auto other = holes_.find(hole_name); other != holes_.end() && other->second != words)
    for (const char c : kind)
      if (is_alnum(c)) hole_name += c;
  holes_[hole_name] = words;
  return hole_name;
}

// Without references to what this language cannot name.
PolicyArn ArnWriter::by_name(const PolicyArn& arn) {
  PolicyArn plain;
  for (const ArnPiece& piece : arn) {
    const bool names = piece.part == ArnPart::Arn || piece.part == ArnPart::Name;
    const ResourceType* const type =
        names ? find_resource_type(type_of(project_, piece.resource)) : nullptr;
    if (!names || is_native(piece.resource)) {
      if (has_no_arn(piece)) {
        const PolicyArn given = arns_.name_of_resource(piece.resource);
        const bool has_slash = !given.empty() && given.front().text.starts_with('/');
        const std::string_view form = type->arn;
        const PolicyArn name{{.part = ArnPart::Name, .resource = piece.resource}};
        const PolicyArn arn_of_name = ArnMaker::with_name(
            has_slash ? replace_all(form, "/{name}", "{name}") : std::string(form), name);
        plain.insert(plain.end(), arn_of_name.begin(), arn_of_name.end());
      } else {
        plain.push_back(piece);
      }
      continue;
    }
    const bool has_form = type != nullptr && !type->arn.empty();
    PolicyArn name = arns_.name_of_resource(piece.resource);
    if (name.empty()) {
      name.push_back({.part = ArnPart::Input, .text = hole_for(piece, has_form)});
    }
    if (piece.part == ArnPart::Arn && has_form) name = ArnMaker::with_name_of(*type, name);
    plain.insert(plain.end(), name.begin(), name.end());
  }
  return plain;
}

std::string ArnWriter::hole(const std::string& name, std::string words) {
  holes_.try_emplace(name, std::move(words));
  switch (format_) {
    case PolicyFormat::Terraform: return cat("var.", snake_name(name));
    case PolicyFormat::Cdk: return cat("props.", camel_name(name));
    default: return name;
  }
}

std::string ArnWriter::pseudo(ArnPart part) {
  used_[part] = true;
  const auto chosen = [&](std::string_view partition, std::string_view region,
                          std::string_view account) {
    return std::string(part == ArnPart::Partition ? partition
                       : part == ArnPart::Region  ? region
                                                  : account);
  };
  switch (format_) {
    case PolicyFormat::CloudFormation:
      return chosen("AWS::Partition", "AWS::Region", "AWS::AccountId");
    case PolicyFormat::Terraform:
      return chosen("data.aws_partition.current.partition", "data.aws_region.current.name",
                    "data.aws_caller_identity.current.account_id");
    case PolicyFormat::Cdk: return chosen("Aws.PARTITION", "Aws.REGION", "Aws.ACCOUNT_ID");
    default:
      holes_.try_emplace(
          part == ArnPart::Region ? "Region" : "Account",
          part == ArnPart::Region ? "the region of the deployment" : "the number of its account");
      return chosen("", "Region", "Account");
  }
}

std::string ArnWriter::interpolated(const std::string& expression) const {
  return cat("${", expression, "}");
}

// What a resource is called in an expression of the language.
std::string ArnWriter::reference(const ArnPiece& piece) const {
  const Resource& row = project_.stacks[piece.resource];
  const std::string address = own_address((*project_.pool)[row.address]);
  const bool is_arn = piece.part == ArnPart::Arn;
  switch (format_) {
    case PolicyFormat::CloudFormation: {
      const ResourceType* const type = find_resource_type(type_of(project_, piece.resource));
      const bool by_ref = !is_arn || (type != nullptr && type->ref == RefGives::Arn);
      return by_ref ? address : cat(address, ".Arn");
    }
    case PolicyFormat::Terraform: {
      const std::string_view name = row.kind == ResourceKind::Function ? ".function_name"
                                    : row.kind == ResourceKind::Bucket ? ".bucket"
                                                                       : ".name";
      return cat(address, is_arn ? std::string_view(".arn") : name);
    }
    case PolicyFormat::Cdk: {
      const std::string attribute(cdk_attribute(row.kind));
      std::string name = attribute;
      if (!is_arn) name.replace(name.size() - 3, 3, "Name");
      return cat(camel_name(name_of(project_, piece.resource)), '.', name);
    }
    default: return address;
  }
}

std::string ArnWriter::piece(const ArnPiece& piece) {
  switch (piece.part) {
    case ArnPart::Text: return piece.text;
    case ArnPart::Any: return "*";
    case ArnPart::Partition:
      if (format_ == PolicyFormat::Iam || format_ == PolicyFormat::Json) return "aws";
      return interpolated(pseudo(piece.part));
    case ArnPart::Region:
    case ArnPart::Account: return interpolated(pseudo(piece.part));
    case ArnPart::Input:
      return interpolated(hole(piece.text, cat("the input '", piece.text, "' of the template")));
    case ArnPart::Arn:
    case ArnPart::Name: return interpolated(reference(piece));
  }
  return {};
}

std::string ArnWriter::written(const PolicyArn& given) {
  const PolicyArn arn = by_name(given);
  const bool is_plain = format_ == PolicyFormat::Iam || format_ == PolicyFormat::Json;
  std::string text;
  bool is_text = true;
  for (const ArnPiece& one : arn) {
    text += piece(one);
    is_text = is_text && (one.part == ArnPart::Text || one.part == ArnPart::Any);
  }
  if (is_plain) return text;
  const bool is_alone = arn.size() == 1 && !is_text;
  if (format_ == PolicyFormat::CloudFormation) {
    if (!is_alone) return is_text ? in_double_quotes(text) : cat("!Sub ", in_double_quotes(text));
    const std::string expression = text.substr(2, text.size() - 3);
    return expression.ends_with(".Arn") ? cat("!GetAtt ", expression) : cat("!Ref ", expression);
  }
  if (is_alone) return text.substr(2, text.size() - 3);
  if (format_ == PolicyFormat::Cdk && !is_text) return cat('`', text, '`');
  return in_double_quotes(text);
}

}  // namespace fnlint
