#include "frontends/source/python.h"

#include "core/limits.h"
#include "core/text.h"
#include "frontends/source/python_lowering.h"
#include "frontends/source/source_text.h"
#include "frontends/source/suppression.h"

#include <algorithm>
#include <optional>

namespace fnlint {

namespace {

constexpr std::size_t kSyntaxProblems = 3;  // one mistake makes many

CodeFacts without_content(std::string_view text, std::string why) {
  CodeBuilder out(Language::Python);
  const auto size = static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), UINT32_MAX));
  const FunctionId module = out.add_function("", {}, FunctionKind::ModuleInit, {0, size}, {});
  out.function(module).flags |= kBroken;
  out.begin_body(module);
  out.end_body();
  out.problem({}, std::move(why));
  return out.finish();
}

void add_syntax_problems(CodeBuilder& out, const SyntaxNodes& nodes) {
  std::size_t said = 0;
  bool said_default = false;
  for (const SyntaxFault& fault : nodes.faults()) {
    if (said == kSyntaxProblems) break;
    // A default of a type parameter, `[T = int]`, is newer than the grammar.
    const bool is_known = fault.parent != kNoNode && fault.missing.empty() &&
                          static_cast<Py>(nodes[fault.parent].kind) == Py::TypeParameter;
    if (is_known) {
      if (!said_default) out.add_feature("type-parameter-defaults", "3.13", fault.where);
      said_default = true;
      continue;
    }
    out.problem(fault.where, fault.missing.empty() ? "syntax error"
                                                   : cat("syntax error: missing ", fault.missing));
    ++said;
  }
}

// The outermost statement or part of one that begins at or after an offset.
Range node_after(const SyntaxNodes& nodes, std::uint32_t offset) {
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
  while (first < nodes.size() && static_cast<Py>(nodes[first].kind) == Py::Block) ++first;
  return first < nodes.size() ? nodes[first].range : Range{};
}

}  // namespace

CodeFacts lower_python(std::string_view text) {
  if (text.size() > kSourceBytes)
    return without_content(text, cat("source file larger than ", kSourceBytes, " bytes"));
  const std::optional<RepairedText> repaired = repaired_utf8(text);
  if (repaired) text = repaired->text;
  const Grammar& grammar = python_grammar();
  const SyntaxTree tree = parse_syntax(grammar.language(), text);
  if (!tree) return without_content(text, "too many syntax errors to read the file");
  const SyntaxNodes nodes(grammar, tree.get());
  CodeBuilder out(Language::Python);
  if (repaired)
    out.problem({repaired->first, repaired->first + 1}, "bytes that are not UTF-8 are read as '?'");
  const PythonScopes scopes(out, nodes, text);
  add_syntax_problems(out, nodes);
  PythonLowering(out, nodes, scopes, text).lower_file();
  add_suppressions(out, text, nodes.comments(),
                   [&](std::uint32_t offset) { return node_after(nodes, offset); });
  CodeFacts facts = out.finish();
  std::stable_sort(facts.problems.begin(), facts.problems.end(),
                   [](const Problem& a, const Problem& b) { return a.where < b.where; });
  return facts;
}

}  // namespace fnlint
