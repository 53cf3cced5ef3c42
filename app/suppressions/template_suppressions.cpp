#include "app/suppressions/suppression_comments.h"
#include "core/text.h"
#include "frontends/documents/document.h"

#include <algorithm>
#include <string>
#include <utility>

// Suppressions that stand in a template's Metadata: for a resource, or for all of it.
namespace fnlint {

namespace {

class MetadataReader {
 public:
  explicit MetadataReader(std::string_view text) : document_(read_document(text)) {
    found_ = suppressions_in(commented_document(document_, text));
  }
  FileSuppressions read() {
    for (const NodeId root : document_.roots) metadata(root);
    return std::move(found_);
  }

 private:
  void metadata(NodeId root);
  [[nodiscard]] std::string reason_of(NodeId settings) const;
  void entry(NodeId owner, SuppressionReach reach, Range covers);

  Document document_;
  FileSuppressions found_ = {};
};

// {Metadata: {fnlint: {ignore: [...]}}} of one resource or of the template.
void MetadataReader::entry(NodeId owner, SuppressionReach reach, Range covers) {
  const NodeId ignored = [&] {
    NodeId node = owner;
    for (const std::string_view key : {"Metadata", "fnlint", "ignore"})
      node = node.exists() ? document_.find(node, key) : node;
    return node;
  }();
  if (!ignored.exists()) return;
  const Node& node = document_[ignored];
  SuppressionComment comment{.reach = reach, .where = node.range, .covers = covers};
  const auto add = [&comment](const Node& rule) {
    if (rule.kind == NodeKind::Text) comment.rules.push_back(rule.text);
  };
  add(node);
  for (const NodeId item : document_.items_of(node)) add(document_[item]);
  comment.reason = reason_of(document_.find(document_.find(owner, "Metadata"), "fnlint"));
  if (!comment.rules.empty()) found_.comments.push_back(std::move(comment));
}

// The reason beside a list of rules, and the last day: "reason until 2027-01-31".
std::string MetadataReader::reason_of(NodeId settings) const {
  std::string words;
  const auto text_at = [&](std::string_view key) {
    const NodeId node = document_.find(settings, key);
    return node.exists() && document_[node].kind == NodeKind::Text ? document_[node].text
                                                                    : std::string();
  };
  words = text_at("reason");
  if (const std::string last = text_at("until"); !last.empty()) words += cat(" until ", last);
  return words;
}

void MetadataReader::metadata(NodeId root) {
  entry(root, SuppressionReach::File, {});
  const NodeId resources = document_.find(root, "Resources");
  if (!resources.exists()) return;
  for (const MapEntry& resource : document_.entries_of(document_[resources]))
    entry(resource.value, SuppressionReach::NextNode, range_of(document_, resource));
}

}  // namespace

Range range_of(const Document& document, const MapEntry& entry) {
  return {entry.key_range.begin, std::max(entry.key_range.end, document[entry.value].range.end)};
}

// Entries of maps and items of lists are what a comment may speak of.
CommentedText commented_document(const Document& document, std::string_view text) {
  CommentedText out{.text = text};
  for (const Node& node : document.nodes) {
    if (node.kind != NodeKind::Map && node.kind != NodeKind::List)
      out.scalars.push_back(node.range);
    for (const NodeId item : document.items_of(node)) out.nodes.push_back(document[item].range);
    for (const MapEntry& entry : document.entries_of(node))
      if (!entry.merged) {
        out.scalars.push_back(entry.key_range);
        out.nodes.push_back(range_of(document, entry));
      }
  }
  return out;
}

FileSuppressions template_suppressions(std::string_view text) {
  if (text.find("fnlint") == std::string_view::npos) return {};
  return MetadataReader(text).read();
}

}  // namespace fnlint
