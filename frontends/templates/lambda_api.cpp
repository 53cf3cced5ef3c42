// Writes the resources that an answer speaks of, renames members to CloudFormation's properties,
// and drops what only the API says.

#include "frontends/templates/lambda_api.h"

#include "core/text.h"
#include "frontends/documents/document.h"
#include "frontends/templates/expression_reader.h"
#include "frontends/templates/finish.h"
#include "frontends/templates/lambda_api_forms.h"

#include <algorithm>
#include <array>
#include <optional>

namespace fnlint {

namespace {

// What the API answers and no template has. What is not named here keeps its name.
constexpr std::array<std::string_view, 19> kAnswersOnly{
    "CodeSha256",       "CodeSize",          "ConfigSha256",
    "FunctionArn",      "LastModified",      "LastUpdateStatus",
    "LastUpdateStatusReason", "LastUpdateStatusReasonCode", "MasterArn",
    "ResponseMetadata", "RevisionId",        "RuntimeVersionConfig",
    "SigningJobArn",    "SigningProfileVersionArn", "State",
    "StateReason",      "StateReasonCode",   "StateTransitionReason",
    "Version"};

constexpr std::string_view kLambdaFunction = "AWS::Lambda::Function";

// "resize" and "live" of "arn:aws:lambda:eu-west-1:123456789012:function:resize:live", "resize:live"
// or "123456789012:function:resize".
struct FunctionName {
  std::string name = {}, qualifier = {};
};
FunctionName function_name(std::string_view text) {
  constexpr std::string_view kMark = "function:";
  if (const std::size_t at = text.rfind(kMark); at != std::string_view::npos)
    text.remove_prefix(at + kMark.size());
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return {std::string(text), {}};
  return {std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

class ApiReader {
 public:
  ApiReader(const Document& document, TemplateBuilder& builder)
      : document_(document), builder_(builder), expressions_(document, builder) {}

  void read(NodeId root);

 private:
  using Entries = std::vector<Written>;
  using Read = void (ApiReader::*)(NodeId);

  void answer(NodeId node);
  void each(NodeId node, std::string_view list, Read item_reader);
  void function(NodeId node);
  void configuration(NodeId node) { configured(node, {}, {}); }
  void configured(NodeId node, NodeId code, NodeId concurrency);
  void version(NodeId node);
  void mapping(NodeId node);
  void policy(NodeId node);
  void statement(NodeId node, std::size_t number);
  void permission(NodeId node);
  void provisioned(NodeId node);
  void reserved(NodeId node);
  void alias(NodeId node);
  void layer(NodeId node);
  void url(NodeId node);
  void invoke_config(NodeId node);

  [[nodiscard]] NodeId find(NodeId node, std::string_view key) const {
    return node.exists() ? document_.find(node, key) : NodeId{};
  }
  [[nodiscard]] std::string text(NodeId node) const {
    return node.exists() && document_[node].kind == NodeKind::Text ? document_[node].text
                                                                   : std::string();
  }
  [[nodiscard]] bool is_empty_list(NodeId node) const {
    return !node.exists() ||
           (document_[node].kind == NodeKind::List && document_[node].items.count == 0);
  }
  void add(Entries& entries, std::string_view name, ExprId value, Range key) {
    builder_.add(entries, name, value, key);
  }
  // A member of the answer, as a property of that name.
  void copy(Entries& entries, NodeId node, std::string_view key, std::string_view name = {});
  void copy_value(Entries& entries, const MapEntry& entry, std::string_view name) {
    add(entries, name, expressions_.value(entry.value), entry.key_range);
  }
  ExprId arns(NodeId layers);
  void add_member(Entries& entries, const MapEntry& entry);
  void declare(std::string_view address, std::string_view type, NodeId node, Range name,
               const Entries& entries);
  // The function that an answer names; the range is the name's.
  FunctionName named(NodeId node, Range& where) const;
  void add_name(Entries& entries, std::string_view property, const FunctionName& function,
                Range where);

  const Document& document_;
  TemplateBuilder& builder_;
  ExpressionReader expressions_;
};

void ApiReader::copy(Entries& entries, NodeId node, std::string_view key, std::string_view name) {
  const MapEntry* entry = document_.find_entry(node, key);
  if (entry == nullptr || document_[entry->value].kind == NodeKind::Null) return;
  copy_value(entries, *entry, name.empty() ? key : name);
}

void ApiReader::declare(std::string_view address, std::string_view type, NodeId node, Range name,
                        const Entries& entries) {
  const Range whole = document_[node].range;
  if (name.begin == name.end) name = {whole.begin, whole.begin + 1};
  Declaration row{.address = builder_.string(address),
                  .type = builder_.string(type),
                  .body = builder_.record(entries, whole),
                  .attributes = builder_.record({}, whole),
                  .name_range = name,
                  .type_range = name,
                  .where = whole};
  builder_.facts.declarations.push_back(row);
}

FunctionName ApiReader::named(NodeId node, Range& where) const {
  for (const std::string_view key : {"FunctionName", "FunctionArn", "AliasArn"}) {
    const NodeId found = find(node, key);
    if (text(found).empty()) continue;
    where = document_[found].range;
    return function_name(text(found));
  }
  return {};
}

void ApiReader::add_name(Entries& entries, std::string_view property, const FunctionName& function,
                         Range where) {
  if (function.name.empty()) return;
  add(entries, property, builder_.text(function.name, where), where);
}

ExprId ApiReader::arns(NodeId layers) {
  std::vector<ExprId> items;
  for (const NodeId layer : document_.items_of(document_[layers])) {
    const NodeId arn = find(layer, "Arn");
    items.push_back(expressions_.value(arn.exists() ? arn : layer));
  }
  return builder_.list(items, document_[layers].range);
}

void ApiReader::add_member(Entries& entries, const MapEntry& entry) {
  const std::string_view key = entry.key;
  const Node& value = document_[entry.value];
  if (value.kind == NodeKind::Null) return;
  if (std::ranges::binary_search(kAnswersOnly, key) || key == "Code" || key == "Tags") return;
  if (key == "FunctionName") return;
  if (key == "KMSKeyArn") return copy_value(entries, entry, "KmsKeyArn");
  if (key == "Layers" && value.kind == NodeKind::List)
    return add(entries, key, arns(entry.value), entry.key_range);
  if (key == "VpcConfig") {  // of a function outside of any, with empty lists
    const bool none = is_empty_list(find(entry.value, "SubnetIds")) &&
                      is_empty_list(find(entry.value, "SecurityGroupIds"));
    if (none) return;
  }
  if (key == "ImageConfigResponse") {
    const MapEntry* config = document_.find_entry(entry.value, "ImageConfig");
    if (config != nullptr) copy_value(entries, *config, "ImageConfig");
    return;
  }
  copy_value(entries, entry, key);
}

void ApiReader::configured(NodeId node, NodeId code, NodeId concurrency) {
  if (!node.exists() || document_[node].kind != NodeKind::Map) return;
  Range where;
  const FunctionName function = named(node, where);
  if (function.name.empty()) return;
  Entries entries;
  add_name(entries, "FunctionName", function, where);
  for (const MapEntry& entry : document_.entries_of(document_[node])) add_member(entries, entry);
  if (!code.exists()) code = find(node, "Code");
  if (const MapEntry* image = code.exists() ? document_.find_entry(code, "ImageUri") : nullptr) {
    Entries inner;
    copy_value(inner, *image, "ImageUri");
    add(entries, "Code", builder_.record(inner, document_[code].range), image->key_range);
  } else if (code.exists() && (find(code, "S3Bucket").exists() || find(code, "ZipFile").exists())) {
    add(entries, "Code", expressions_.value(code), document_[code].range);
  }
  if (concurrency.exists()) copy(entries, concurrency, "ReservedConcurrentExecutions");
  declare(function.name, kLambdaFunction, node, where, entries);
}

void ApiReader::function(NodeId node) {
  configured(find(node, "Configuration"), find(node, "Code"), find(node, "Concurrency"));
}

void ApiReader::version(NodeId node) {
  Range where;
  const FunctionName function = named(node, where);
  const std::string number = text(find(node, "Version"));
  if (number.empty() || number == "$LATEST") return configuration(node);
  Entries entries;
  add_name(entries, "FunctionName", function, where);
  for (const std::string_view key : {"Version", "Role", "DeadLetterConfig"}) copy(entries, node, key);
  declare(cat(function.name, ":", number), "AWS::Lambda::Version", node, where, entries);
}

void ApiReader::mapping(NodeId node) {
  Entries entries;
  Range where;
  const FunctionName function = named(node, where);
  if (function.name.empty()) return;
  const MapEntry* named_by = document_.find_entry(node, "FunctionArn");
  if (named_by == nullptr) named_by = document_.find_entry(node, "FunctionName");
  copy_value(entries, *named_by, "FunctionName");
  constexpr std::array<std::string_view, 6> kOmitted{
      "FunctionArn", "FunctionName", "LastProcessingResult", "State", "UUID", "LastModified"};
  for (const MapEntry& entry : document_.entries_of(document_[node])) {
    if (std::ranges::find(kOmitted, entry.key) != kOmitted.end()) continue;
    if (document_[entry.value].kind != NodeKind::Null) copy_value(entries, entry, entry.key);
  }
  if (const NodeId state = find(node, "State"); state.exists()) {
    const bool off = text(state) == "Disabled" || text(state) == "Disabling";
    const Range range = document_[state].range;
    add(entries, "Enabled", builder_.boolean(!off, range), range);
  }
  std::string source = text(find(node, "UUID"));
  if (source.empty()) source = text(find(node, "EventSourceArn"));
  declare(cat(function.name, " mapping ", source), "AWS::Lambda::EventSourceMapping", node, where,
          entries);
}

// The policy is JSON inside a text: its places are those of the text.
void ApiReader::policy(NodeId node) {
  const NodeId content = find(node, "Policy");
  const Document inner = read_json(text(content));
  if (inner.roots.empty()) return;
  const NodeId statements = inner.find(inner.roots.front(), "Statement");
  if (!statements.exists() || inner[statements].kind != NodeKind::List) return;
  const Range where = document_[content].range;
  std::size_t number = 0;
  const auto text_at = [&](NodeId at, std::initializer_list<std::string_view> path) {
    for (const std::string_view key : path) at = at.exists() ? inner.find(at, key) : NodeId{};
    return at.exists() && inner[at].kind == NodeKind::Text ? inner[at].text : std::string();
  };
  for (const NodeId item : inner.items_of(inner[statements])) {
    if (text_at(item, {"Effect"}) != "Allow") continue;
    Entries entries;
    const auto put = [&](std::string_view name, const std::string& value) {
      if (!value.empty()) add(entries, name, builder_.text(value, where), where);
    };
    put("Action", text_at(item, {"Action"}));
    put("FunctionName", text_at(item, {"Resource"}));
    std::string principal = text_at(item, {"Principal"});
    if (principal.empty()) principal = text_at(item, {"Principal", "Service"});
    if (principal.empty()) principal = text_at(item, {"Principal", "AWS"});
    put("Principal", principal);
    for (const std::string_view test : {"ArnLike", "ArnEquals", "StringLike", "StringEquals"}) {
      put("SourceArn", text_at(item, {"Condition", test, "AWS:SourceArn"}));
      put("SourceArn", text_at(item, {"Condition", test, "aws:SourceArn"}));
      put("SourceAccount", text_at(item, {"Condition", test, "AWS:SourceAccount"}));
    }
    const std::string name = function_name(text_at(item, {"Resource"})).name;
    std::string sid = text_at(item, {"Sid"});
    if (sid.empty()) sid = std::to_string(++number);
    declare(cat(name, " permission ", sid), "AWS::Lambda::Permission", node, where, entries);
  }
}

void ApiReader::permission(NodeId node) {
  Range where;
  const FunctionName function = named(node, where);
  Entries entries;
  for (const MapEntry& entry : document_.entries_of(document_[node]))
    if (entry.key != "StatementId" && entry.key != "RevisionId")
      copy_value(entries, entry, entry.key);
  declare(cat(function.name, " permission ", text(find(node, "StatementId"))),
          "AWS::Lambda::Permission", node, where, entries);
}

// Concurrency that is kept ready for an alias or version. An answer about one does not say for
// which.
void ApiReader::provisioned(NodeId node) {
  Range where;
  FunctionName function = named(node, where);
  if (function.qualifier.empty()) function.qualifier = text(find(node, "Qualifier"));
  const MapEntry* amount = document_.find_entry(node, "RequestedProvisionedConcurrentExecutions");
  if (amount == nullptr) amount = document_.find_entry(node, "ProvisionedConcurrentExecutions");
  if (amount == nullptr) return;
  if (where.begin == where.end) where = amount->key_range;
  Entries entries, config;
  add_name(entries, "FunctionName", function, where);
  if (!function.qualifier.empty())
    add(entries, "Qualifier", builder_.text(function.qualifier, where), where);
  copy_value(config, *amount, "ProvisionedConcurrentExecutions");
  add(entries, "ProvisionedConcurrencyConfig", builder_.record(config, document_[node].range),
      amount->key_range);
  declare(cat(function.name, function.qualifier.empty() ? "" : ":", function.qualifier,
              " provisioned concurrency"),
          "Lambda::ProvisionedConcurrency", node, where, entries);
}

void ApiReader::reserved(NodeId node) {
  Range where;
  const FunctionName function = named(node, where);
  Entries entries;
  add_name(entries, "FunctionName", function, where);
  copy(entries, node, "ReservedConcurrentExecutions");
  if (function.name.empty())
    declare("reserved concurrency", "Lambda::ReservedConcurrency", node, where, entries);
  else
    declare(function.name, kLambdaFunction, node, where, entries);
}

void ApiReader::alias(NodeId node) {
  Range where;
  const FunctionName function = named(node, where);
  const std::string name = text(find(node, "Name"));
  if (function.name.empty() || name.empty()) return;
  Entries entries;
  add_name(entries, "FunctionName", function, where);
  for (const std::string_view key : {"Name", "FunctionVersion", "RoutingConfig"})
    copy(entries, node, key);
  declare(cat(function.name, ":", name), "AWS::Lambda::Alias", node, where, entries);
}

void ApiReader::layer(NodeId node) {
  const NodeId arn = find(node, "LayerVersionArn");
  const std::string full = text(arn);
  constexpr std::string_view kMark = ":layer:";
  const std::size_t at = full.find(kMark);
  if (at == std::string::npos) return;
  const std::string name = full.substr(at + kMark.size());
  const Range where = document_[arn].range;
  Entries entries;
  add(entries, "LayerName", builder_.text(name.substr(0, name.find(':')), where), where);
  for (const std::string_view key : {"CompatibleRuntimes", "CompatibleArchitectures",
                                     "Description", "LicenseInfo"})
    copy(entries, node, key, key == "LicenseInfo" ? "LicenseInfo" : key);
  declare(cat("layer ", name), "AWS::Lambda::LayerVersion", node, where, entries);
}

void ApiReader::url(NodeId node) {
  Range where;
  const FunctionName function = named(node, where);
  if (function.name.empty()) return;
  Entries entries;
  copy(entries, node, "FunctionArn", "TargetFunctionArn");
  for (const std::string_view key : {"AuthType", "Cors", "InvokeMode"}) copy(entries, node, key);
  declare(cat(function.name, function.qualifier.empty() ? "" : ":", function.qualifier, " url"),
          "AWS::Lambda::Url", node, where, entries);
}

void ApiReader::invoke_config(NodeId node) {
  Range where;
  const FunctionName function = named(node, where);
  if (function.name.empty()) return;
  Entries entries;
  add_name(entries, "FunctionName", function, where);
  if (!function.qualifier.empty())
    add(entries, "Qualifier", builder_.text(function.qualifier, where), where);
  for (const std::string_view key :
       {"MaximumRetryAttempts", "MaximumEventAgeInSeconds", "DestinationConfig"})
    copy(entries, node, key);
  declare(cat(function.name, function.qualifier.empty() ? "" : ":", function.qualifier,
              " event invoke config"),
          "AWS::Lambda::EventInvokeConfig", node, where, entries);
}

void ApiReader::each(NodeId node, std::string_view list, Read item_reader) {
  const NodeId items = find(node, list);
  if (!items.exists() || document_[items].kind != NodeKind::List) return;
  for (const NodeId item : document_.items_of(document_[items]))
    if (document_[item].kind == NodeKind::Map) (this->*item_reader)(item);
}

void ApiReader::answer(NodeId node) {
  std::vector<std::string_view> keys;
  for (const MapEntry& entry : document_.entries_of(document_[node])) keys.push_back(entry.key);
  const ApiForm* form = form_of(keys);
  if (form == nullptr) return;
  switch (form->content) {
    case ApiContent::Function: return function(node);
    case ApiContent::Configuration: return configuration(node);
    case ApiContent::Functions: return each(node, "Functions", &ApiReader::configuration);
    case ApiContent::Versions: return each(node, "Versions", &ApiReader::version);
    case ApiContent::Mapping: return mapping(node);
    case ApiContent::Mappings: return each(node, "EventSourceMappings", &ApiReader::mapping);
    case ApiContent::Policy: return policy(node);
    case ApiContent::Permission: return permission(node);
    case ApiContent::Provisioned: return provisioned(node);
    case ApiContent::ProvisionedList:
      return each(node, "ProvisionedConcurrencyConfigs", &ApiReader::provisioned);
    case ApiContent::Reserved: return reserved(node);
    case ApiContent::Alias: return alias(node);
    case ApiContent::Aliases: return each(node, "Aliases", &ApiReader::alias);
    case ApiContent::Layer: return layer(node);
    case ApiContent::Url: return url(node);
    case ApiContent::Urls: return each(node, "FunctionUrlConfigs", &ApiReader::url);
    case ApiContent::InvokeConfig: return invoke_config(node);
    case ApiContent::InvokeConfigs:
      return each(node, "FunctionEventInvokeConfigs", &ApiReader::invoke_config);
  }
}

// An answer, or the pages of one.
void ApiReader::read(NodeId root) {
  if (document_[root].kind == NodeKind::Map) answer(root);
  if (document_[root].kind != NodeKind::List) return;
  for (const NodeId page : document_.items_of(document_[root]))
    if (document_[page].kind == NodeKind::Map) answer(page);
}

}  // namespace

TemplateFacts read_lambda_api(std::string_view text) {
  Document document = read_json(text);
  TemplateBuilder builder;
  builder.facts.dialect = TemplateDialect::LambdaApi;
  ApiReader reader(document, builder);
  for (const NodeId root : document.roots) reader.read(root);
  return finish(builder, document);
}

}  // namespace fnlint
