#include "frontends/source/ruby.h"

#include "core/limits.h"
#include "core/text.h"
#include "frontends/source/ruby_lowering.h"
#include "frontends/source/ruby_mending.h"
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

// How much of the file the parser could not fit in.
std::size_t broken_bytes(const SyntaxNodes& nodes) {
  std::size_t bytes = 0;
  for (const SyntaxFault& fault : nodes.faults()) bytes += fault.where.end - fault.where.begin + 1;
  return bytes;
}

struct Reading {
  std::optional<MendedRuby> mended = {};
  std::optional<SyntaxNodes> nodes = {};  // of the mended text, where that is read better
};

Reading mended_reading(const SyntaxNodes& written, std::string_view text) {
  Reading reading;
  if (written.faults().empty()) return reading;
  reading.mended = mended_by_indentation(text);
  if (!reading.mended) return reading;
  const SyntaxTree tree = parse_syntax(ruby_grammar().language(), reading.mended->text);
  if (!tree) return reading;
  reading.nodes.emplace(ruby_grammar(), tree.get());
  if (broken_bytes(*reading.nodes) >= broken_bytes(written)) reading.nodes.reset();
  return reading;
}

// Nothing may rest on what is absent from the functions whose lines were changed.
void mark_broken(CodeBuilder& out, const std::vector<Range>& lines) {
  out.function(FunctionId{0}).flags |= kBroken;
  for (std::uint32_t i = 1; i < out.function_count(); ++i) {
    const Range at = out.function_range(FunctionId{i});
    const bool holds = std::ranges::any_of(lines, [&](Range line) {
      return line.begin >= at.begin && line.begin < at.end;
    });
    if (holds) out.function(FunctionId{i}).flags |= kBroken;
  }
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
  const SyntaxNodes written(grammar, tree.get());
  const Reading mended = mended_reading(written, text);
  const SyntaxNodes& nodes = mended.nodes ? *mended.nodes : written;
  text = mended.nodes ? std::string_view(mended.mended->text) : text;
  CodeBuilder out(Language::Ruby);
  if (repaired)
    out.problem({repaired->first, repaired->first + 1}, "bytes that are not UTF-8 are read as '?'");
  const RubyScopes scopes(out, nodes, text);
  add_syntax_problems(out, written);
  if (mended.nodes) mark_broken(out, mended.mended->lines);
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
