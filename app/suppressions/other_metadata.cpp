// Suppressions for cfn-lint and other tools in a template's Metadata.

#include "app/configuration/other_marks.h"
#include "app/suppressions/other_suppressions.h"
#include "app/suppressions/suppression_comments.h"
#include "core/text.h"

#include <array>

namespace fnlint {

namespace {

// A list in Metadata, of ids or of maps with an id.
struct MetadataRow {
  std::string_view tool = {};
  std::array<std::string_view, 3> keys = {};
  std::string_view id = {}, reason = {};  // keys of each item; no id: the items are ids
  IdForm form = IdForm::Same;
  std::string_view source = {};
};

constexpr std::array kMetadata{
    // An id may be the beginning of others: "E3" is all of E3030, E3034 and so on.
    MetadataRow{"cfn-lint",
                {"cfn-lint", "config", "ignore_checks"},
                "",
                "",
                IdForm::Beginning,
                "https://github.com/aws-cloudformation/cfn-lint#metadata"},
    MetadataRow{"checkov",
                {"checkov", "skip", ""},
                "id",
                "comment",
                IdForm::Same,
                "https://www.checkov.io/7.Scan%20Examples/CDK.html"},
    MetadataRow{"cfn-nag",
                {"cfn_nag", "rules_to_suppress", ""},
                "id",
                "reason",
                IdForm::Same,
                "https://github.com/stelligent/cfn_nag#per-resource-rule-suppression"},
    // "NIST.800.53.R5-LambdaDLQ" is the rule LambdaDLQ of one of its packs.
    MetadataRow{"cdk-nag",
                {"cdk_nag", "rules_to_suppress", ""},
                "id",
                "reason",
                IdForm::DashedEnd,
                "https://github.com/cdklabs/cdk-nag#rules-and-property-overrides"},
    MetadataRow{"guard",
                {"guard", "SuppressedRules", ""},
                "",
                "",
                IdForm::Same,
                "https://github.com/aws-cloudformation/aws-guard-rules-registry#suppressing-rules"},
};

class OtherMetadata {
 public:
  OtherMetadata(FileId file, const Document& document, std::span<const Rule> rules)
      : file_(file), document_(document), rules_(rules) {}
  std::vector<Suppression> read() {
    for (const NodeId root : document_.roots) {
      owner(root, SuppressionReach::File, {});
      const NodeId resources = document_.find(root, "Resources");
      if (!resources.exists()) continue;
      for (const MapEntry& entry : document_.entries_of(document_[resources]))
        owner(entry.value, SuppressionReach::NextNode, range_of(document_, entry));
    }
    return std::move(found_);
  }

 private:
  [[nodiscard]] std::string text_of(NodeId node) const {
    return node.exists() && document_[node].kind == NodeKind::Text ? document_[node].text
                                                                   : std::string();
  }
  void owner(NodeId node, SuppressionReach reach, Range covers) {
    const NodeId metadata = document_.find(node, "Metadata");
    if (!metadata.exists()) return;
    for (const MetadataRow& row : kMetadata) {
      NodeId list = metadata;
      for (const std::string_view key : row.keys)
        if (list.exists() && !key.empty()) list = document_.find(list, key);
      if (!list.exists()) continue;
      for (const NodeId item : document_.items_of(document_[list])) add(row, item, reach, covers);
    }
  }
  void add(const MetadataRow& row, NodeId item, SuppressionReach reach, Range covers) {
    const std::string id = text_of(row.id.empty() ? item : document_.find(item, row.id));
    if (id.empty()) return;
    std::vector<std::string> rules = rules_of(row.tool, row.form, {&id, 1}, rules_);
    if (rules.empty()) return;
    std::string words = cat(row.keys[0], ": ", id);
    const std::string reason = row.reason.empty() ? "" : text_of(document_.find(item, row.reason));
    if (!reason.empty()) words += cat(": ", reason);
    found_.push_back({.file = file_,
                      .comment = {.reach = reach,
                                  .rules = std::move(rules),
                                  .reason = std::move(words),
                                  .where = document_[item].range,
                                  .covers = covers},
                      .of_other_tool = true});
  }

  FileId file_;
  const Document& document_;
  std::span<const Rule> rules_;
  std::vector<Suppression> found_ = {};
};

}  // namespace

std::vector<Suppression> other_metadata(FileId file, const Document& document,
                                        std::span<const Rule> rules) {
  return OtherMetadata(file, document, rules).read();
}

}  // namespace fnlint
