// Parses HCL and keeps labels, names and the ranges of values.

#include "frontends/templates/hcl_blocks.h"

#include "core/limits.h"
#include "frontends/documents/readable_text.h"
#include "frontends/templates/terraform_reader.h"

#include <algorithm>
#include <utility>

namespace fnlint {

namespace {

class HclReader {
 public:
  HclReader(TemplateBuilder& builder, std::string_view text, std::uint32_t skipped)
      : reader_(builder, text), skipped_(skipped) {}

  std::vector<HclBlock> read(TSNode root) {
    reader_.note_faults(root);
    for (const TSNode child : syntax_children(root))
      if (is_syntax(child, "body"))
        for (const TSNode node : syntax_children(child))
          if (is_syntax(node, "block")) block(node);
    return std::move(blocks_);
  }

 private:
  // Places are those of the file: a byte order mark counts.
  [[nodiscard]] Range place(TSNode node) const {
    const Range where = range_of(node);
    return {where.begin + skipped_, where.end + skipped_};
  }
  void block(TSNode node) {
    HclBlock block{.where = place(node)};
    for (const TSNode child : syntax_children(node)) {
      const bool identifier = is_syntax(child, "identifier");
      if (identifier && block.type.empty())
        block.type = reader_.source(child);
      else if (identifier)
        block.labels.emplace_back(reader_.source(child));
      else if (is_syntax(child, "string_lit"))
        block.labels.push_back(reader_.plain_string(child).value_or(""));
      else if (is_syntax(child, "body"))
        settings(child, block);
    }
    blocks_.push_back(std::move(block));
  }
  void settings(TSNode body, HclBlock& block) {
    for (const TSNode child : syntax_children(body)) {
      if (!is_syntax(child, "attribute")) continue;
      const std::vector<TSNode> parts = syntax_children(child);
      if (parts.size() < 3) continue;
      block.settings.push_back({.name = std::string(reader_.source(parts[0])),
                                .value = std::string(reader_.source(parts[2])),
                                .where = place(child)});
    }
  }

  TerraformReader reader_;
  std::uint32_t skipped_;
  std::vector<HclBlock> blocks_ = {};
};

}  // namespace

HclFile read_hcl_blocks(std::string_view text) {
  TemplateBuilder builder;
  HclFile file;
  const ReadableText readable(text, kHclBytes, builder.facts.problems);
  const SyntaxTree tree =
      readable.refused() ? SyntaxTree{} : parse_syntax(tree_sitter_hcl(), readable.text());
  if (tree) {
    file.blocks =
        HclReader(builder, readable.text(), readable.skipped()).read(ts_tree_root_node(tree.get()));
  } else if (!readable.refused()) {
    builder.problem({}, "the file takes too long to read");
  }
  file.problems = std::move(builder.facts.problems);
  std::ranges::stable_sort(file.problems, {}, [](const Problem& each) { return each.where.begin; });
  return file;
}

}  // namespace fnlint
