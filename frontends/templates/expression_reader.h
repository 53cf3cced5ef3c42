// CloudFormation's values in the template form.
#pragma once

#include "frontends/templates/intrinsics.h"
#include "frontends/templates/template_builder.h"
#include "frontends/templates/text_source.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Located tree to expressions: functions, texts with substitutions, loops inside values. Recurses
// along the tree, whose depth the document's limit bounds.
class ExpressionReader {
 public:
  // {Condition: Name} is a function only where conditions stand; elsewhere it is a plain record.
  enum class Position : std::uint8_t { Value, Condition };

  ExpressionReader(const Document& document, TemplateBuilder& builder)
      : document_(document), builder_(builder), done_(document.nodes.size()) {}

  ExprId value(NodeId id, Position position = Position::Value);
  // Those entries of a map for which `wanted` is true, as a Record.
  template <class Wanted>
  ExprId record(NodeId map, const Wanted& wanted) {
    std::vector<Written> entries;
    for (const MapEntry& entry : document_.entries_of(document_[map])) {
      if (wanted(entry)) add_entry(entry, Position::Value, entries);
    }
    return builder_.record(entries, document_[map].range);
  }
  // A key with the variables of the loops around it; no id outside a loop.
  ExprId key_in_loop(const MapEntry& entry);

  // The three parts of a Fn::ForEach; `valid` is false, with a problem, when it has another shape.
  struct Loop {
    bool valid = false;
    std::string_view variable = {};
    ExprId variable_text = {}, collection = {};
    NodeId body = {};
  };
  Loop loop(const MapEntry& entry);
  // Between them the loop's variable is known by name.
  void enter_loop(std::string_view variable) { variables_.push_back(variable); }
  void leave_loop() { variables_.pop_back(); }

 private:
  ExprId scalar(NodeId id);
  ExprId map(NodeId id, Position position);
  ExprId unknown_function(std::string_view name, Range name_range, NodeId operand, Range where);
  // A function whose operand is node `id`, the node's own tag aside.
  ExprId function(const Intrinsic& intrinsic, NodeId id, Range where);
  ExprId one(const Intrinsic& intrinsic, NodeId id, Range where);
  ExprId list(const Intrinsic& intrinsic, NodeId id, Range where);
  ExprId get_att(const Intrinsic& intrinsic, NodeId id, Range where);
  ExprId sub(const Intrinsic& intrinsic, NodeId id, Range where);
  ExprId transform(const Intrinsic& intrinsic, NodeId id, Range where);
  ExprId untagged(NodeId id, Position position);
  ExprId mapping_default(NodeId id);
  ExprId wrong_operands(const Intrinsic& intrinsic, Range where);
  void add_entry(const MapEntry& entry, Position position, std::vector<Written>& entries);
  ExprId loop_value(const MapEntry& entry);
  [[nodiscard]] bool is_text(NodeId id) const;
  [[nodiscard]] bool holds_transform(NodeId id) const;
  [[nodiscard]] bool holds_function(NodeId id) const;  // {Fn::X: ...}

  const Document& document_;
  TemplateBuilder& builder_;
  std::vector<ExprId> done_;  // by node, so that what aliases share is read once; outside loops
  std::vector<std::string_view> variables_;  // of the loops around; views of the document
};

// From a key to the end of its value; of an alias that stands elsewhere, the key alone.
[[nodiscard]] Range entry_range(const Document& document, const MapEntry& entry);

// A node with its tag.
// Tagged with what is no function of templates: a tool of the project's own reads it.
[[nodiscard]] bool is_own_tag(const Node& node);
[[nodiscard]] Range with_tag(const Node& node);

// A path of a file of the project, not an address or a name of S3.
[[nodiscard]] bool is_local_path(std::string_view text);

}  // namespace fnlint
