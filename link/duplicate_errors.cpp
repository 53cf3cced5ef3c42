#include "link/duplicate_errors.h"

#include "core/text.h"
#include "flow/code_queries.h"

#include <algorithm>
#include <iterator>

namespace fnlint {

namespace {

// Within the names that drivers, ORMs and those who call them have for it, in lower case.
constexpr std::string_view kWords[] = {"uniq",         "duplicat",      "integrity",
                                       "alreadyexist", "already_exist", "already exist",
                                       "dup_entry",    "e11000",        "sqlite_constraint"};
// PostgreSQL's, MySQL's, Prisma's, MongoDB's, SQL Server's and Oracle's codes.
constexpr std::string_view kCodes[] = {"23505", "1062", "p2002",    "11000",
                                       "2627",  "2601", "ora-00001"};

bool names_duplicate(std::string_view text) {
  const std::string small = lower(text);
  return std::ranges::find(kCodes, small) != std::end(kCodes) ||
         std::ranges::any_of(kWords,
                             [&](std::string_view word) { return small.find(word) != small.npos; });
}

bool names_duplicate(const CodeFacts& code, ExprId whole) {
  bool names = false;
  if (whole.exists())
    visit_parts(code, whole, [&](const Expr& row) {
      names = names || names_duplicate(code.string(row.name)) ||
              (row.kind == ExprKind::Variable &&
               names_duplicate(code.string(code.variables[row.ref].name)));
    });
  return names;
}

bool names_duplicate(const CodeFacts& code, OpId first, OpId end) {
  for (OpId at = first; at.exists() && at < end; ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Branch && names_duplicate(code, code.branches[op.detail].condition))
      return true;
    if (op.kind != OpKind::Call) continue;
    const Call& call = code.calls[op.detail];
    if (names_duplicate(code, call.callee)) return true;
    for (const Operand& argument : code.operands_of(call.arguments))
      if (names_duplicate(code, argument.value)) return true;
  }
  return false;
}

bool names_duplicate(const CodeFacts& code, const Catch& handler) {
  return std::ranges::any_of(caught_types(code, handler),
                             [](std::string_view type) { return names_duplicate(type); }) ||
         names_duplicate(code, handler.first, handler.end);
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

}  // namespace

bool tells_duplicates(const CodeFacts& code, OpId op) {
  if (!op.exists()) return false;
  // Where errors are values, what follows may ask them.
  const bool by_value = has_error_values(code.language) || code.language == Language::Rust;
  if (by_value) return names_duplicate(code, OpId{op.index + 1}, end_of_function(code, op));
  for (std::uint32_t at = op.index; at-- > 0;) {
    if (code.ops[at].kind != OpKind::Try) continue;
    const Try& row = code.tries[code.ops[at].detail];
    if (op.index >= row.body_end.index) continue;
    for (std::uint32_t i = 0; i < row.catches.count; ++i)
      if (names_duplicate(code, code.catches[row.catches.first + i])) return true;
  }
  return false;
}

}  // namespace fnlint
