// What stands behind the end of a block's way.

#include "flow/syntax/unreached.h"

#include <algorithm>
#include <span>

namespace fnlint {

namespace {

class Search {
 public:
  explicit Search(const CodeFacts& code) : code_(code) {}

  void block(OpId first, OpId end) {
    bool ended = false;
    for (OpId at = first; at.exists() && at < end; at = code_.ops[at.index].end) {
      if (ended) {
        note(code_.op_ranges[at.index]);
        continue;
      }
      inner(at);
      ended = code_.ops[at.index].kind == OpKind::Exit;
    }
  }
  std::vector<Range> take() {
    std::ranges::sort(found_, {}, &Range::begin);
    return std::move(found_);
  }

 private:
  // Not a function that is declared there: JavaScript's are there from the start.
  void note(Range rest) {
    const bool declares =
        std::ranges::any_of(code_.function_ranges, [&](Range one) { return rest.contains(one); });
    if (rest.begin != rest.end && !declares) found_.push_back(rest);
  }
  void inner(OpId at) {
    const Op& op = code_.ops[at.index];
    const OpId first{at.index + 1};
    switch (op.kind) {
      case OpKind::Branch: {
        const OpId otherwise = code_.branches[op.detail].otherwise;
        block(first, otherwise);
        return block(otherwise, op.end);
      }
      case OpKind::Loop:
      case OpKind::Block: return block(first, op.end);
      case OpKind::Try: {
        const Try& row = code_.tries[op.detail];
        block(first, row.body_end);
        for (const Catch& one :
             std::span(code_.catches).subspan(row.catches.first, row.catches.count))
          block(one.first, one.end);
        return block(row.finally_first, op.end);
      }
      default: return;
    }
  }

  const CodeFacts& code_;
  std::vector<Range> found_ = {};
};

}  // namespace

std::vector<Range> unreached_ranges(const CodeFacts& code) {
  Search search(code);
  for (const Function& function : code.functions)
    if (function.first.exists()) search.block(function.first, function.end);
  return search.take();
}

}  // namespace fnlint
