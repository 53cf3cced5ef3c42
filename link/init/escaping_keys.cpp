// What a record lacks, in a loop whose author has thought of other errors.

#include "link/init/escaping_keys.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/error_handlers.h"
#include "flow/syntax/failure_forms.h"
#include "tables/code_words.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace fnlint {

namespace {

// A stretch of one function, and which of its variables are a record or what a parser made of it.
struct Stretch {
  ModuleId module = {};
  FunctionId function = {};
  OpId first = {}, end = {};
  OpId attempt = {};                                  // errors of this one escape; no id: of none
  std::set<std::uint32_t> records = {}, parsed = {};  // variables
  friend auto operator<=>(const Stretch&, const Stretch&) = default;
};

struct Found {
  ModuleId module = {};
  std::string key = {};
  Range where = {};
};

class KeySearch {
 public:
  KeySearch(OwnCode& own, const Program& program) : own_(own), program_(program) {}

  std::optional<Found> find(Stretch stretch, int depth = 0) {
    constexpr int kCalls = 4;
    if (depth > kCalls || !seen_.emplace(depth, stretch).second) return std::nullopt;
    const CodeFacts& code = program_.facts(stretch.module);
    std::set<std::uint32_t> results;  // ops that give what is parsed
    for (OpId at = stretch.first; at < stretch.end; ++at.index) {
      const Op& op = code.ops[at.index];
      const auto is_parsed = [&](const Expr& row) {
        return (row.kind == ExprKind::Variable && stretch.parsed.contains(row.ref)) ||
               (row.kind == ExprKind::Result && results.contains(row.ref));
      };
      if (auto found = entry_of(code, stretch, at, is_parsed)) return found;
      if (op.kind == OpKind::Assign)
        note_assigned(code, code.assigns[op.detail], is_parsed, stretch);
      if (op.kind != OpKind::Call) continue;
      const Call& call = code.calls[op.detail];
      if (parses(code, call, stretch)) results.insert(at.index);
      if (is_safe(code, stretch, at)) continue;
      if (auto found = in_callee(code, call, is_parsed, stretch, depth)) return found;
    }
    return std::nullopt;
  }

 private:
  // Something else answers it before.
  [[nodiscard]] static bool is_safe(const CodeFacts& code, const Stretch& stretch, OpId at) {
    return std::ranges::any_of(ops_holding(code, at), [&](OpId outer) {
      const Op& row = code.ops[outer.index];
      return row.kind == OpKind::Try && (!stretch.attempt.exists() || outer > stretch.attempt) &&
             outer >= stretch.first && at < code.tries[row.detail].body_end &&
             code.tries[row.detail].catches.count > 0;
    });
  }
  [[nodiscard]] static bool is_rooted(const CodeFacts& code, ExprId expr,
                                      const std::set<std::uint32_t>& variables) {
    const VariableId root = expr.exists() ? root_variable(code, expr) : VariableId{};
    return root.exists() && variables.contains(root.index);
  }
  // `json.loads(record["body"])`
  [[nodiscard]] static bool parses(const CodeFacts& code, const Call& call,
                                   const Stretch& stretch) {
    const std::string_view name = name_of(code, call.callee);
    const auto given = code.operands_of(call.arguments);
    return is_one_of(known::parsing_calls(), name) && !given.empty() &&
           (is_rooted(code, given[0].value, stretch.records) ||
            is_rooted(code, given[0].value, stretch.parsed));
  }
  template <class IsParsed>
  static void note_assigned(const CodeFacts& code, const Assign& row, const IsParsed& is_parsed,
                            Stretch& stretch) {
    if (!row.target.exists() || !row.value.exists() ||
        code.exprs[row.target.index].kind != ExprKind::Variable)
      return;
    const std::uint32_t target = code.exprs[row.target.index].ref;
    const Expr* base = &code.exprs[row.value.index];
    while (base->kind == ExprKind::Index || base->kind == ExprKind::Part)
      base = &code.exprs[base->ref];
    if (is_parsed(*base))
      stretch.parsed.insert(target);
    else if (base->kind == ExprKind::Variable && stretch.records.contains(base->ref))
      stretch.records.insert(target);
  }
  // Some test of the function asks for the entry: `"product" in message`.
  [[nodiscard]] static bool is_asked(const CodeFacts& code, const Stretch& stretch,
                                     std::string_view key) {
    const Function& function = code.functions[stretch.function.index];
    for (OpId at = function.first; at < function.end; ++at.index) {
      bool asks = false;
      visit_expressions(code, at, [&](ExprId expr) {
        visit_parts(code, expr, [&](const Expr& row) {
          if (row.kind != ExprKind::Operator ||
              static_cast<OperatorKind>(row.detail) != OperatorKind::In)
            return;
          const ExprId one = code.operands_of(row.operands)[0].value;
          asks = asks || (one.exists() && code.exprs[one.index].kind == ExprKind::Text &&
                          code.string(code.exprs[one.index].name) == key);
        });
      });
      if (asks) return true;
    }
    return false;
  }
  template <class IsParsed>
  static std::optional<Found> entry_of(const CodeFacts& code, const Stretch& stretch, OpId at,
                                       const IsParsed& is_parsed) {
    const Op& op = code.ops[at.index];
    const ExprId target = op.kind == OpKind::Assign ? code.assigns[op.detail].target : ExprId{};
    std::optional<Found> found;
    visit_expressions(code, at, [&](ExprId whole) {
      if (whole == target) return;
      visit_parts(code, whole, [&](const Expr& row) {
        if (row.kind != ExprKind::Index || !is_parsed(code.exprs[row.ref])) return;
        const auto operands = code.operands_of(row.operands);
        const ExprId key = operands.empty() ? ExprId{} : operands[0].value;
        if (!key.exists() || code.exprs[key.index].kind != ExprKind::Text) return;
        const std::string_view name = code.string(code.exprs[key.index].name);
        if (!found && !is_asked(code, stretch, name) && !is_safe(code, stretch, at))
          found =
              Found{stretch.module, std::string(name), code.expr_ranges[&row - code.exprs.data()]};
      });
    });
    return found;
  }
  template <class IsParsed>
  std::optional<Found> in_callee(const CodeFacts& code, const Call& call, const IsParsed& is_parsed,
                                 const Stretch& stretch, int depth) {
    const OwnTarget own = own_.named(stretch.module, stretch.function, call.callee);
    if (!own.function.exists()) return std::nullopt;
    const CodeFacts& inner = program_.facts(own.module);
    const Function& function = inner.functions[own.function.index];
    Stretch next{.module = own.module,
                 .function = own.function,
                 .first = function.first,
                 .end = function.end};
    std::uint32_t place = 0;
    for (const Operand& operand : code.operands_of(call.arguments)) {
      if (operand.name.exists() || operand.spread != 0 || place >= function.parameters.count) break;
      const VariableId parameter = inner.parameters[function.parameters.first + place++].variable;
      if (!operand.value.exists() || !parameter.exists()) continue;
      if (is_parsed(code.exprs[operand.value.index])) next.parsed.insert(parameter.index);
      if (is_rooted(code, operand.value, stretch.records)) next.records.insert(parameter.index);
    }
    if (next.records.empty() && next.parsed.empty()) return std::nullopt;
    return find(next, depth + 1);
  }

  OwnCode& own_;
  const Program& program_;
  std::set<std::pair<int, Stretch>> seen_ = {};  // as they began; nothing was found there
};

// `for record in event["Records"]`
bool goes_over_records(const CodeFacts& code, const Loop& loop) {
  if (loop.kind != LoopKind::Each || !loop.subject.exists()) return false;
  const Expr& subject = code.exprs[loop.subject.index];
  if (subject.kind != ExprKind::Index || subject.operands.count == 0) return false;
  const ExprId key = code.operands_of(subject.operands)[0].value;
  return key.exists() && code.exprs[key.index].kind == ExprKind::Text &&
         code.string(code.exprs[key.index].name) == "Records";
}

// The others are to go on, but what the handlers take is no missing entry.
bool takes_others_alone(const CodeFacts& code, const Try& attempt) {
  bool goes_on = false;
  for (std::uint32_t i = 0; i < attempt.catches.count; ++i) {
    const Catch& handler = code.catches[attempt.catches.first + i];
    if (takes_any(code, handler)) return false;
    for (const std::string_view type : caught_types(code, handler))
      if (is_one_of(known::errors_of_missing_keys(), type)) return false;
    goes_on = goes_on || goes_on_with_next(code, handler.first);
  }
  return goes_on;
}

}  // namespace

std::vector<EscapingKey> escaping_keys(OwnCode& own, const Program& program, ModuleId module) {
  std::vector<EscapingKey> all;
  const CodeFacts& code = program.facts(module);
  if (!raises_if_missing(code.language)) return all;
  for (OpId at{0}; at.index < code.ops.size(); ++at.index) {
    if (code.ops[at.index].kind != OpKind::Try ||
        !takes_others_alone(code, code.tries[code.ops[at.index].detail]))
      continue;
    const std::vector<OpId> around = ops_holding(code, at);
    const auto loop = std::ranges::find_if(around.rbegin(), around.rend(), [&](OpId outer) {
      return code.ops[outer.index].kind == OpKind::Loop;
    });
    if (loop == around.rend()) continue;
    const Loop& row = code.loops[code.ops[loop->index].detail];
    if (!goes_over_records(code, row) || !row.target.exists() ||
        code.exprs[row.target.index].kind != ExprKind::Variable)
      continue;
    const Try& attempt = code.tries[code.ops[at.index].detail];
    Stretch stretch{.module = module,
                    .function = function_around(code, at),
                    .first = OpId{at.index + 1},
                    .end = attempt.body_end,
                    .attempt = at};
    stretch.records.insert(code.exprs[row.target.index].ref);
    const std::optional<Found> found = KeySearch(own, program).find(stretch);
    if (!found) continue;
    const Range where = code.op_ranges[at.index];
    all.push_back({found->key, found->module == module ? found->where : where, where});
  }
  return all;
}

}  // namespace fnlint
