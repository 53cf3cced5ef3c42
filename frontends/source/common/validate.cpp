// Follows ids: nesting of regions, targets of exits, and whether what an op uses exists by then.

#include "frontends/source/common/validate.h"

#include "core/limits.h"
#include "core/text.h"
#include "frontends/source/common/validate_rows.h"

#include <algorithm>

namespace fnlint {

namespace {

// A level of code is at most two ops deep: a Branch in a Block.
constexpr std::size_t kMostNested = 4 * kNestingDepth;
constexpr std::size_t kMostUses = 64;  // of an expression, by functions, on average

class Validator {
 public:
  explicit Validator(const CodeFacts& facts) : facts_(facts) {}
  std::vector<std::string> run();

 private:
  void ranges();
  void exprs();
  void expr(std::uint32_t id);
  void functions();
  void region(OpId first, OpId end, FunctionId function);
  void op(OpId id, OpId end, FunctionId function);
  void leaf(OpId id, const Op& row, FunctionId function);
  void assign(OpId id, const Assign& row);
  void attempt(OpId id, const Try& row, FunctionId function);
  void exit(OpId id, const Exit& row);
  void uses(OpId id, ExprId root, FunctionId function);
  void parameters();
  void imports();
  [[nodiscard]] bool surrounds(FunctionId outer, FunctionId inner) const;

  template <class... Parts>
  void fault(const Parts&... parts) {
    if (faults_.size() < kMostFaults) faults_.push_back(cat(parts...));
  }
  void range(Range where, std::string_view what) {
    if (where.begin > where.end || where.end > file_end_)
      fault(what, " is outside the file: ", where.begin, "-", where.end);
  }

  const CodeFacts& facts_;
  std::vector<std::string> faults_;
  std::uint32_t file_end_ = 0;
  // By expression: the smallest and greatest op whose result it holds.
  std::vector<std::uint32_t> oldest_, newest_;
  std::vector<FunctionId> used_in_;  // by expression: the last function that uses it
  std::size_t used_ = 0;
  std::vector<OpId> around_;         // regions open at the op that is looked at
};

std::vector<std::string> Validator::run() {
  faults_ = row_faults(facts_);
  if (!faults_.empty()) return faults_;  // the rest relies on what is there
  file_end_ = facts_.function_ranges[0].end;
  ranges();
  exprs();
  if (!faults_.empty()) return faults_;
  functions();
  parameters();
  imports();
  return faults_;
}

void Validator::ranges() {
  for (const Range at : facts_.function_ranges) range(at, "a function's range");
  for (const Range at : facts_.function_name_ranges) range(at, "a function name's range");
  for (const Range at : facts_.op_ranges) range(at, "an op's range");
  for (const Range at : facts_.expr_ranges) range(at, "an expression's range");
  for (const Range at : facts_.operand_ranges) range(at, "an operand's range");
}

void Validator::exprs() {
  for (std::uint32_t id = 0; id < facts_.exprs.size(); ++id) {
    oldest_.push_back(UINT32_MAX);
    newest_.push_back(0);
    used_in_.push_back({});
    expr(id);
  }
}

void Validator::expr(std::uint32_t id) {
  const Expr& row = facts_.exprs[id];
  const auto operand = [&](ExprId at) {
    if (!at.exists()) return;
    if (at.index >= id) return fault("e", id, " refers to the later e", at.index);
    oldest_[id] = std::min(oldest_[id], oldest_[at.index]);
    newest_[id] = std::max(newest_[id], newest_[at.index]);
  };
  switch (row.kind) {
    case ExprKind::Result:
    case ExprKind::ErrorOf: {
      const OpKind kind = facts_.ops[row.ref].kind;
      if (kind != OpKind::Call && kind != OpKind::Await && kind != OpKind::Yield &&
          kind != OpKind::Define)
        fault("e", id, " is the result of an op that has none");
      oldest_[id] = row.ref;
      newest_[id] = row.ref + 1;
      break;
    }
    case ExprKind::Member:
    case ExprKind::Index:
    case ExprKind::Part:
    case ExprKind::TypeTest: operand(ExprId{row.ref}); break;
    default: break;
  }
  for (const Operand& part : facts_.operands_of(row.operands)) {
    operand(part.key);
    operand(part.value);
  }
}

void Validator::functions() {
  std::vector<std::pair<OpId, OpId>> bodies;
  for (std::uint32_t i = 0; i < facts_.functions.size(); ++i) {
    const Function& row = facts_.functions[i];
    bodies.emplace_back(row.first, row.end);
    around_.clear();
    region(row.first, row.end, FunctionId{i});
  }
  std::sort(bodies.begin(), bodies.end());
  OpId reached{0};
  for (const auto& [first, end] : bodies) {
    if (first != reached) fault("ops from ", reached.index, " belong to no function, or to two");
    reached = end;
  }
  if (reached.index != facts_.ops.size()) fault("ops at the end belong to no function");
}

void Validator::region(OpId first, OpId end, FunctionId function) {
  OpId at = first;
  while (at < end && faults_.size() < kMostFaults) {
    op(at, end, function);
    at = facts_.ops[at.index].end;
  }
  if (at != end) fault("the region up to #", end.index, " ends inside an op");
}

void Validator::op(OpId id, OpId end, FunctionId function) {
  const Op& row = facts_.ops[id.index];
  if (row.end > end) return fault("#", id.index, " does not nest");
  if (around_.size() >= kMostNested) return fault("#", id.index, " nests too deep");
  const OpId inner{id.index + 1};
  around_.push_back(id);
  switch (row.kind) {
    case OpKind::Branch: {
      const Branch& branch = facts_.branches[row.detail];
      uses(id, branch.condition, function);
      if (branch.otherwise < inner || branch.otherwise > row.end) {
        fault("#", id.index, " has its else part outside");
        break;
      }
      region(inner, branch.otherwise, function);
      region(branch.otherwise, row.end, function);
      break;
    }
    case OpKind::Loop: {
      const Loop& loop = facts_.loops[row.detail];
      if (loop.kind == LoopKind::Each && (!loop.target.exists() || !loop.subject.exists()))
        fault("#", id.index, " goes over nothing");
      uses(id, loop.target, function);
      uses(id, loop.subject, function);
      region(inner, row.end, function);
      break;
    }
    case OpKind::Try: attempt(id, facts_.tries[row.detail], function); break;
    case OpKind::Block: region(inner, row.end, function); break;
    default:
      if (row.end != inner) fault("#", id.index, " has ops inside, which its kind has not");
      leaf(id, row, function);
  }
  around_.pop_back();
}

void Validator::leaf(OpId id, const Op& row, FunctionId function) {
  switch (row.kind) {
    case OpKind::Assign:
      assign(id, facts_.assigns[row.detail]);
      uses(id, facts_.assigns[row.detail].target, function);
      uses(id, facts_.assigns[row.detail].value, function);
      break;
    case OpKind::Call: {
      const Call& call = facts_.calls[row.detail];
      uses(id, call.callee, function);
      for (const Operand& part : facts_.operands_of(call.arguments)) {
        uses(id, part.key, function);
        uses(id, part.value, function);
      }
      break;
    }
    case OpKind::Await: uses(id, facts_.awaits[row.detail].value, function); break;
    case OpKind::Yield: uses(id, facts_.yields[row.detail].value, function); break;
    case OpKind::Exit:
      exit(id, facts_.exits[row.detail]);
      uses(id, facts_.exits[row.detail].value, function);
      break;
    default: break;
  }
}

void Validator::assign(OpId id, const Assign& row) {
  const bool evaluates = row.mode == AssignMode::Evaluate;
  if (evaluates == row.target.exists()) fault("#", id.index, " has a wrong target for its mode");
  if ((row.mode == AssignMode::Delete) == row.value.exists() && row.mode != AssignMode::Declare)
    fault("#", id.index, " has a wrong value for its mode");
  if (!row.target.exists()) return;
  const ExprKind kind = facts_.exprs[row.target.index].kind;
  if (kind != ExprKind::Variable && kind != ExprKind::Member && kind != ExprKind::Index &&
      kind != ExprKind::Part)
    fault("#", id.index, " assigns to no place");
}

void Validator::attempt(OpId id, const Try& row, FunctionId function) {
  const OpId inner{id.index + 1}, end = facts_.ops[id.index].end;
  OpId reached = row.body_end;
  if (reached < inner || reached > end) return fault("#", id.index, " has its body outside");
  region(inner, reached, function);
  for (std::uint32_t i = 0; i < row.catches.count; ++i) {
    const Catch& handler = facts_.catches[row.catches.first + i];
    if (handler.first != reached || handler.end < handler.first || handler.end > end)
      return fault("#", id.index, " has a catch out of order");
    reached = handler.end;
    region(handler.first, handler.end, function);
  }
  if (row.finally_first != reached) return fault("#", id.index, " has a gap before its finally");
  region(row.finally_first, end, function);
}

void Validator::exit(OpId id, const Exit& row) {
  const bool needs = row.kind == ExitKind::Break || row.kind == ExitKind::Continue;
  if (needs != row.target.exists()) return fault("#", id.index, " has a wrong target for its kind");
  if (!needs) return;
  if (std::find(around_.begin(), around_.end(), row.target) == around_.end())
    return fault("#", id.index, " leaves #", row.target.index, ", which is not around it");
  const OpKind kind = facts_.ops[row.target.index].kind;
  if (kind != OpKind::Loop && (kind != OpKind::Block || row.kind == ExitKind::Continue))
    fault("#", id.index, " leaves an op that cannot be left so");
}

// A result is of this function and made before; a variable belongs to a function around.
void Validator::uses(OpId id, ExprId root, FunctionId function) {
  if (!root.exists()) return;
  if (newest_[root.index] > id.index) fault("#", id.index, " uses a result that comes later");
  if (oldest_[root.index] != UINT32_MAX &&
      OpId{oldest_[root.index]} < facts_.functions[function.index].first)
    fault("#", id.index, " uses a result of another function");
  std::vector<ExprId> rest{root};
  while (!rest.empty()) {
    const ExprId at = rest.back();
    rest.pop_back();
    if (!at.exists() || used_in_[at.index] == function) continue;
    used_in_[at.index] = function;
    if (++used_ > kMostUses * facts_.exprs.size())
      return fault("expressions belong to too many functions");
    const Expr& row = facts_.exprs[at.index];
    if (row.kind == ExprKind::Variable && !surrounds(facts_.variables[row.ref].owner, function))
      fault("#", id.index, " uses a variable of a function that is not around");
    if (row.kind == ExprKind::Member || row.kind == ExprKind::Index || row.kind == ExprKind::Part ||
        row.kind == ExprKind::TypeTest)
      rest.push_back(ExprId{row.ref});
    for (const Operand& part : facts_.operands_of(row.operands)) {
      rest.push_back(part.key);
      rest.push_back(part.value);
    }
  }
}

bool Validator::surrounds(FunctionId outer, FunctionId inner) const {
  for (FunctionId at = inner; at.exists(); at = facts_.functions[at.index].parent)
    if (at == outer) return true;
  return false;
}

void Validator::parameters() {
  for (std::uint32_t i = 0; i < facts_.functions.size(); ++i) {
    const Slice<Parameter> row = facts_.functions[i].parameters;
    for (std::uint32_t k = 0; k < row.count; ++k)
      if (facts_.variables[facts_.parameters[row.first + k].variable.index].owner != FunctionId{i})
        fault("function ", i, " has a parameter of another");
  }
}

void Validator::imports() {
  for (const Import& row : facts_.imports) {
    range(row.where, "an import's range");
    if (row.local.exists() && (row.flags & kEffectOnly) != 0)
      fault("an import for its effect binds a name");
  }
  for (const FeatureUse& row : facts_.features) range(row.where, "a feature's range");
  for (const HandlerComment& row : facts_.handler_comments) range(row.where, "a comment's range");
  for (const Problem& row : facts_.problems) range(row.where, "a problem's range");
  for (const SuppressionComment& row : facts_.suppressions) {
    range(row.where, "a suppression's range");
    range(row.covers, "a suppression's cover");
  }
}

}  // namespace

std::vector<std::string> validate(const CodeFacts& facts) { return Validator(facts).run(); }

}  // namespace fnlint
