// Repairs the bytes, parses, retries around gaps of the grammar, reports syntax errors, lowers, and
// adds suppressions and comments.

#include "frontends/source/common/source_file.h"

#include "core/limits.h"
#include "core/text.h"
#include "frontends/source/common/handler_comments.h"
#include "frontends/source/common/source_text.h"
#include "frontends/source/common/suppression.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace fnlint {

namespace {

constexpr std::size_t kSyntaxProblems = 3;  // one mistake makes many

CodeFacts without_content(Language language, std::string_view text, std::string why) {
  CodeBuilder out(language);
  const auto size = static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), UINT32_MAX));
  const FunctionId module = out.add_function("", {}, FunctionKind::ModuleInit, {0, size}, {});
  out.mark(module, kBroken);
  out.begin_body(module);
  out.end_body();
  out.problem({}, std::move(why));
  return out.finish();
}

void add_syntax_problems(CodeBuilder& out, const SyntaxNodes& nodes, const SourceReader& reader) {
  std::size_t said = 0;
  for (const SyntaxFault& fault : nodes.faults()) {
    if (said == kSyntaxProblems) break;
    if (reader.is_known && reader.is_known(out, nodes, fault)) continue;
    out.problem(fault.where, fault.missing.empty() ? "syntax error"
                                                   : cat("syntax error: missing ", fault.missing));
    ++said;
  }
}

// The tree of the text without the gaps of the grammar, where that has fewer faults.
void bridge_gaps(SyntaxNodes& nodes, std::string_view text, const SourceReader& reader) {
  if (!reader.bridged || nodes.faults().empty()) return;
  const std::string other = reader.bridged(text, nodes);
  if (other == text) return;
  const SyntaxTree tree = parse_syntax(reader.grammar.language(), other);
  if (!tree) return;
  SyntaxNodes again(reader.grammar, tree.get());
  if (again.faults().size() < nodes.faults().size()) nodes = std::move(again);
}

// The outermost statement or part of one that begins at or after an offset.
Range node_after(const SyntaxNodes& nodes, std::uint32_t offset, std::uint8_t block_kind) {
  NodeId first = 1, count = nodes.size() - std::min<NodeId>(nodes.size(), 1);
  while (count > 0) {  // nodes begin in ascending order
    const NodeId half = count / 2;
    if (nodes[first + half].range.begin < offset) {
      first += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  while (first < nodes.size() && nodes[first].kind == block_kind && block_kind != kOtherNode)
    ++first;
  return first < nodes.size() ? nodes[first].range : Range{};
}

}  // namespace

CodeFacts read_source(std::string_view text, const SourceReader& reader) {
  if (text.size() > kSourceBytes)
    return without_content(reader.language, text,
                           cat("source file larger than ", kSourceBytes, " bytes"));
  const std::optional<RepairedText> repaired = repaired_utf8(text);
  if (repaired) text = repaired->text;
  const SyntaxTree tree = parse_syntax(reader.grammar.language(), text);
  if (!tree)
    return without_content(reader.language, text, "too many syntax errors to read the file");
  SyntaxNodes nodes(reader.grammar, tree.get());
  bridge_gaps(nodes, text, reader);
  if (reader.mend) reader.mend(nodes, text);
  CodeBuilder out(reader.language);
  if (repaired)
    out.problem({repaired->first, repaired->first + 1}, "bytes that are not UTF-8 are read as '?'");
  add_syntax_problems(out, nodes, reader);
  reader.lower(out, {nodes, text});
  add_suppressions(out, text, nodes.comments(), [&](std::uint32_t offset) {
    return node_after(nodes, offset, reader.block_kind);
  });
  CodeFacts facts = out.finish();
  add_handler_comments(facts, text, nodes.comments());
  std::stable_sort(facts.problems.begin(), facts.problems.end(),
                   [](const Problem& a, const Problem& b) { return a.where < b.where; });
  return facts;
}

}  // namespace fnlint
