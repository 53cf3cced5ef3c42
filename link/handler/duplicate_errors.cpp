// Searches what tests in the handler ask for, through variables and functions of the file, for
// names and codes of such errors.

#include "link/handler/duplicate_errors.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "tables/known.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

// How an error says it: within names, or by the whole of a code.
struct DuplicateNames {
  known::Words words = {}, codes = {};
  [[nodiscard]] bool are_in(std::string_view text) const {
    const std::string small = lower(text);
    return is_one_of(codes, small) || std::ranges::any_of(words, [&](std::string_view word) {
             return small.find(word) != small.npos;
           });
  }
};

// Looks for such a name in what the ops of a region test, whatever carries the test there: a
// variable that was given it, what was made of that, a function of the file that gives it.
class DuplicateSearch {
 public:
  DuplicateSearch(const CodeFacts& code, const DuplicateNames& names)
      : code_(code), names_(names) {}

  bool in_ops(OpId first, OpId end) {
    regions_.emplace_back(first, end);
    for (OpId at = first; at.exists() && at < end; ++at.index)
      if (in_op(at)) return true;
    return false;
  }

 private:
  bool in_op(OpId at) {
    const Op& op = code_.ops[at.index];
    if (op.kind == OpKind::Branch) return in_test(code_.branches[op.detail].condition);
    if (op.kind != OpKind::Call) return false;
    const Call& call = code_.calls[op.detail];
    return in_expression(call.callee) ||
           std::ranges::any_of(code_.operands_of(call.arguments),
                               [&](const Operand& one) { return in_expression(one.value); });
  }

  bool in_expression(ExprId whole) const {
    bool names = false;
    if (whole.exists())
      visit_parts(code_, whole, [&](const Expr& row) {
        names = names || names_.are_in(code_.string(row.name)) ||
                (row.kind == ExprKind::Variable &&
                 names_.are_in(code_.string(code_.variables[row.ref].name)));
      });
    return names;
  }

  bool in_test(ExprId test) {
    if (!test.exists()) return false;
    if (in_expression(test)) return true;
    std::vector<VariableId> variables;
    std::vector<OpId> results;
    add_variables(code_, test, variables);
    add_results(code_, test, results);
    return std::ranges::any_of(variables, [&](VariableId one) { return in_variable(one); }) ||
           std::ranges::any_of(results, [&](OpId one) { return in_called(one); });
  }

  // What the ops that are searched, and those around a function that they call, give the variable.
  bool in_variable(VariableId variable) {
    if (!variables_.insert(variable).second) return false;
    for (std::size_t i = 0, count = regions_.size(); i < count; ++i)
      for (auto [at, end] = regions_[i]; at.exists() && at < end; ++at.index) {
        const Op& op = code_.ops[at.index];
        if (op.kind != OpKind::Assign) continue;
        const Assign& row = code_.assigns[op.detail];
        if (root_variable(code_, row.target) == variable && in_test(row.value)) return true;
      }
    return false;
  }

  bool in_called(OpId op) {
    if (code_.ops[op.index].kind == OpKind::Await) {
      const Expr& awaited = code_.exprs[code_.awaits[code_.ops[op.index].detail].value.index];
      return awaited.kind == ExprKind::Result && in_called(OpId{awaited.ref});
    }
    if (code_.ops[op.index].kind != OpKind::Call) return false;
    const VariableId called =
        root_variable(code_, code_.calls[code_.ops[op.index].detail].callee);
    if (!called.exists()) return false;
    return std::ranges::any_of(code_.assigns, [&](const Assign& row) {
      return row.value.exists() && code_.exprs[row.value.index].kind == ExprKind::Function &&
             root_variable(code_, row.target) == called &&
             in_function(FunctionId{code_.exprs[row.value.index].ref});
    });
  }

  bool in_function(FunctionId id) {
    if (!functions_.insert(id).second) return false;
    const Function& function = code_.functions[id.index];
    if (in_ops(function.first, function.end)) return true;
    for (OpId at = function.first; at.exists() && at < function.end; ++at.index) {
      const Op& op = code_.ops[at.index];
      const bool gives = op.kind == OpKind::Exit && code_.exits[op.detail].kind == ExitKind::Return;
      if (gives && in_test(code_.exits[op.detail].value)) return true;
    }
    return false;
  }

  const CodeFacts& code_;
  const DuplicateNames& names_;
  std::vector<std::pair<OpId, OpId>> regions_;
  std::set<VariableId> variables_;
  std::set<FunctionId> functions_;
};

bool names_duplicate(const CodeFacts& code, const Catch& handler, const DuplicateNames& names) {
  return std::ranges::any_of(caught_types(code, handler),
                             [&](std::string_view type) { return names.are_in(type); }) ||
         DuplicateSearch(code, names).in_ops(handler.first, handler.end);
}

// Where the innermost function around the op ends.
OpId end_of_function(const CodeFacts& code, OpId op) {
  const Function* innermost = nullptr;
  for (const Function& one : code.functions) {
    const bool is_around = one.first.exists() && one.first <= op && op < one.end;
    if (is_around && (innermost == nullptr || innermost->first < one.first)) innermost = &one;
  }
  return innermost != nullptr ? innermost->end : OpId{};
}

// What follows may ask an error that is a value, or an answer.
bool asks_afterwards(const CodeFacts& code, OpId op, const DuplicateNames& names) {
  return DuplicateSearch(code, names).in_ops(OpId{op.index + 1}, end_of_function(code, op));
}

bool is_told(const CodeFacts& code, OpId op, const DuplicateNames& names) {
  if (!op.exists()) return false;
  const bool by_value = has_error_values(code.language) || code.language == Language::Rust;
  if (by_value) return asks_afterwards(code, op, names);
  for (std::uint32_t at = op.index; at-- > 0;) {
    if (code.ops[at].kind != OpKind::Try) continue;
    const Try& row = code.tries[code.ops[at].detail];
    if (op.index >= row.body_end.index) continue;
    for (std::uint32_t i = 0; i < row.catches.count; ++i)
      if (names_duplicate(code, code.catches[row.catches.first + i], names)) return true;
  }
  return false;
}

}  // namespace

bool tells_duplicates(const CodeFacts& code, OpId op) {
  return is_told(code, op, {known::duplicate_words(), known::duplicate_codes()});
}

bool tells_repeated_requests(const CodeFacts& code, OpId op) {
  const DuplicateNames names{known::repeated_request_words(), known::repeated_request_codes()};
  return op.exists() && (is_told(code, op, names) || asks_afterwards(code, op, names));
}

}  // namespace fnlint
