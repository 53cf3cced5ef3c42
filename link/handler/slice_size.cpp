// Follows the list back through its module to slices, chunking helpers and literals, and to the
// tests that may leave it empty.

#include "link/handler/slice_size.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/error_handlers.h"
#include "flow/syntax/failure_forms.h"
#include "tables/code_words.h"
#include "tables/models.h"

#include <algorithm>
#include <charconv>

namespace fnlint {

namespace {

// Follows one list through the module of the call.
class Slices {
 public:
  explicit Slices(const CodeFacts& code) : code_(code), values_(sole_values(code)) {}

  // What the call is given as the member.
  ExprId member_of(const Call& call, const LibraryModel& row, std::string_view member) {
    const auto given = code_.operands_of(call.arguments);
    if (row.members_in.empty() && row.command.empty()) return entry(given, member);
    if (given.empty() || given[0].name.exists()) return entry(given, member);
    return within(given[0].value, member, !row.command.empty());
  }
  SliceSize follow(ExprId list) {
    if (!list.exists() || ++steps_ > kSteps) return {};
    const Expr& row = code_.exprs[list.index];
    if (row.kind == ExprKind::List) return {.written = is_written(row)};
    if (row.kind == ExprKind::Part) return of_bounds(code_.operands_of(row.operands));
    if (row.kind == ExprKind::Result) return of_call(OpId{row.ref});
    if (row.kind != ExprKind::Variable) return {};
    if (const ExprId value = values_[row.ref]; value.exists()) return follow(value);
    for (const Loop& loop : code_.loops)
      if (loop.kind == LoopKind::Each && is_variable(code_, loop.target, VariableId{row.ref}))
        return of_rounds(loop.subject);
    return of_parameter(VariableId{row.ref});
  }
  // `rows = []`, and `if fits: rows.append(row)`.
  [[nodiscard]] bool may_be_empty(ExprId list, OpId call) const;

 private:
  static constexpr int kSteps = 16;

  [[nodiscard]] bool is_written(const Expr& list) const {
    return std::ranges::all_of(code_.operands_of(list.operands), [&](const Operand& one) {
      const Expr& entry = code_.exprs[one.value.index];
      return one.spread == 0 && entry.kind == ExprKind::Record &&
             std::ranges::all_of(code_.operands_of(entry.operands),
                                 [](const Operand& part) { return part.spread == 0; });
    });
  }
  [[nodiscard]] bool is_named(OpId at, VariableId variable) const {
    bool found = false;
    visit_expressions(code_, at, [&](ExprId expr) {
      visit_parts(code_, expr, [&](const Expr& part) {
        found = found || (part.kind == ExprKind::Variable && part.ref == variable.index);
      });
    });
    return found;
  }
  // `new SendMessageBatchCommand({Entries: rows})`, which the call is given.
  [[nodiscard]] bool makes_command(OpId at, OpId call) const {
    const auto given = code_.operands_of(code_.calls[code_.ops[call.index].detail].arguments);
    return std::ranges::any_of(given, [&](const Operand& one) {
      if (!one.value.exists()) return false;
      const Expr* row = &code_.exprs[one.value.index];
      if (row->kind == ExprKind::Variable && values_[row->ref].exists())
        row = &code_.exprs[values_[row->ref].index];
      return row->kind == ExprKind::Result && row->ref == at.index;
    });
  }
  [[nodiscard]] bool is_log_of(const Op& op) const {
    return is_log(code_, code_.calls[op.detail].callee);
  }
  [[nodiscard]] bool fills(OpId at, VariableId list) const {
    const Op& op = code_.ops[at.index];
    return op.kind == OpKind::Call && puts_into_receiver(code_, code_.calls[op.detail]) &&
           root_variable(code_, code_.calls[op.detail].callee) == list;
  }
  [[nodiscard]] bool fills_in(OpId first, OpId end, VariableId list) const {
    for (OpId at = first; at < end; ++at.index)
      if (fills(at, list)) return true;
    return false;
  }
  // Under a test, or where an error is answered, in a loop, and the call comes on the other way,
  // too.
  [[nodiscard]] bool is_on_some_ways(OpId at, OpId call, VariableId list) const {
    bool in_loop = false;
    return std::ranges::any_of(ops_holding(code_, at), [&](OpId outer) {
      const Op& row = code_.ops[outer.index];
      if (outer < call && call < row.end) return false;
      in_loop = in_loop || row.kind == OpKind::Loop;
      if (!in_loop) return false;
      if (row.kind == OpKind::Try) return code_.tries[row.detail].catches.count > 0;
      if (row.kind != OpKind::Branch) return false;
      const OpId otherwise = code_.branches[row.detail].otherwise;
      return at < otherwise ? !fills_in(otherwise, row.end, list)
                            : !fills_in(OpId{outer.index + 1}, otherwise, list);
    });
  }
  ExprId entry(std::span<const Operand> given, std::string_view member) {
    const std::string_view part = member.substr(0, member.find('.'));
    const std::string_view rest =
        part == member ? std::string_view() : member.substr(part.size() + 1);
    ExprId found;
    for (const Operand& one : given) {
      const bool by_key = one.key.exists() && code_.exprs[one.key.index].kind == ExprKind::Text;
      const std::string_view name =
          by_key ? code_.string(code_.exprs[one.key.index].name) : code_.string(one.name);
      if (one.spread == 0 && (part == "*" || flat_name(name) == flat_name(part))) found = one.value;
    }
    if (part == "*" && given.size() != 1) return {};
    return !found.exists() || rest.empty() ? found : within(found, rest, false);
  }
  ExprId within(ExprId expr, std::string_view member, bool of_command) {
    if (!expr.exists() || ++steps_ > kSteps) return {};
    const Expr& row = code_.exprs[expr.index];
    if (row.kind == ExprKind::Variable) return within(values_[row.ref], member, of_command);
    if (row.kind == ExprKind::Record) return entry(code_.operands_of(row.operands), member);
    if (!of_command || row.kind != ExprKind::Result) return {};
    const Op& op = code_.ops[row.ref];
    if (op.kind != OpKind::Call) return {};
    const auto given = code_.operands_of(code_.calls[op.detail].arguments);
    return given.empty() ? ExprId{} : within(given[0].value, member, false);
  }

  [[nodiscard]] std::int64_t number(ExprId expr) const {
    if (!expr.exists()) return 0;
    const Expr& row = code_.exprs[expr.index];
    if (row.kind == ExprKind::Variable) {
      const ExprId value = values_[row.ref];
      const bool is_number = value.exists() && code_.exprs[value.index].kind == ExprKind::Number;
      return is_number ? number(value) : 0;
    }
    if (row.kind != ExprKind::Number) return 0;
    const std::string_view text = code_.string(row.name);
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? value : 0;
  }
  [[nodiscard]] bool is_same(ExprId a, ExprId b) const {
    const Expr &one = code_.exprs[a.index], &other = code_.exprs[b.index];
    return one.kind == ExprKind::Variable && other.kind == ExprKind::Variable &&
           one.ref == other.ref;
  }
  // From `i` to `i + 25`, or from nothing to 25.
  [[nodiscard]] SliceSize between(ExprId from, ExprId to) const {
    if (!to.exists()) return {};
    const Expr& end = code_.exprs[to.index];
    const auto parts = code_.operands_of(end.operands);
    const bool adds = end.kind == ExprKind::Operator && parts.size() == 2 &&
                      static_cast<OperatorKind>(end.detail) == OperatorKind::Add;
    if (adds && from.exists()) {
      if (is_same(parts[0].value, from)) return {.most = number(parts[1].value)};
      if (is_same(parts[1].value, from)) return {.most = number(parts[0].value)};
      return {};
    }
    const bool from_first = !from.exists() || (code_.exprs[from.index].kind == ExprKind::Number &&
                                               code_.string(code_.exprs[from.index].name) == "0");
    return from_first ? SliceSize{.most = number(to)} : SliceSize{};
  }
  [[nodiscard]] SliceSize of_bounds(std::span<const Operand> part) const {
    if (part.size() > 2 && part[2].value.exists()) return {};  // by steps
    return part.size() < 2 ? SliceSize{} : between(part[0].value, part[1].value);
  }

  SliceSize of_call(OpId at) {
    const Op& op = code_.ops[at.index];
    if (op.kind != OpKind::Call) return {};
    const Call& call = code_.calls[op.detail];
    const auto given = code_.operands_of(call.arguments);
    const Expr& callee = code_.exprs[call.callee.index];
    if (callee.kind == ExprKind::Variable) {
      const bool is_list = code_.string(code_.variables[callee.ref].name) == "list";
      return is_list && given.size() == 1 ? follow(given[0].value) : SliceSize{};
    }
    if (callee.kind != ExprKind::Member) return {};
    const std::string_view name = code_.string(callee.name);
    if (name == "map") return follow(ExprId{callee.ref});
    if (name == "slice" && given.size() == 2) return between(given[0].value, given[1].value);
    if (name == "splice" && given.size() == 2) return {.most = number(given[1].value)};
    return {};
  }
  // A list that is an element of what a function gives that cuts lists: `chunk(rows, 25)`.
  SliceSize of_rounds(ExprId lists) {
    if (!lists.exists() || ++steps_ > kSteps) return {};
    const Expr& row = code_.exprs[lists.index];
    if (row.kind == ExprKind::Variable) return of_rounds(values_[row.ref]);
    return row.kind == ExprKind::Result ? of_cutting(OpId{row.ref}) : SliceSize{};
  }
  [[nodiscard]] SliceSize of_cutting(OpId at) const {
    const Op& op = code_.ops[at.index];
    if (op.kind != OpKind::Call) return {};
    const Call& call = code_.calls[op.detail];
    const Expr& callee = code_.exprs[call.callee.index];
    const bool is_plain = callee.kind == ExprKind::Variable;
    if (!is_plain && callee.kind != ExprKind::Member) return {};
    const std::string name =
        flat_name(code_.string(is_plain ? code_.variables[callee.ref].name : callee.name));
    if (!is_one_of(known::list_cutters(), name)) return {};
    const auto given = code_.operands_of(call.arguments);
    const bool of_receiver = given.size() == 1;
    if (given.empty() || given.size() > 2) return {};
    return {.most = number(given[of_receiver ? 0 : 1].value), .by_name = true};
  }
  // `chunk(rows, 25).map((part) => ...)`, `rows.each_slice(25) do |part|`
  SliceSize of_parameter(VariableId variable) {
    const FunctionId owner = code_.variables[variable.index].owner;
    const Function& function = code_.functions[owner.index];
    if (function.parameters.count == 0 ||
        code_.parameters[function.parameters.first].variable != variable)
      return {};
    const OpId at = passed_to(code_)[owner.index];
    if (!at.exists()) return {};
    const Call& call = code_.calls[code_.ops[at.index].detail];
    const Expr& callee = code_.exprs[call.callee.index];
    if (callee.kind != ExprKind::Member) return {};
    const SliceSize cut = of_block(call, callee);
    return cut.most > 0 ? cut : of_rounds(ExprId{callee.ref});
  }
  [[nodiscard]] SliceSize of_block(const Call& call, const Expr& callee) const {
    const auto given = code_.operands_of(call.arguments);
    const bool cuts = is_one_of(known::list_cutters(), flat_name(code_.string(callee.name)));
    return cuts && given.size() == 2 ? SliceSize{.most = number(given[0].value), .by_name = true}
                                     : SliceSize{};
  }

  const CodeFacts& code_;
  const std::vector<ExprId> values_;
  int steps_ = 0;
};

bool Slices::may_be_empty(ExprId list, OpId call) const {
  if (!list.exists() || code_.exprs[list.index].kind != ExprKind::Variable) return false;
  const VariableId variable{code_.exprs[list.index].ref};
  const ExprId value = values_[variable.index];
  if (!value.exists() || code_.exprs[value.index].kind != ExprKind::List ||
      code_.exprs[value.index].operands.count != 0 ||
      code_.variables[variable.index].owner != function_around(code_, call))
    return false;
  bool is_filled = false;
  for (OpId at{0}; at.index < code_.ops.size(); ++at.index) {
    const Op& op = code_.ops[at.index];
    if (at == call || !is_named(at, variable)) continue;
    if (op.kind == OpKind::Assign) {
      const Assign& row = code_.assigns[op.detail];
      const bool is_own = is_variable(code_, row.target, variable);
      // What goes into a request that is made before it.
      const bool is_request =
          row.value.exists() && code_.exprs[row.value.index].kind == ExprKind::Record;
      if (!is_own && !is_request) return false;
      continue;
    }
    if (op.kind == OpKind::Call && makes_command(at, call)) continue;
    if (op.kind == OpKind::Loop || (op.kind == OpKind::Call && is_log_of(op))) continue;
    if (!fills(at, variable) || !is_on_some_ways(at, call, variable)) return false;
    is_filled = true;
  }
  return is_filled;
}

}  // namespace

SliceSize slice_size(std::span<const ModuleInfo> modules, const Step& step,
                     std::string_view member) {
  if (step.library == UINT32_MAX || step.at.module.index >= modules.size() || !step.at.op.exists())
    return {};
  const CodeFacts& code = *modules[step.at.module.index].facts;
  const Op& op = code.ops[step.at.op.index];
  if (op.kind != OpKind::Call) return {};
  Slices slices(code);
  const ExprId list =
      slices.member_of(code.calls[op.detail], library_models()[step.library], member);
  SliceSize size = slices.follow(list);
  size.perhaps_empty = slices.may_be_empty(list, step.at.op);
  return size;
}

}  // namespace fnlint
