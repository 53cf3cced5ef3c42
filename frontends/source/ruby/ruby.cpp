// Parses, mends the text where that leaves fewer errors, and lowers it. Functions with mended lines
// count as broken.

#include "frontends/source/ruby/ruby.h"

#include "frontends/source/common/source_file.h"
#include "frontends/source/ruby/ruby_lowering.h"
#include "frontends/source/ruby/ruby_mending.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace fnlint {

namespace {

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
void mark_broken(CodeBuilder& out, std::vector<Range> lines) {
  std::ranges::sort(lines);
  out.mark(FunctionId{0}, kBroken);
  for (std::uint32_t i = 1; i < out.function_count(); ++i) {
    const Range at = out.function_range(FunctionId{i});
    const auto line = std::ranges::lower_bound(lines, at.begin, {}, &Range::begin);
    if (line != lines.end() && line->begin < at.end) out.mark(FunctionId{i}, kBroken);
  }
}

// The modules around the first class that has methods of its own: what they have in other files is
// seen from here.
std::string ruby_namespace(const std::deque<RbClass>& classes) {
  for (const RbClass& row : classes) {
    const bool has_own = !row.methods.empty() || !row.static_methods.empty();
    if (has_own && row.outer != kNoRuby) return classes[row.outer].path;
    if (has_own) return row.path;
  }
  return classes.empty() ? std::string() : classes.front().path;
}

void lower_file(CodeBuilder& out, const SourceFile& file) {
  const Reading reading = mended_reading(file.nodes, file.text);
  const SyntaxNodes& nodes = reading.nodes ? *reading.nodes : file.nodes;
  const std::string_view text = reading.nodes ? std::string_view(reading.mended->text) : file.text;
  const RubyScopes scopes(out, nodes, text);
  if (reading.nodes) mark_broken(out, reading.mended->lines);
  if (const std::string space = ruby_namespace(scopes.classes()); !space.empty())
    out.set_package(space);
  RubyLowering(out, nodes, scopes, text).lower_file();
}

}  // namespace

CodeFacts lower_ruby(std::string_view text) {
  // A lost `end` is a mistake by the indentation, too; else the scanner may have lost its place.
  const auto is_known = [text](CodeBuilder& out, const SyntaxNodes& nodes,
                               const SyntaxFault& fault) {
    if (!has_heredoc_before(text, fault.where.end) || mended_reading(nodes, text).nodes)
      return false;
    out.problem(fault.where, "what stands here, behind a heredoc, is not read");
    return true;
  };
  const auto bridged = [](std::string_view whole, const SyntaxNodes&) {
    return without_inner_heredocs(whole);
  };
  return read_source(text, {.language = Language::Ruby,
                            .grammar = ruby_grammar(),
                            .lower = lower_file,
                            .is_known = is_known,
                            .bridged = bridged,
                            .block_kind = static_cast<std::uint8_t>(Rb::BodyStatement)});
}

}  // namespace fnlint
