// Policy documents of roles, held against what IAM refuses before it makes one.
// Source: AWS IAM User Guide, "Grammar of the IAM JSON policy language" and "IAM JSON policy
// elements"; IAM's own words for a malformed document.

#include "core/text.h"
#include "link/stacks/arn.h"
#include "link/stacks/stack_conditions.h"
#include "link/stacks/stack_faults.h"
#include "link/stacks/stack_json.h"
#include "link/stacks/stack_properties.h"
#include "tables/known.h"

#include <algorithm>
#include <array>
#include <map>

namespace fnlint::stacks {

namespace {

constexpr std::array<std::string_view, 2> kVersions{"2012-10-17", "2008-10-17"};

bool is_known_key(std::span<const std::string_view> keys, std::string_view key) {
  return std::ranges::any_of(keys, [&](std::string_view one) { return lower(one) == lower(key); });
}

bool is_alphanumeric(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

bool is_iam_arn(std::string_view text) {
  return text.starts_with("arn:") &&
         (text.find(":iam::") != text.npos || text.find(":sts::") != text.npos);
}

// One document: of what a role may do, or (`trust`) of who may be it.
class PolicyDocument {
 public:
  PolicyDocument(LinkContext& build, ResourceId resource, bool trust)
      : build_(build), resource_(resource), trust_(trust) {}
  void judge(const Node& document);
  // Of a resource that is no role: its form and who is named.
  void judge_of_resource(const Node& document);

 private:
  void fault(Span where, std::string what, ValueId value = {}) {
    const std::uint8_t resting = value.exists() ? build_.pool[value].uncertainty : std::uint8_t{0};
    add_fault(build_, {.kind = TemplateFaultKind::PolicyDocument,
                       .uncertainty = static_cast<std::uint8_t>(uncertainty_ | resting),
                       .resource = resource_,
                       .what = std::move(what),
                       .where = where});
  }
  [[nodiscard]] bool is_given(const Node& node) const {
    if (!node) return false;
    const ValueKind kind = build_.pool[node.value()].kind;
    return kind != ValueKind::Absent && kind != ValueKind::Null;
  }
  // The choices under which it is given; empty lists and null are not.
  [[nodiscard]] std::vector<GuardId> ways_given(const Node& node) const {
    std::vector<GuardId> ways;
    if (!is_given(node)) return ways;
    const ValuePool& pool = build_.pool;
    const auto is_nothing = [&](ValueId one) {
      return pool.is(one, ValueKind::Null) || pool.is(one, ValueKind::Absent) ||
             (pool.is(one, ValueKind::List) && pool[one].ref == 0 && pool.operands(one).empty());
    };
    const ValueId value = node.value();
    if (!pool.is(value, ValueKind::OneOf)) {
      if (!is_nothing(value)) ways.push_back(node.when());
      return ways;
    }
    for (std::size_t i = 0; i < pool.operands(value).size(); ++i)
      if (!is_nothing(pool.operands(value)[i]))
        if (const auto when = both(build_, node.when(), pool.guards(value)[i]))
          ways.push_back(*when);
    return ways;
  }
  // At most one of two elements may stand in a statement.
  void judge_pair(const Node& one, const Node& other, std::string_view words) {
    const std::vector<GuardId> ways = ways_given(one), others = ways_given(other);
    std::optional<GuardId> together;
    for (const GuardId way : ways)
      for (const GuardId with : others)
        if (const auto when = both(build_, way, with); when && !together) together = when;
    if (!together) return;
    const std::uint8_t before = uncertainty_;
    if (!build_.pool.always(*together)) uncertainty_ |= kConditional;
    fault(other.key(), std::string(words));
    uncertainty_ = before;
  }
  // Everything that it holds is known by name.
  [[nodiscard]] bool is_whole(const Node& map) const {
    const Value& row = build_.pool[map.value()];
    return !misspelt_ && row.kind == ValueKind::Record && row.ref == 0;
  }
  [[nodiscard]] std::optional<std::string_view> text(const Node& node) const {
    return node ? as_text(build_.pool, node.value()) : std::nullopt;
  }
  // Whether there is one that is no element: it may be another, misspelt.
  bool judge_keys(const Node& map, std::span<const std::string_view> keys, std::string_view of);
  void judge_statement(const Node& statement);
  void judge_effect(const Node& statement);
  void judge_whom(const Node& statement);
  void judge_principals(const Node& statement);
  void judge_actions(const Node& statement);
  void judge_resources(const Node& statement);
  void judge_sids(const Node& statements);
  void judge_resource(const Node& resource);
  [[nodiscard]] bool is_name_of_resource(ValueId value) const;
  [[nodiscard]] Node read(const Node& document);

  LinkContext& build_;
  ResourceId resource_;
  bool trust_;
  std::uint8_t uncertainty_ = 0;
  bool misspelt_ = false;  // the statement has a key that is no element
};

bool PolicyDocument::judge_keys(const Node& map, std::span<const std::string_view> keys,
                                std::string_view of) {
  bool any = false;
  for (const Node& child : map.children()) {
    if (is_known_key(keys, child.name()) || !is_given(child) || child.name() == kRest ||
        child.name().empty())
      continue;
    fault(child.key(), cat("'", child.name(), "' is no element of ", of));
    any = true;
  }
  return any;
}

void PolicyDocument::judge_effect(const Node& statement) {
  const Node effect = statement["Effect"];
  const auto word = text(effect);
  if (word && *word != "Allow" && *word != "Deny")
    fault(effect.where(), cat("Effect is '", *word, "', and has to be Allow or Deny"),
          effect.value());
  if (!effect && is_whole(statement)) fault(statement.where(), "a statement has no Effect");
  const Node sid = statement["Sid"];
  if (const auto id = text(sid); id && !is_alphanumeric(*id))
    fault(sid.where(), cat("the Sid '", *id, "' has other characters than letters and digits"),
          sid.value());
}

void PolicyDocument::judge_whom(const Node& statement) {
  for (const std::string_view key : {"Principal", "NotPrincipal"})
    if (const Node principal = statement[key]; !trust_ && is_given(principal))
      fault(principal.key(), cat(key, " may not stand in a policy of a role"));
  const bool names = statement["Principal"] || statement["NotPrincipal"];
  if (trust_ && !names && is_whole(statement))
    fault(statement.where(), "a statement of the trust policy has no Principal");
}

// The ARN of a user or role has no wildcard: "*" alone is everybody.
void PolicyDocument::judge_principals(const Node& statement) {
  for (const std::string_view key : {"Principal", "NotPrincipal"}) {
    const Node named = statement[key]["AWS"];
    std::vector<Node> all = named.children();
    if (named && !named.has_children()) all.push_back(named);
    for (const Node& one : all)
      if (const auto arn = text(one); arn && is_iam_arn(*arn) && arn->find('*') != arn->npos)
        fault(
            one.where(),
            cat("the ", key, " '", *arn, "' has a wildcard, and names nobody; only '*' alone does"),
            one.value());
  }
}

void PolicyDocument::judge_actions(const Node& statement) {
  const Node one = statement["Action"], other = statement["NotAction"];
  judge_pair(one, other, "a statement has both Action and NotAction");
  if (!one && !other && is_whole(statement)) fault(statement.where(), "a statement has no Action");
  const Node actions = one ? one : other;
  std::vector<Node> all = actions.children();
  if (actions && !actions.has_children()) all.push_back(actions);
  for (const Node& action : all) {
    const auto name = text(action);
    if (name && !name->empty() && *name != "*" && name->find(':') == name->npos &&
        name->find('$') == name->npos)
      fault(action.where(), cat("the action '", *name, "' has no service before it (\"s3:...\")"),
            action.value());
  }
}

// Ref of a resource that gives its name or address.
bool PolicyDocument::is_name_of_resource(ValueId value) const {
  const Value& row = build_.pool[value];
  if (row.kind != ValueKind::Reference || !build_.pool.text(value).empty()) return false;
  if (row.ref >= build_.stacks.resources.size()) return false;
  const Resource& resource = build_.stacks.resources[row.ref];
  const ResourceType* const type = find_resource_type(build_.pool[resource.type]);
  return type != nullptr && !type->arn.empty() && type->ref != RefGives::Arn &&
         build_.pool[resource.native_type].find("::") != std::string_view::npos;
}

void PolicyDocument::judge_resource(const Node& resource) {
  // "${Bucket}/*": what a text begins with decides.
  const bool is_text = resource.value().exists() &&
                       build_.pool.is(resource.value(), ValueKind::Pattern) &&
                       !build_.pool.operands(resource.value()).empty();
  const ValueId head = is_text ? build_.pool.operands(resource.value())[0] : resource.value();
  if (is_name_of_resource(head)) {
    const auto row = static_cast<std::uint32_t>(build_.pool[head].ref);
    fault(resource.where(),
          cat(is_text ? "Resource begins with the name of '" : "Resource is the name of '",
              build_.address(ResourceId{row}), "', and has to be its ARN"));
    return;
  }
  const auto arn = text(resource);
  // What an input's default stands for is given when it is deployed.
  if (arn && build_.pool[resource.value()].uncertainty == 0 && !arn->empty() &&
      !arn->starts_with("arn:") && !arn->starts_with('*') && arn->find('$') == arn->npos &&
      arn->find("{{") == arn->npos)
    fault(resource.where(), cat("Resource is '", *arn, "', and has to be an ARN or '*'"));
}

void PolicyDocument::judge_resources(const Node& statement) {
  const Node one = statement["Resource"], other = statement["NotResource"];
  if (trust_) {
    if (is_given(one) || is_given(other))
      fault((one ? one : other).key(), "Resource may not stand in a trust policy");
    return;
  }
  judge_pair(one, other, "a statement has both Resource and NotResource");
  if (!one && !other && is_whole(statement))
    fault(statement.where(), "a statement has no Resource");
  const Node resources = one ? one : other;
  if (resources && !resources.has_children()) judge_resource(resources);
  for (const Node& resource : resources.children()) judge_resource(resource);
}

void PolicyDocument::judge_statement(const Node& statement) {
  if (!statement.has_children()) return;
  const std::uint8_t before = uncertainty_;
  if (!build_.pool.always(statement.when()) &&
      statement.when() != build_.resource(resource_).exists)
    uncertainty_ |= kConditional;
  misspelt_ = judge_keys(statement, known::policy_statement_keys(), "a statement");
  judge_effect(statement);
  judge_whom(statement);
  judge_principals(statement);
  judge_actions(statement);
  judge_resources(statement);
  uncertainty_ = before;
  misspelt_ = false;
}

// In one policy each statement has a Sid of its own.
void PolicyDocument::judge_sids(const Node& statements) {
  std::map<std::string_view, GuardId> met;
  for (const Node& statement : statements.children()) {
    const Node sid = statement["Sid"];
    const auto id = text(sid);
    if (!id || id->empty()) continue;
    const auto [row, is_new] = met.emplace(*id, statement.when());
    if (is_new) continue;
    if (const auto together = both(build_, row->second, statement.when());
        together && *together == statement.when())
      fault(sid.where(), cat("another statement has the Sid '", *id, "' as well"), sid.value());
  }
}

// A document that is written as a text. Text that is no JSON is refused by IAM, and by Terraform
// before; what tools fill in is no JSON either.
Node PolicyDocument::read(const Node& document) {
  if (!document || document.has_children()) return document;
  const auto written = as_text(build_.pool, document.value());
  if (!written) return {};
  const Node inside = locate_json_value(build_, document.value(), document.where());
  constexpr std::array<std::string_view, 6> kMarks{"{{", "{%", "{#", "${", "<%", "__"};
  const bool filled_in = std::ranges::any_of(
      kMarks, [&](std::string_view mark) { return written->find(mark) != written->npos; });
  if (!inside && !filled_in && trim(*written).starts_with('{') &&
      build_.pool[document.value()].uncertainty == 0)
    fault(document.where(), "its text is no JSON (a comma or a quote too many or too few?)");
  return inside.has_children() ? inside : Node{};
}

void PolicyDocument::judge_of_resource(const Node& document) {
  const Node whole = read(document);
  const Node statements = whole["Statement"];
  if (statements["Principal"] || statements["Effect"])
    judge_principals(statements);
  else
    for (const Node& statement : statements.children()) judge_principals(statement);
}

void PolicyDocument::judge(const Node& given) {
  const Node document = read(given);
  if (!document) return;
  judge_keys(document, known::policy_document_keys(), "a policy");
  const Node version = document["Version"];
  if (const auto day = text(version); day && !is_one_of(kVersions, *day))
    fault(version.where(), cat("there is no Version '", *day, "' of the language of policies"));
  const Node statements = document["Statement"];
  if (!statements && is_whole(document)) fault(document.where(), "it has no Statement");
  if (statements["Action"] || statements["Effect"])
    judge_statement(statements);
  else
    for (const Node& statement : statements.children()) judge_statement(statement);
  judge_sids(statements);
}

// Of SAM's function: documents among names and templates of policies.
void judge_sam_policies(LinkContext& build, ResourceId id, const Node& policies) {
  if (policies["Statement"]) {
    PolicyDocument(build, id, false).judge(policies);
    return;
  }
  for (const Node& policy : policies.children())
    if (policy["Statement"]) PolicyDocument(build, id, false).judge(policy);
}

// Whose properties of that name are policies, also where they are texts.
bool is_document_type(const LinkContext& build, ResourceId id) {
  constexpr std::array<std::string_view, 9> kTypes{
      "AWS::SQS::Queue",         "AWS::SQS::QueuePolicy",
      "AWS::SNS::Topic",         "AWS::SNS::TopicPolicy",
      "AWS::S3::Bucket",         "AWS::S3::BucketPolicy",
      "AWS::KMS::Key",           "AWS::SecretsManager::ResourcePolicy",
      "AWS::ApiGateway::RestApi"};
  return is_one_of(kTypes, build.pool[build.resource(id).type]);
}

}  // namespace

void judge_policies(LinkContext& build) {
  for (std::uint32_t i = 0; i < build.drafts.size(); ++i) {
    const ResourceId id{i};
    if (build.drafts[i].declaration == nullptr || build.superseded(id)) continue;
    const auto dialect =
        static_cast<TemplateDialect>(build.stacks.scopes[build.resource(id).scope].dialect);
    if (dialect == TemplateDialect::CdkProgram) continue;  // constructs write the documents
    const Node properties = build.drafts[i].properties;
    const ResourceKind kind = build.resource(id).kind;
    if (kind == ResourceKind::Role) {
      PolicyDocument(build, id, true).judge(properties["AssumeRolePolicyDocument"]);
      for (const Node& policy : properties["Policies"].children())
        PolicyDocument(build, id, false).judge(policy["PolicyDocument"]);
    } else if (kind == ResourceKind::Policy) {
      PolicyDocument(build, id, false).judge(properties["PolicyDocument"]);
    } else if (build.pool[build.resource(id).native_type] == "AWS::Serverless::Function" &&
               !properties["Role"]) {
      judge_sam_policies(build, id, properties["Policies"]);
    } else {
      for (const std::string_view name :
           {"PolicyDocument", "Policy", "ResourcePolicy", "KeyPolicy"})
        if (properties[name]["Statement"] || is_document_type(build, id))
          PolicyDocument(build, id, false).judge_of_resource(properties[name]);
    }
  }
}

}  // namespace fnlint::stacks
