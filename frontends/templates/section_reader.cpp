// Reads each section entry by entry, through Fn::ForEach, and notes which files a template names.

#include "frontends/templates/section_reader.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {
namespace {

// Properties that name a file of the project, which packaging replaces by an address.
struct FileProperty {
  std::string_view type, property;
  WantedKind kind{};
};
constexpr std::array kFileProperties{
    FileProperty{"AWS::CloudFormation::Stack", "TemplateURL", WantedKind::NestedTemplate},
    FileProperty{"AWS::CloudFormation::StackSet", "TemplateURL", WantedKind::NestedTemplate},
    FileProperty{"AWS::Serverless::Application", "Location", WantedKind::NestedTemplate},
    FileProperty{"AWS::Serverless::StateMachine", "DefinitionUri", WantedKind::Definition},
    FileProperty{"AWS::StepFunctions::StateMachine", "DefinitionS3Location",
                 WantedKind::Definition},
    FileProperty{"AWS::Serverless::Api", "DefinitionUri", WantedKind::Definition},
    FileProperty{"AWS::Serverless::HttpApi", "DefinitionUri", WantedKind::Definition},
    FileProperty{"AWS::ApiGateway::RestApi", "BodyS3Location", WantedKind::Definition},
    FileProperty{"AWS::ApiGatewayV2::Api", "BodyS3Location", WantedKind::Definition},
};
constexpr std::string_view kSam = "AWS::Serverless";

}  // namespace

void SectionReader::whole(NodeId root) {
  for (const MapEntry& entry : document_.entries_of(document_[root])) {
    if (!entry.key.empty()) section(entry.key, entry.value);
  }
}

void SectionReader::section(std::string_view name, NodeId content) {
  if (name.empty()) {
    whole(content);
  } else if (name == "Parameters") {
    entries(name, content, &SectionReader::parameter);
  } else if (name == "Mappings") {
    entries(name, content, &SectionReader::mapping);
  } else if (name == "Conditions") {
    entries(name, content, &SectionReader::condition);
  } else if (name == "Resources") {
    entries(name, content, &SectionReader::resource);
  } else if (name == "Outputs") {
    entries(name, content, &SectionReader::output);
  } else if (name == "Globals") {
    builder_.facts.globals = expressions_.value(content);
  } else if (name == "Metadata") {
    builder_.facts.metadata = expressions_.value(content);
  } else if (name == "Transform" || name == "Fn::Transform") {
    transform(content);
  }
}

void SectionReader::entries(std::string_view name, NodeId content, Reader read) {
  const Node& node = document_[content];
  if (node.kind != NodeKind::Map) {
    const bool empty = node.kind == NodeKind::Null;
    missing(node.range, cat(name, empty ? " is empty" : " must be a map"));
    return;
  }
  for (const MapEntry& entry : document_.entries_of(node)) each(name, entry, read);
}

void SectionReader::each(std::string_view name, const MapEntry& entry, Reader read) {
  if (entry.key.starts_with("${spread ")) return;  // what a program spreads is no entry yet
  if (entry.key == "Fn::Transform") {
    transform_name(entry.value, name);
  } else if (entry.key.starts_with(kForEachPrefix)) {
    loop(name, entry, read);
  } else {
    (this->*read)(entry);
  }
}

void SectionReader::loop(std::string_view name, const MapEntry& entry, Reader read) {
  const ExpressionReader::Loop found = expressions_.loop(entry);
  if (!found.valid) return;
  const LoopId outer = loop_;
  loop_ = LoopId{static_cast<std::uint32_t>(builder_.facts.loops.size())};
  builder_.facts.loops.push_back(
      {.name = builder_.string(std::string_view(entry.key).substr(kForEachPrefix.size())),
       .variable = builder_.string(found.variable),
       .collection = found.collection,
       .outer = outer,
       .where = entry_range(document_, entry)});
  expressions_.enter_loop(found.variable);
  entries(name, found.body, read);
  expressions_.leave_loop();
  loop_ = outer;
}

void SectionReader::parameter(const MapEntry& entry) {
  TemplateFacts& facts = builder_.facts;
  Input input{.name = builder_.string(entry.key), .where = entry.key_range};
  if (document_[entry.value].kind != NodeKind::Map) {
    missing(entry.key_range, cat("parameter ", entry.key, " must be a map"));
  }
  if (const NodeId type = document_.find(entry.value, "Type"); is_text(type)) {
    input.type = builder_.string(document_[type].text);
  }
  if (const NodeId fallback = document_.find(entry.value, "Default"); fallback.exists()) {
    input.fallback = expressions_.value(fallback);
  }
  if (const NodeId secret = document_.find(entry.value, "NoEcho"); secret.exists()) {
    input.secret = lower(document_[secret].text) == "true";
  }
  const NodeId allowed = document_.find(entry.value, "AllowedValues");
  input.allowed.first = static_cast<std::uint32_t>(facts.allowed.size());
  if (allowed.exists() && document_[allowed].kind == NodeKind::List) {
    for (const NodeId item : document_.items_of(document_[allowed])) {
      facts.allowed.push_back(expressions_.value(item));
    }
  }
  input.allowed.count = static_cast<std::uint32_t>(facts.allowed.size()) - input.allowed.first;
  facts.inputs.push_back(input);
}

NamedExpr SectionReader::named(const MapEntry& entry) {
  return {.name = builder_.string(entry.key),
          .name_in_loop = expressions_.key_in_loop(entry),
          .loop = loop_,
          .where = entry.key_range};
}

void SectionReader::mapping(const MapEntry& entry) {
  NamedExpr result = named(entry);
  result.value = expressions_.value(entry.value);
  if (document_[entry.value].kind != NodeKind::Map) {
    missing(entry.key_range, cat("mapping ", entry.key, " must be a map"));
  }
  builder_.facts.mappings.push_back(result);
}

void SectionReader::condition(const MapEntry& entry) {
  NamedExpr result = named(entry);
  result.value = expressions_.value(entry.value, ExpressionReader::Position::Condition);
  builder_.facts.conditions.push_back(result);
}

void SectionReader::output(const MapEntry& entry) {
  NamedExpr result = named(entry);
  const NodeId value = document_.find(entry.value, "Value");
  if (value.exists()) {
    result.value = expressions_.value(value);
  } else {
    result.value = builder_.unknown("an output without a value", entry.key_range);
    missing(entry.key_range, cat("output ", entry.key, " has no Value"));
  }
  const NodeId name = document_.find(document_.find(entry.value, "Export"), "Name");
  if (name.exists()) result.export_name = expressions_.value(name);
  const NodeId condition = document_.find(entry.value, "Condition");
  if (is_text(condition)) result.condition = builder_.string(document_[condition].text);
  builder_.facts.outputs.push_back(result);
}

void SectionReader::resource(const MapEntry& entry) {
  const Node& node = document_[entry.value];
  if (node.kind != NodeKind::Map || !node.tag.empty()) {
    missing(entry.key_range, cat("resource ", entry.key, " must be a map"));
    return;
  }
  Declaration result{.address = builder_.string(entry.key),
                     .address_in_loop = expressions_.key_in_loop(entry),
                     .loop = loop_,
                     .name_range = entry.key_range,
                     .where = entry_range(document_, entry)};
  const NodeId type = document_.find(entry.value, "Type");
  if (is_text(type)) {
    result.type = builder_.string(document_[type].text);
    result.type_range = document_[type].range;
    named_files(document_[type].text, entry.value);
  } else if (type.exists()) {
    builder_.problem(with_tag(document_[type]), cat("the Type of ", entry.key, " must be a text"));
  } else {
    missing(entry.key_range, cat("resource ", entry.key, " has no Type"));
  }
  const NodeId condition = document_.find(entry.value, "Condition");
  if (is_text(condition)) {
    result.condition = builder_.string(document_[condition].text);
  } else if (condition.exists()) {
    builder_.problem(with_tag(document_[condition]),
                     cat("the Condition of ", entry.key, " must be a condition's name"));
  }
  properties(document_.find_entry(entry.value, "Properties"), result);
  result.attributes = expressions_.record(entry.value, [](const MapEntry& each) {
    return each.key != "Type" && each.key != "Properties";
  });
  builder_.facts.declarations.push_back(result);
}

void SectionReader::properties(const MapEntry* entry, Declaration& declaration) {
  if (entry == nullptr || document_[entry->value].kind == NodeKind::Null) {
    const Range where = entry == nullptr ? declaration.name_range : entry->key_range;
    declaration.body = builder_.record({}, where);
    return;
  }
  const Node& node = document_[entry->value];
  if (node.kind == NodeKind::Map || !node.tag.empty()) {
    declaration.body = expressions_.value(entry->value);
    return;
  }
  declaration.body = builder_.wrong(
      node.range,
      cat("the Properties of ", builder_.facts.string(declaration.address), " must be a map"));
}

void SectionReader::named_files(std::string_view type, NodeId resource) {
  const NodeId properties = document_.find(resource, "Properties");
  for (const FileProperty& row : kFileProperties) {
    if (row.type == type) want(document_.find(properties, row.property), row.kind);
  }
  // CDK names the file of a nested stack in its metadata; the property is an address.
  const NodeId metadata = document_.find(resource, "Metadata");
  const NodeId property = document_.find(metadata, "aws:asset:property");
  if (is_text(property) && document_[property].text == "TemplateURL") {
    want(document_.find(metadata, "aws:asset:path"), WantedKind::NestedTemplate);
  }
}

void SectionReader::want(NodeId path, WantedKind kind) {
  if (!is_text(path) || !is_local_path(document_[path].text)) return;
  builder_.facts.wanted.push_back({.path = builder_.string(with_slashes(document_[path].text)),
                                   .kind = kind,
                                   .where = document_[path].range});
}

void SectionReader::transform(NodeId content) {
  const Node& node = document_[content];
  if (node.kind == NodeKind::List) {
    for (const NodeId item : document_.items_of(node)) transform_name(item, "");
  } else {
    transform_name(content, "");
  }
}

void SectionReader::transform_name(NodeId content, std::string_view section) {
  const NodeId name = is_text(content) ? content : document_.find(content, "Name");
  if (!is_text(name)) {
    missing(document_[content].range, "Transform takes a name, or a map with Name and Parameters");
    return;
  }
  if (section.empty()) builder_.facts.transforms.push_back(builder_.string(document_[name].text));
  const NodeId location = document_.find(document_.find(content, "Parameters"), "Location");
  if (document_[name].text != "AWS::Include" || !is_text(location) ||
      !is_local_path(document_[location].text)) {
    builder_.facts.has_section_macros |= !section.empty();
    return;
  }
  builder_.facts.wanted.push_back({.path = builder_.string(document_[location].text),
                                   .kind = WantedKind::Include,
                                   .section = builder_.string(section),
                                   .where = document_[location].range});
}

// What a broken file has not (yet) is no problem of its own.
void SectionReader::missing(Range where, std::string message) {
  if (document_.complete) builder_.problem(where, std::move(message));
}

void SectionReader::settle_dialect() {
  TemplateFacts& facts = builder_.facts;
  const auto serverless = [&](StringId name) { return facts.string(name).starts_with(kSam); };
  const bool sam = std::ranges::any_of(facts.transforms, serverless) ||
                   std::ranges::any_of(facts.declarations, serverless, &Declaration::type);
  facts.dialect = sam ? TemplateDialect::Sam : TemplateDialect::CloudFormation;
}

}  // namespace fnlint
