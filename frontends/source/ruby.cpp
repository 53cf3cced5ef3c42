#include "frontends/source/ruby.h"

#include "core/limits.h"
#include "core/text.h"
#include "frontends/source/ruby_lowering.h"
#include "frontends/source/source_text.h"
#include "frontends/source/suppression.h"

#include <algorithm>
#include <optional>

namespace fnlint {

namespace {

constexpr std::size_t kSyntaxProblems = 3;  // one mistake makes many

CodeFacts without_content(std::string_view text, std::string why) {
  CodeBuilder out(Language::Ruby);
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
  for (const SyntaxFault& fault : nodes.faults()) {
    if (said++ == kSyntaxProblems) break;
    out.problem(fault.where, fault.missing.empty() ? "syntax error"
                                                   : cat("syntax error: missing ", fault.missing));
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
  const auto holds_statements = [&](NodeId node) {
    const Rb kind = static_cast<Rb>(nodes[node].kind);
    return kind == Rb::BodyStatement || kind == Rb::BlockBody || kind == Rb::Then ||
           kind == Rb::Do;
  };
  while (first < nodes.size() && holds_statements(first)) ++first;
  return first < nodes.size() ? nodes[first].range : Range{};
}

// The modules around the first class that has methods or constants of its own: what they have in
// other files is seen from here.
std::string ruby_namespace(const std::vector<RbClass>& classes) {
  for (const RbClass& row : classes) {
    const bool has_own = !row.methods.empty() || !row.static_methods.empty();
    if (has_own && row.outer != kNoRuby) return classes[row.outer].path;
    if (has_own) return row.path;
  }
  return classes.empty() ? std::string() : classes.front().path;
}

}  // namespace

CodeFacts lower_ruby(std::string_view text) {
  if (text.size() > kSourceBytes)
    return without_content(text, cat("source file larger than ", kSourceBytes, " bytes"));
  const std::optional<RepairedText> repaired = repaired_utf8(text);
  if (repaired) text = repaired->text;
  const Grammar& grammar = ruby_grammar();
  const SyntaxTree tree = parse_syntax(grammar.language(), text);
  if (!tree) return without_content(text, "too many syntax errors to read the file");
  const SyntaxNodes nodes(grammar, tree.get());
  CodeBuilder out(Language::Ruby);
  if (repaired)
    out.problem({repaired->first, repaired->first + 1}, "bytes that are not UTF-8 are read as '?'");
  const RubyScopes scopes(out, nodes, text);
  add_syntax_problems(out, nodes);
  if (const std::string space = ruby_namespace(scopes.classes()); !space.empty())
    out.set_package(space);
  RubyLowering(out, nodes, scopes, text).lower_file();
  add_suppressions(out, text, nodes.comments(),
                   [&](std::uint32_t offset) { return node_after(nodes, offset); });
  CodeFacts facts = out.finish();
  std::stable_sort(facts.problems.begin(), facts.problems.end(),
                   [](const Problem& a, const Problem& b) { return a.where < b.where; });
  return facts;
}

}  // namespace fnlint
