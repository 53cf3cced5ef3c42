// Reads intrinsic functions in their short and long forms by the operands that each takes; what has
// the wrong form is a problem, and Unknown.

#include "frontends/templates/expression_reader.h"

#include "core/text.h"
#include "frontends/templates/text_reader.h"

#include <algorithm>
#include <array>

namespace fnlint {
namespace {

bool local_tag(const Node& node) {
  return !node.tag.empty() && !node.tag.starts_with("!!") && node.tag != "!";
}

}  // namespace

bool is_own_tag(const Node& node) {
  return local_tag(node) && intrinsic_of_tag(node.tag) == nullptr;
}

Range with_tag(const Node& node) {
  const bool tagged = node.tag_range.end > node.tag_range.begin;
  return {tagged ? std::min(node.tag_range.begin, node.range.begin) : node.range.begin,
          node.range.end};
}

Range entry_range(const Document& document, const MapEntry& entry) {
  return {entry.key_range.begin, std::max(entry.key_range.end, document[entry.value].range.end)};
}

bool is_local_path(std::string_view text) {
  return !text.empty() && text.find("://") == std::string_view::npos && !text.starts_with("arn:") &&
         text.find('\n') == std::string_view::npos && text.find("${") == std::string_view::npos &&
         text.find("{{") == std::string_view::npos;
}

ExprId ExpressionReader::value(NodeId id, Position position) {
  const bool reusable = variables_.empty() && position == Position::Value;
  if (reusable && done_[id.index].exists()) return done_[id.index];
  const Node& node = document_[id];
  if (builder_.full()) return builder_.overflow(with_tag(node));
  ExprId result;
  if (!local_tag(node)) {
    result = untagged(id, position);
  } else if (const Intrinsic* intrinsic = intrinsic_of_tag(node.tag); intrinsic != nullptr) {
    result = function(*intrinsic, id, with_tag(node));
  } else {
    result = unknown_function(node.tag, node.tag_range, {}, with_tag(node));
  }
  if (reusable) done_[id.index] = result;
  return result;
}

ExprId ExpressionReader::untagged(NodeId id, Position position) {
  const Node& node = document_[id];
  if (node.kind == NodeKind::Map) return map(id, position);
  if (node.kind != NodeKind::List) return scalar(id);
  std::vector<ExprId> items;
  items.reserve(node.items.count);
  for (const NodeId item : document_.items_of(node)) items.push_back(value(item, position));
  return builder_.list(items, node.range);
}

ExprId ExpressionReader::scalar(NodeId id) {
  const Node& node = document_[id];
  switch (node.kind) {
    case NodeKind::Null: return builder_.null(node.range);
    case NodeKind::Bool: return builder_.boolean(node.text == "true", node.range);
    case NodeKind::Number: return builder_.number(node.text, node.range);
    default: return read_text(builder_, TextSource(document_, id), variables_);
  }
}

ExprId ExpressionReader::map(NodeId id, Position position) {
  const Node& node = document_[id];
  const auto entries = document_.entries_of(node);
  if (entries.size() == 1) {
    const MapEntry& entry = entries[0];
    const bool condition = position == Position::Condition && entry.key == "Condition";
    const Intrinsic* intrinsic = condition ? &condition_reference() : intrinsic_of_key(entry.key);
    if (intrinsic != nullptr) {
      if (!local_tag(document_[entry.value])) return function(*intrinsic, entry.value, node.range);
      // {Fn::Base64: !Sub ...}: the operand is a function itself.
      const bool takes_value =
          intrinsic->form == OperandForm::One || intrinsic->form == OperandForm::Name;
      if (!takes_value) return wrong_operands(*intrinsic, node.range);
      return builder_.apply(intrinsic->name, std::array{value(entry.value)}, node.range);
    }
    if (entry.key.starts_with("Fn::") && !entry.key.starts_with(kForEachPrefix)) {
      return unknown_function(entry.key, entry.key_range, entry.value, node.range);
    }
  }
  std::vector<Written> written;
  written.reserve(entries.size());
  for (const MapEntry& entry : entries) add_entry(entry, position, written);
  return builder_.record(written, node.range);
}

ExprId ExpressionReader::unknown_function(std::string_view name, Range name_range, NodeId operand,
                                          Range where) {
  if (operand.exists()) value(operand);  // for the problems and files inside
  builder_.problem(name_range, cat("there is no function ", name.substr(0, 80)));
  return builder_.unknown(cat("unknown function ", name), where);
}

void ExpressionReader::add_entry(const MapEntry& entry, Position position,
                                 std::vector<Written>& entries) {
  Written written;
  written.range = entry.key_range;
  if (entry.key.starts_with(kForEachPrefix)) {
    written.operand.spread = 1;
    written.operand.value = loop_value(entry);
  } else if (entry.key == "Fn::Transform") {
    written.operand.spread = 1;
    written.operand.value =
        function(*intrinsic_of_key(entry.key), entry.value, entry_range(document_, entry));
  } else if (entry.key.starts_with("Fn::")) {
    // Not a legal map; what stands beside the function is still worth reading.
    value(entry.value);
    written.operand.spread = 1;
    written.operand.value =
        builder_.wrong(entry.key_range, cat(entry.key, " must be the only key of its map"));
  } else {
    written.operand.key = key_in_loop(entry);
    written.operand.value = value(entry.value, position);
    if (!written.operand.key.exists()) written.operand.name = builder_.string(entry.key);
  }
  entries.push_back(written);
}

ExprId ExpressionReader::key_in_loop(const MapEntry& entry) {
  if (variables_.empty() || entry.key.find('{') == std::string::npos) return {};
  const TextSource source(entry);
  return read_text(builder_, source, variables_);
}

ExprId ExpressionReader::function(const Intrinsic& intrinsic, NodeId id, Range where) {
  if (intrinsic.form != OperandForm::One && holds_transform(id)) {
    untagged(id, Position::Value);  // for the files inside
    return builder_.unknown("operands that a transform makes", where);
  }
  switch (intrinsic.form) {
    case OperandForm::Fields:
      if (document_[id].kind != NodeKind::Map) return wrong_operands(intrinsic, where);
      return builder_.apply(intrinsic.name, std::array{untagged(id, Position::Value)}, where);
    case OperandForm::Name:
    case OperandForm::One: return one(intrinsic, id, where);
    case OperandForm::GetAtt: return get_att(intrinsic, id, where);
    case OperandForm::Sub: return sub(intrinsic, id, where);
    case OperandForm::Transform: return transform(intrinsic, id, where);
    default: return list(intrinsic, id, where);
  }
}

ExprId ExpressionReader::one(const Intrinsic& intrinsic, NodeId id, Range where) {
  const Node& node = document_[id];
  if (intrinsic.form == OperandForm::Name && !is_text(id) && !holds_function(id)) {
    return wrong_operands(intrinsic, where);
  }
  // An empty operand, as of "!GetAZs" alone, is an empty text.
  const ExprId operand =
      node.kind == NodeKind::Null ? builder_.text({}, node.range) : untagged(id, Position::Value);
  return builder_.apply(intrinsic.name, std::array{operand}, where);
}

ExprId ExpressionReader::list(const Intrinsic& intrinsic, NodeId id, Range where) {
  const Node& node = document_[id];
  const bool fits = node.kind == NodeKind::List && node.items.count >= intrinsic.least &&
                    node.items.count <= intrinsic.most;
  if (!fits) return wrong_operands(intrinsic, where);
  const auto items = document_.items_of(node);
  std::vector<ExprId> operands;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const bool condition =
        intrinsic.form == OperandForm::Conditions || (intrinsic.form == OperandForm::If && i == 0);
    const bool fallback = intrinsic.form == OperandForm::FindInMap && i == 3;
    operands.push_back(fallback
                           ? mapping_default(items[i])
                           : value(items[i], condition ? Position::Condition : Position::Value));
  }
  return builder_.apply(intrinsic.name, operands, where);
}

ExprId ExpressionReader::mapping_default(NodeId id) {
  const NodeId given = document_.find(id, "DefaultValue");
  if (given.exists()) return value(given);
  return builder_.wrong(document_[id].range,
                        "the fourth operand of Fn::FindInMap is a map with DefaultValue");
}

ExprId ExpressionReader::get_att(const Intrinsic& intrinsic, NodeId id, Range where) {
  const Node& node = document_[id];
  if (is_text(id)) {
    return read_attribute_name(builder_, TextSource(document_, id), where, variables_);
  }
  if (node.kind != NodeKind::List || node.items.count != 2) {
    return wrong_operands(intrinsic, where);
  }
  const auto items = document_.items_of(node);
  const ExprId resource = value(items[0]);
  return builder_.apply(intrinsic.name, std::array{resource, value(items[1])}, where);
}

ExprId ExpressionReader::sub(const Intrinsic& intrinsic, NodeId id, Range where) {
  const Node& node = document_[id];
  const bool has_list =
      node.kind == NodeKind::List && node.items.count >= 1 && node.items.count <= 2;
  const NodeId text = has_list ? document_.items_of(node)[0] : id;
  if (!is_text(text) || (has_list && local_tag(document_[text]))) {
    return wrong_operands(intrinsic, where);
  }
  SubVariables variables;
  std::vector<ExprId> operands(1);
  if (has_list && node.items.count == 2) {
    const NodeId given = document_.items_of(node)[1];
    if (document_[given].kind != NodeKind::Map || local_tag(document_[given])) {
      return wrong_operands(intrinsic, where);
    }
    operands.push_back(record(given, [](const MapEntry&) { return true; }));
    const Expr& written = builder_.facts[operands[1]];
    const auto entries = document_.entries_of(document_[given]);
    for (std::uint32_t i = 0; i < written.operands.count; ++i) {
      variables.emplace(entries[i].key, builder_.facts.operands[written.operands.first + i].value);
    }
  }
  operands[0] = read_sub_text(builder_, TextSource(document_, text), variables_, variables);
  return builder_.apply(intrinsic.name, operands, where);
}

ExprId ExpressionReader::transform(const Intrinsic& intrinsic, NodeId id, Range where) {
  const Node& node = document_[id];
  if (node.kind == NodeKind::List && node.items.count == 1) id = document_.items_of(node)[0];
  const NodeId name = document_.find(id, "Name");
  if (!name.exists() || !is_text(name)) return wrong_operands(intrinsic, where);
  std::vector<ExprId> operands{value(name)};
  const NodeId parameters = document_.find(id, "Parameters");
  if (parameters.exists()) operands.push_back(value(parameters));
  const NodeId location = document_.find(parameters, "Location");
  if (document_[name].text == "AWS::Include" && location.exists() && is_text(location) &&
      !local_tag(document_[location]) && is_local_path(document_[location].text)) {
    builder_.facts.wanted.push_back({.path = builder_.string(document_[location].text),
                                     .kind = WantedKind::Include,
                                     .where = document_[location].range});
  }
  return builder_.apply(intrinsic.name, operands, where);
}

ExprId ExpressionReader::wrong_operands(const Intrinsic& intrinsic, Range where) {
  return builder_.wrong(where, cat(intrinsic.name, " takes ", intrinsic.operands));
}

ExpressionReader::Loop ExpressionReader::loop(const MapEntry& entry) {
  const Node& node = document_[entry.value];
  const auto items = document_.items_of(node);
  const bool fits = node.kind == NodeKind::List && items.size() == 3 && is_text(items[0]) &&
                    document_[items[2]].kind == NodeKind::Map;
  if (!fits) {
    builder_.problem(entry.key_range,
                     "Fn::ForEach takes a variable's name, a list and a map of what is repeated");
    return {};
  }
  Loop result{.valid = true, .variable = document_[items[0]].text, .body = items[2]};
  result.variable_text = value(items[0]);
  result.collection = value(items[1]);
  return result;
}

ExprId ExpressionReader::loop_value(const MapEntry& entry) {
  const Range where = entry_range(document_, entry);
  const Loop read = loop(entry);
  if (!read.valid) return builder_.unknown("a Fn::ForEach that cannot be read", where);
  enter_loop(read.variable);
  const ExprId body = record(read.body, [](const MapEntry&) { return true; });
  leave_loop();
  return builder_.apply("Fn::ForEach", std::array{read.variable_text, read.collection, body},
                        where);
}

bool ExpressionReader::is_text(NodeId id) const {
  const NodeKind kind = document_[id].kind;
  return kind == NodeKind::Text || kind == NodeKind::Number || kind == NodeKind::Bool;
}

bool ExpressionReader::holds_transform(NodeId id) const {
  const auto entries = document_.entries_of(document_[id]);
  return entries.size() == 1 && entries[0].key == "Fn::Transform";
}

bool ExpressionReader::holds_function(NodeId id) const {
  const auto entries = document_.entries_of(document_[id]);
  return entries.size() == 1 && intrinsic_of_key(entries[0].key) != nullptr;
}

}  // namespace fnlint
