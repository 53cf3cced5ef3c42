// What is empty, and may be so for another reason than that nothing is there.

#include "flow/syntax/empty_answers.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/dropped_errors.h"
#include "flow/syntax/error_handlers.h"
#include "flow/syntax/failure_forms.h"
#include "model/language_traits.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>

namespace fnlint {

namespace {

// "an empty list"; empty: it is none of these.
std::string_view empty_word(const CodeFacts& code, ExprId value) {
  if (!value.exists()) return {};
  const Expr& row = code.exprs[value.index];
  if (row.operands.count != 0) return {};
  if (row.kind == ExprKind::List) return "an empty list";
  if (row.kind == ExprKind::Record) return "an empty object";
  return {};
}

ExprId returned_there(const CodeFacts& code, OpId at) {
  const Op& op = code.ops[at.index];
  const bool is_return = op.kind == OpKind::Exit && code.exits[op.detail].kind == ExitKind::Return;
  return is_return ? code.exits[op.detail].value : ExprId{};
}

class EmptyAnswers {
 public:
  EmptyAnswers(const CodeFacts& code, const Function& function,
               const std::function<bool(OpId)>& asks)
      : code_(code), function_(function), asks_(asks) {}

  // `while more: try: rows += page() except HTTPError: log(); break`
  EmptyAnswer find_partial() const {
    for (OpId at = function_.first; at.exists() && at < function_.end; ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind != OpKind::Loop || code_.loops[op.detail].kind == LoopKind::Each) continue;
      const OpId inside{at.index + 1};
      const VariableId list = returned_behind(at);
      if (!list.exists() || !is_written(inside, op.end, list) || !asks_in(inside, op.end)) continue;
      const OpId end = failing_end(at);
      if (end.exists()) return {end, "what it has until then"};
    }
    return {};
  }
  EmptyAnswer find() const {
    for (OpId at = function_.first; at.exists() && at < function_.end; ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind != OpKind::Try || is_in_loop(at)) continue;
      const Try& row = code_.tries[op.detail];
      const auto handlers = std::span(code_.catches).subspan(row.catches.first, row.catches.count);
      for (const Catch& one : handlers) {
        if (!one.first.exists() || !takes_requests(one) || !only_logs(code_, one.first, one.end) ||
            is_meant(at, one))
          continue;
        const std::string_view word = given_by(at, one);
        if (!word.empty() && asks_in(OpId{at.index + 1}, row.body_end)) return {one.first, word};
      }
    }
    return {};
  }

 private:
  [[nodiscard]] bool is_in_loop(OpId at) const {
    return std::ranges::any_of(ops_holding(code_, at), [&](OpId outer) {
      return code_.ops[outer.index].kind == OpKind::Loop;
    });
  }
  // Who writes why has thought of it, and who only warns can do without.
  [[nodiscard]] bool is_meant(OpId attempt, const Catch& handler) const {
    for (OpId at = handler.first; at < handler.end; ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Call &&
          lower(name_of(code_, code_.calls[op.detail].callee)).find("warn") != std::string::npos)
        return true;
    }
    return is_meant_to_be_lost(code_, attempt);
  }
  [[nodiscard]] bool asks_in(OpId first, OpId end) const {
    for (OpId at = first; at < end; ++at.index)
      if (code_.ops[at.index].kind == OpKind::Call && asks_(at)) return true;
    return false;
  }
  // What the function gives where the handler has answered the error.
  [[nodiscard]] std::string_view given_by(OpId attempt, const Catch& handler) const {
    bool leaves = false;
    for (OpId at = handler.first; at < handler.end; ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Branch) return {};
      leaves = leaves || op.kind == OpKind::Exit;
      const std::string_view word = empty_word(code_, returned_there(code_, at));
      if (!word.empty()) return word;
    }
    return leaves ? std::string_view() : given_behind(attempt);
  }
  // The variable that the function gives behind an op, with nothing but logs between.
  [[nodiscard]] VariableId returned_behind(OpId before) const {
    for (OpId at = code_.ops[before.index].end; at < function_.end; at = code_.ops[at.index].end) {
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Call && is_log(code_, code_.calls[op.detail].callee)) continue;
      const ExprId value = returned_there(code_, at);
      const bool is_one = value.exists() && code_.exprs[value.index].kind == ExprKind::Variable;
      return is_one ? VariableId{code_.exprs[value.index].ref} : VariableId{};
    }
    return {};
  }
  // What ends the loop where a request has failed: its first op.
  [[nodiscard]] OpId failing_end(OpId loop) const {
    const Op& around = code_.ops[loop.index];
    for (OpId at{loop.index + 1}; at < around.end; ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Branch) {
        const Branch& row = code_.branches[op.detail];
        const bool is_then = asks_status(row.condition) && is_refused(row.condition);
        if (is_then && logs_and_breaks(OpId{at.index + 1}, row.otherwise, loop))
          return OpId{at.index + 1};
        if (asks_status(row.condition) && !is_then && logs_and_breaks(row.otherwise, op.end, loop))
          return row.otherwise;
      }
      if (op.kind != OpKind::Try) continue;
      const Slice<Catch> rows = code_.tries[op.detail].catches;
      for (const Catch& one : std::span(code_.catches).subspan(rows.first, rows.count))
        if (one.first.exists() && takes_requests(one) && !is_meant(at, one) &&
            logs_and_breaks(one.first, one.end, loop))
          return one.first;
    }
    return {};
  }
  [[nodiscard]] bool logs_and_breaks(OpId first, OpId end, OpId loop) const {
    if (!(first < end) || !only_logs(code_, first, end)) return false;
    for (OpId at = first; at < end; ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind == OpKind::Branch) return false;
      if (op.kind == OpKind::Exit)
        return code_.exits[op.detail].kind == ExitKind::Break &&
               code_.exits[op.detail].target == loop;
    }
    return false;
  }
  // Any error, or those of requests: not what a page lacks that is the last one.
  [[nodiscard]] bool takes_requests(const Catch& handler) const {
    return takes_any(code_, handler) ||
           std::ranges::any_of(caught_types(code_, handler), [](std::string_view type) {
             const std::string_view name = type.substr(type.find_last_of(".:") + 1);
             return name == "Error" || name.find("HTTP") != name.npos ||
                    name.find("Http") != name.npos || name.starts_with("Request") ||
                    name.starts_with("Connection") || name.starts_with("Client");
           });
  }
  // `response.status_code == 200`, `response.ok`
  [[nodiscard]] bool asks_status(ExprId condition) const {
    bool found = false;
    visit_parts(code_, condition, [&](const Expr& row) {
      if (row.kind != ExprKind::Member) return;
      const std::string name = lower(code_.string(row.name));
      found = found || name == "ok" || name == "status" || name == "status_code" ||
              name == "statuscode";
    });
    return found;
  }
  // `status != 200`, `not response.ok`, `status >= 400`: the other way is the good one.
  [[nodiscard]] bool is_refused(ExprId condition) const {
    const Expr& row = code_.exprs[condition.index];
    const auto kind = static_cast<OperatorKind>(row.detail);
    return row.kind == ExprKind::Operator &&
           (kind == OperatorKind::Not || kind == OperatorKind::NotEqual);
  }
  // `rows = []`, `try: rows = query()`, `return rows`
  [[nodiscard]] std::string_view given_behind(OpId attempt) const {
    const OpId end = code_.ops[attempt.index].end;
    for (OpId at = end; at < function_.end; at = code_.ops[at.index].end) {
      const Op& op = code_.ops[at.index];
      const bool is_log_or_end =
          op.kind == OpKind::Call && (code_.calls[op.detail].mode == CallMode::Implicit ||
                                      is_log(code_, code_.calls[op.detail].callee));
      if (is_log_or_end) continue;
      const ExprId value = returned_there(code_, at);
      if (!value.exists() || code_.exprs[value.index].kind != ExprKind::Variable) return {};
      const VariableId variable{code_.exprs[value.index].ref};
      if (!is_written(OpId{attempt.index + 1},
                      code_.tries[code_.ops[attempt.index].detail].body_end, variable))
        return {};
      return first_value(attempt, variable);
    }
    return {};
  }
  [[nodiscard]] bool is_written(OpId first, OpId end, VariableId variable) const {
    const WrittenVariables written = written_variables(code_, first, end);
    const auto has = [&](const std::vector<VariableId>& all) {
      return std::ranges::find(all, variable) != all.end();
    };
    return has(written.assigned) || has(written.touched);
  }
  [[nodiscard]] std::string_view first_value(OpId attempt, VariableId variable) const {
    std::string_view word;
    for (OpId at = function_.first; at < attempt; ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind != OpKind::Assign ||
          !is_variable(code_, code_.assigns[op.detail].target, variable))
        continue;
      word = empty_word(code_, code_.assigns[op.detail].value);
      if (word.empty()) return {};
    }
    return word;
  }

  const CodeFacts& code_;
  const Function& function_;
  const std::function<bool(OpId)>& asks_;
};

}  // namespace

EmptyAnswer empty_answer(const CodeFacts& code, const Function& function,
                         const std::function<bool(OpId)>& asks) {
  if (!function.first.exists() || (function.flags & (kBroken | kGenerator)) != 0) return {};
  return EmptyAnswers(code, function, asks).find();
}

EmptyAnswer partial_answer(const CodeFacts& code, const Function& function,
                           const std::function<bool(OpId)>& asks) {
  if (!function.first.exists() || (function.flags & (kBroken | kGenerator)) != 0) return {};
  return EmptyAnswers(code, function, asks).find_partial();
}

namespace {

// Follows what a call has given through its function.
class AskedAnswer {
 public:
  AskedAnswer(const CodeFacts& code, OpId call) : code_(code), call_(call), results_{call.index} {}

  EmptyAsked find() {
    const FunctionId around = function_around(code_, call_);
    if (!around.exists()) return EmptyAsked::Yes;
    const OpId end = code_.functions[around.index].end;
    for (OpId at{call_.index + 1}; at < end && !asked_; ++at.index) take(at);
    if (asked_ || !used_) return EmptyAsked::Yes;
    return returned_ ? EmptyAsked::Returned : EmptyAsked::No;
  }

 private:
  [[nodiscard]] bool is_it(const Expr& row) const {
    return (row.kind == ExprKind::Result && results_.contains(row.ref)) ||
           (row.kind == ExprKind::Variable && names_.contains(row.ref));
  }
  [[nodiscard]] bool is_it(ExprId expr) const {
    return expr.exists() && is_it(code_.exprs[expr.index]);
  }
  [[nodiscard]] bool has_it(ExprId expr) const {
    bool found = false;
    if (expr.exists())
      visit_parts(code_, expr, [&](const Expr& row) { found = found || is_it(row); });
    return found;
  }
  void take(OpId at) {
    const Op& op = code_.ops[at.index];
    visit_expressions(code_, at, [&](ExprId expr) {
      used_ = used_ || has_it(expr);
      visit_parts(code_, expr, [&](const Expr& row) {
        if (row.kind != ExprKind::Operator && row.kind != ExprKind::Choose) return;
        for (const Operand& one : code_.operands_of(row.operands))
          asked_ = asked_ || has_it(one.value);
      });
    });
    switch (op.kind) {
      case OpKind::Branch: asked_ = asked_ || has_it(code_.branches[op.detail].condition); break;
      case OpKind::Await:
        if (is_it(code_.awaits[op.detail].value)) results_.insert(at.index);
        break;
      case OpKind::Assign: take_assign(code_.assigns[op.detail]); break;
      case OpKind::Call: take_call(code_.calls[op.detail]); break;
      case OpKind::Exit: returned_ = returned_ || is_it(code_.exits[op.detail].value); break;
      default: break;
    }
  }
  void take_assign(const Assign& row) {
    const bool to_name =
        row.target.exists() && code_.exprs[row.target.index].kind == ExprKind::Variable;
    if (to_name && is_it(row.value)) names_.insert(code_.exprs[row.target.index].ref);
    // It lies where other functions may ask for it.
    if (!to_name && row.target.exists() && has_it(row.value)) asked_ = true;
  }
  // `len(rows)` asks; what else takes it whole may.
  void take_call(const Call& row) {
    if (is_log(code_, row.callee)) return;
    for (const Operand& one : code_.operands_of(row.arguments)) asked_ = asked_ || is_it(one.value);
  }

  const CodeFacts& code_;
  const OpId call_;
  std::set<std::uint32_t> results_, names_ = {};
  bool asked_ = false, used_ = false, returned_ = false;
};

}  // namespace

EmptyAsked empty_asked(const CodeFacts& code, OpId call) { return AskedAnswer(code, call).find(); }

namespace {

// `"size": 0` twice: nothing is lost.
bool is_same(const CodeFacts& code, ExprId one, ExprId other) {
  if (!one.exists() || !other.exists()) return false;
  const Expr &first = code.exprs[one.index], &second = code.exprs[other.index];
  return first.kind == second.kind && first.detail == second.detail &&
         code.string(first.name) == code.string(second.name) &&
         (first.kind == ExprKind::Number || first.kind == ExprKind::Text ||
          first.kind == ExprKind::Bool || first.kind == ExprKind::Null);
}

}  // namespace

std::vector<KeyTwice> keys_twice(const CodeFacts& code) {
  std::vector<KeyTwice> found;
  for (const Expr& row : code.exprs) {
    if (row.kind != ExprKind::Record) continue;
    std::map<std::string_view, std::uint32_t> seen;
    for (std::uint32_t i = 0; i < row.operands.count; ++i) {
      const std::uint32_t at = row.operands.first + i;
      const Operand& entry = code.operands[at];
      if (entry.spread != 0) seen.clear();  // what was put before is a default
      const bool is_function =
          entry.value.exists() && code.exprs[entry.value.index].kind == ExprKind::Function;
      if (!entry.name.exists() || entry.spread != 0 || is_function) continue;
      const std::string_view name = code.string(entry.name);
      const auto [first, is_new] = seen.try_emplace(name, at);
      const Range where = code.operand_ranges[at], before = code.operand_ranges[first->second];
      const bool is_lost = !is_same(code, entry.value, code.operands[first->second].value) &&
                           name != "__proto__";  // JavaScript's is no property in one of its forms
      if (!is_new && is_lost && where.begin != where.end && before.begin != before.end)
        found.push_back({name, before, where});
    }
  }
  return found;
}

namespace {

// What somebody else has written: an element, a parameter, what a parser gives. The lists that
// other libraries give may never be empty: parse_qs.
bool is_foreign(const CodeFacts& code, ExprId base, const std::vector<ExprId>& values) {
  if (!base.exists()) return false;
  const Expr& row = code.exprs[base.index];
  if (row.kind == ExprKind::Index || row.kind == ExprKind::Member)
    return is_foreign(code, ExprId{row.ref}, values);
  if (row.kind == ExprKind::Result) {
    const Op& op = code.ops[row.ref];
    if (op.kind == OpKind::Await) return is_foreign(code, code.awaits[op.detail].value, values);
    if (op.kind != OpKind::Call) return false;
    const ExprId callee = code.calls[op.detail].callee;
    const std::string_view name = name_of(code, callee);
    if (name == "json" || name == "loads" || name == "parse") return true;
    return name == "get" && code.exprs[callee.index].kind == ExprKind::Member &&
           is_foreign(code, ExprId{code.exprs[callee.index].ref}, values);
  }
  if (row.kind != ExprKind::Variable) return false;
  const VariableKind kind = code.variables[row.ref].kind;
  const bool is_looped = std::ranges::any_of(code.loops, [&](const Loop& one) {
    return one.target.exists() && is_variable(code, one.target, VariableId{row.ref});
  });
  if (kind == VariableKind::Parameter || kind == VariableKind::Element || is_looped) return true;
  const ExprId value = values[row.ref];
  return value.exists() && value.index != base.index &&
         code.exprs[value.index].kind != ExprKind::Variable && is_foreign(code, value, values);
}

// `[{}]`
bool is_list_of_one(const CodeFacts& code, ExprId value) {
  if (!value.exists()) return false;
  const Expr& row = code.exprs[value.index];
  const auto elements = code.operands_of(row.operands);
  if (row.kind != ExprKind::List || elements.size() != 1 || elements[0].spread != 0 ||
      !elements[0].value.exists())
    return false;
  const Expr& element = code.exprs[elements[0].value.index];
  return element.operands.count == 0 && element.kind == ExprKind::Record;
}

bool is_first(const CodeFacts& code, const Expr& row) {
  const auto operands = code.operands_of(row.operands);
  if (row.kind != ExprKind::Index || row.detail == 1 || operands.size() != 1 ||
      !operands[0].value.exists())
    return false;
  const Expr& index = code.exprs[operands[0].value.index];
  return index.kind == ExprKind::Number && code.string(index.name) == "0";
}

// What has the default: "owners" of `row.get("owners", [{}])` and of `row.owners || [{}]`.
std::string_view with_default(const CodeFacts& code, const Expr& row,
                              const std::vector<ExprId>& values) {
  if (row.kind == ExprKind::Result && code.ops[row.ref].kind == OpKind::Call) {
    const Call& call = code.calls[code.ops[row.ref].detail];
    const auto given = code.operands_of(call.arguments);
    if (name_of(code, call.callee) != "get" || given.size() != 2 || !given[0].value.exists() ||
        code.exprs[given[0].value.index].kind != ExprKind::Text ||
        code.exprs[call.callee.index].kind != ExprKind::Member ||
        !is_list_of_one(code, given[1].value) ||
        !is_foreign(code, ExprId{code.exprs[call.callee.index].ref}, values))
      return {};
    return code.string(code.exprs[given[0].value.index].name);
  }
  const auto kind = static_cast<OperatorKind>(row.detail);
  const auto sides = code.operands_of(row.operands);
  if (row.kind != ExprKind::Operator || sides.size() != 2 || !sides[0].value.exists() ||
      (kind != OperatorKind::Or && kind != OperatorKind::Coalesce) ||
      traits(code.language).empty_is_false || !is_list_of_one(code, sides[1].value) ||
      !is_foreign(code, sides[0].value, values))
    return {};
  return name_of(code, sides[0].value);
}

}  // namespace

std::vector<FirstOfDefault> firsts_of_defaults(const CodeFacts& code) {
  const bool raises = traits(code.language).raises_if_missing;
  if (!raises && !traits(code.language).has_undefined) return {};
  std::vector<FirstOfDefault> found;
  std::vector<ExprId> values;  // made where one is asked for
  const auto note = [&](std::uint32_t index) {
    const Expr& row = code.exprs[index];
    if (!is_first(code, row)) return;
    if (values.empty()) values = sole_values(code);
    const std::string_view name = with_default(code, code.exprs[row.ref], values);
    if (!name.empty()) found.push_back({code.expr_ranges[index], name});
  };
  std::vector<bool> noted(code.exprs.size(), false);
  for (std::uint32_t i = 0; i < code.exprs.size(); ++i) {
    const Expr& row = code.exprs[i];
    // Elsewhere it is nothing, of which a part is read.
    const bool reads = (row.kind == ExprKind::Member || row.kind == ExprKind::Index) &&
                       row.detail != 1 && row.ref < code.exprs.size();
    if (!raises && !reads) continue;
    const std::uint32_t at = raises ? i : row.ref;
    if (!noted[at]) note(at);
    noted[at] = true;
  }
  return found;
}

}  // namespace fnlint
