// Takes what stands behind the body of each try for its handlers, and keeps the comments inside.

#include "frontends/source/common/handler_comments.h"

#include <algorithm>
#include <iterator>

namespace fnlint {

namespace {

// Where the handlers of a try stand, as far as ops tell: behind its body.
Range handlers_of(const CodeFacts& facts, std::size_t op) {
  const Try& row = facts.tries[facts.ops[op].detail];
  Range at = facts.op_ranges[op];
  for (std::size_t inner = op + 1; inner < row.body_end.index && inner < facts.op_ranges.size();
       ++inner)
    at.begin = std::max(at.begin, std::min(facts.op_ranges[inner].end, at.end));
  return at;
}

// In order, those that stand in one another as one: there may be as many as comments.
std::vector<Range> all_handlers(const CodeFacts& facts) {
  std::vector<Range> all, apart;
  for (std::size_t op = 0; op < facts.ops.size(); ++op)
    if (facts.ops[op].kind == OpKind::Try) all.push_back(handlers_of(facts, op));
  std::ranges::sort(all, {}, &Range::begin);
  for (const Range& one : all)
    if (!apart.empty() && one.begin <= apart.back().end)
      apart.back().end = std::max(apart.back().end, one.end);
    else
      apart.push_back(one);
  return apart;
}

}  // namespace

void add_handler_comments(CodeFacts& facts, std::string_view text,
                          const std::vector<Range>& comments) {
  constexpr std::size_t kLongest = 400;
  if (comments.empty()) return;
  const std::vector<Range> handlers = all_handlers(facts);
  for (const Range& where : comments) {
    const auto behind = std::ranges::upper_bound(handlers, where.begin, {}, &Range::begin);
    const bool is_inside = behind != handlers.begin() && where.end <= std::prev(behind)->end;
    if (!is_inside || where.end - where.begin > kLongest) continue;
    const auto begin = static_cast<std::uint32_t>(facts.text.size());
    facts.text += text.substr(where.begin, where.end - where.begin);
    facts.strings.push_back({begin, static_cast<std::uint32_t>(facts.text.size())});
    facts.handler_comments.push_back(
        {StringId{static_cast<std::uint32_t>(facts.strings.size() - 1)}, where});
  }
}

}  // namespace fnlint
