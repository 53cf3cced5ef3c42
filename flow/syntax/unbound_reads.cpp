// Which variables have a value at which op: a walk over the ops of one function that keeps, for
// each variable, what the ways to here have done for it.

#include "flow/syntax/unbound_reads.h"

#include "core/small_stack.h"
#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/roots.h"
#include "flow/syntax/unbound_variables.h"
#include "model/language_traits.h"
#include "tables/known.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace fnlint {

namespace {

constexpr std::size_t kCells = std::size_t{1} << 21;  // variables times ops of a function

// Assumed: a test has to do with it, so the code is taken to know.
enum class Bound : std::uint8_t { No, Maybe, Assumed, Yes };

struct Slot {
  Bound bound = Bound::No;
  UnboundBy by = UnboundBy::Nothing;
  bool in_loop = false;  // it has no value in the first round alone
  bool by_test = false;  // the test that leads here says so, and not another way
  OpId cause = {};
};

using Slots = std::vector<Slot>;
using Way = std::optional<Slots>;  // nothing: it is not taken

// What leaves a construct before its end.
struct Leaving {
  OpId op = {};
  std::vector<Slots> breaks = {};
};

// What a handler takes: all, or errors of these classes.
struct Taken {
  std::vector<std::string_view> types = {};
  bool of_calls = false;  // calls alone raise them
};

struct OpenTry {
  OpId op = {};
  bool takes_all = false;
  Way failing = {};  // whatever it fails with
  std::vector<Taken> handlers = {};
  std::vector<Way> handled = {};  // by handler: of `failing` what comes to it
};

bool is_choice(const Expr& row) {
  if (row.kind == ExprKind::Choose) return true;
  const auto operation = static_cast<OperatorKind>(row.detail);
  return row.kind == ExprKind::Operator &&
         (operation == OperatorKind::And || operation == OperatorKind::Or);
}

// What a test that holds, or does not, says of a variable: that it is null, or that it is not.
bool says(const CodeFacts& code, ExprId test, bool holds, VariableId variable, bool null) {
  if (!test.exists()) return false;
  const Expr& row = code.exprs[test.index];
  if (row.kind == ExprKind::Variable) return row.ref == variable.index && holds != null;
  if (row.kind != ExprKind::Operator) return false;
  const std::span<const Operand> parts = code.operands_of(row.operands);
  const auto part_says = [&](const Operand& one) {
    return says(code, one.value, holds, variable, null);
  };
  const auto operation = static_cast<OperatorKind>(row.detail);
  switch (operation) {
    case OperatorKind::Not: return says(code, parts[0].value, !holds, variable, null);
    case OperatorKind::And:
    case OperatorKind::Or:
      return (operation == OperatorKind::And) == holds ? std::ranges::any_of(parts, part_says)
                                                       : std::ranges::all_of(parts, part_says);
    case OperatorKind::Equal:
    case OperatorKind::NotEqual: {
      const auto is_null = [&](std::size_t i) {
        return code.exprs[parts[i].value.index].kind == ExprKind::Null;
      };
      const bool compares = (is_variable(code, parts[0].value, variable) && is_null(1)) ||
                            (is_variable(code, parts[1].value, variable) && is_null(0));
      return compares && ((operation == OperatorKind::Equal) == holds) == null;
    }
    default: return false;
  }
}

class Walk {
 public:
  Walk(const CodeFacts& code, FunctionId function, const CallEnds& ends, bool asks_for_null)
      : code_(code),
        function_(code.functions[function.index]),
        ends_(ends),
        asks_for_null_(asks_for_null),
        roots_(code) {
    std::size_t next = 0;
    for (const std::uint32_t one : asks_for_null_
                                       ? variables_set_to_null(code, function)
                                       : variables_met_before_their_value(code, function))
      slots_.emplace(one, next++);
  }

  std::vector<UnboundRead> reads() {
    const std::size_t ops = function_.end.index - function_.first.index;
    if (slots_.empty() || slots_.size() * ops > kCells) return {};
    const Slot first{.bound = asks_for_null_ ? Bound::Assumed : Bound::No};
    (void)walk(function_.first, function_.end, Slots(slots_.size(), first));
    std::vector<UnboundRead> all;
    for (const auto& [variable, read] : found_) all.push_back(read);
    std::ranges::sort(all, {}, [](const UnboundRead& read) { return read.where.begin; });
    return all;
  }

 private:
  Way walk(OpId first, OpId end, Way way);
  Way branch(OpId at, Slots slots);
  Way loop(OpId at, Slots slots);
  Way attempt(OpId at, Slots slots);
  Way block(OpId at, Slots slots);
  Way leave(OpId at, Slots slots);
  void assign(OpId at, Slots& slots);

  [[nodiscard]] Slot* slot_of(VariableId variable, Slots& slots) const {
    const auto found = slots_.find(variable.index);
    return found == slots_.end() ? nullptr : &slots[found->second];
  }
  void bind(ExprId target, Slots& slots) const {
    if (!target.exists() || code_.exprs[target.index].kind != ExprKind::Variable) return;
    if (Slot* const slot = slot_of(VariableId{code_.exprs[target.index].ref}, slots))
      *slot = {.bound = Bound::Yes};
  }

  void read(ExprId expr, const Slots& slots);
  void note(std::uint32_t variable, Range where, const Slots& slots);
  void note_part(const Expr& row, const Slots& slots);
  // By an error of that op; of another one where it is not said.
  void may_fail(const Slots& slots, OpId at = {});
  [[nodiscard]] bool may_come_of(const Taken& handler, OpId at) const;
  [[nodiscard]] Taken taken_by(const Catch& handler) const;
  [[nodiscard]] const Roots& related_to(OpId cause);
  [[nodiscard]] bool is_checked_before(OpId branch);
  void assume(ExprId test, Slots& slots);
  void learn(ExprId test, bool holds, Slots& slots) const;
  static void forget_learnt(const Slots& before, const Slots& other, Slots& slots);
  // Whether some way through a handler leaves the function: it asks whether to try again.
  [[nodiscard]] bool leaves_in(const Catch& handler) const {
    for (OpId at = handler.first; at < handler.end; ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind != OpKind::Exit) continue;
      const ExitKind kind = code_.exits[op.detail].kind;
      if (kind == ExitKind::Return || kind == ExitKind::Raise || kind == ExitKind::Stop)
        return true;
    }
    return false;
  }
  [[nodiscard]] static Slots assumed(Slots slots) {
    for (Slot& slot : slots)
      if (slot.bound < Bound::Assumed) slot = {.bound = Bound::Assumed};
    return slots;
  }
  static void assume_rounds(Slots& slots) {
    for (Slot& slot : slots)
      if (slot.bound == Bound::Maybe && slot.in_loop) slot.bound = Bound::Assumed;
  }
  [[nodiscard]] static Way joined(Way a, Way b, UnboundBy by, OpId cause);
  [[nodiscard]] static Way best_of(Way a, const Slots& b);

  const CodeFacts& code_;
  const Function& function_;
  const CallEnds& ends_;
  const bool asks_for_null_;                         // else for variables without a value
  std::map<std::uint32_t, std::size_t> slots_ = {};  // by variable
  std::map<VariableId, UnboundRead> found_ = {};
  RootsOnTheWay roots_;
  Roots checked_ = {};  // by tests that leave the function
  std::map<OpId, Roots> related_ = {};  // variables alone
  std::vector<Leaving> leaving_ = {};
  std::vector<OpenTry> tries_ = {};
  int failing_ = 0;
  bool silent_ = false;
};

Way Walk::joined(Way a, Way b, UnboundBy by, OpId cause) {
  if (!a) return b;
  if (!b) return a;
  for (std::size_t i = 0; i < a->size(); ++i) {
    Slot& one = (*a)[i];
    const Slot& other = (*b)[i];
    if (one.bound == other.bound) {
      if (other.by == UnboundBy::HandlerEnd) one = other;
      continue;
    }
    const Slot& less = one.bound < other.bound ? one : other;
    const Slot& more = one.bound < other.bound ? other : one;
    if (more.bound == Bound::Assumed || less.bound == Bound::Assumed) {
      one = {.bound = Bound::Assumed};
    } else if (less.bound == Bound::Maybe) {
      one = less;
    } else if (more.bound == Bound::Maybe) {
      one = more;
    } else if (less.in_loop && by == UnboundBy::Branch) {
      one = {.bound = Bound::Assumed};  // that of an earlier round is asked for on purpose
    } else {
      const UnboundBy why = less.by == UnboundBy::HandlerEnd ? less.by : by;
      one = {.bound = Bound::Maybe, .by = why, .in_loop = less.in_loop, .cause = cause};
    }
  }
  return a;
}

// A loop is taken to have come to what gives a variable its value.
Way Walk::best_of(Way a, const Slots& b) {
  if (!a) return b;
  for (std::size_t i = 0; i < a->size(); ++i)
    if ((*a)[i].bound < b[i].bound) (*a)[i] = b[i];
  return a;
}

// A test that leaves the function has asked about the same before: the branches may be all there
// is.
bool Walk::is_checked_before(OpId branch) {
  return share(roots_.of(code_.branches[code_.ops[branch.index].detail].condition), checked_);
}

// What a test may ask to learn whether the construct has given its variables a value.
const Roots& Walk::related_to(OpId cause) {
  const auto [at, added] = related_.try_emplace(cause);
  if (!added) return at->second;
  const Op& op = code_.ops[cause.index];
  const WrittenVariables written = written_variables(code_, cause, op.end);
  Roots related;
  related.variables.insert(written.assigned.begin(), written.assigned.end());
  related.variables.insert(written.touched.begin(), written.touched.end());
  if (op.kind != OpKind::Try)
    for (OpId inner = cause; inner < op.end; ++inner.index)
      if (code_.ops[inner.index].kind == OpKind::Branch)
        related.variables.merge(
            roots_.of(code_.branches[code_.ops[inner.index].detail].condition).variables);
  at->second = std::move(related);
  return at->second;
}

void Walk::assume(ExprId test, Slots& slots) {
  if (std::ranges::none_of(slots, [](const Slot& one) { return one.bound == Bound::Maybe; }))
    return;
  const Roots asked = roots_.of(test);
  for (Slot& slot : slots)
    if (slot.bound == Bound::Maybe && share(asked, related_to(slot.cause)))
      slot.bound = Bound::Assumed;
}

// `while row is None: ...`: behind it there is one. A round that only begins where there is none
// has no earlier one's.
void Walk::learn(ExprId test, bool holds, Slots& slots) const {
  if (!asks_for_null_) return;
  for (const auto& [variable, at] : slots_) {
    Slot& slot = slots[at];
    if (slot.bound == Bound::Yes) continue;
    if (says(code_, test, holds, VariableId{variable}, false))
      slot = {.bound = Bound::Yes, .by_test = true};
    else if (slot.in_loop && says(code_, test, holds, VariableId{variable}, true))
      slot.in_loop = false;
  }
}

// Where the other way goes on as well, and has given no value, the test has told nothing.
void Walk::forget_learnt(const Slots& before, const Slots& other, Slots& slots) {
  for (std::size_t i = 0; i < slots.size(); ++i)
    if (slots[i].by_test && other[i].bound == Bound::No) slots[i] = before[i];
}

// What is read for sure; the further parts of a choice are asked for in some cases alone.
void Walk::read(ExprId expr, const Slots& slots) {
  if (silent_) return;
  SmallStack<ExprId> open;
  open.push(expr);
  while (!open.empty()) {
    const ExprId next = open.pop();
    if (!next.exists()) continue;
    const Expr& row = code_.exprs[next.index];
    if (row.kind == ExprKind::Function) continue;
    if (row.kind == ExprKind::Variable && !asks_for_null_)
      note(row.ref, code_.expr_ranges[next.index], slots);
    if (has_base(row.kind)) {
      if (asks_for_null_) note_part(row, slots);
      open.push(ExprId{row.ref});
    }
    std::size_t sure = is_choice(row) ? 1 : row.operands.count;
    for (const Operand& operand : code_.operands_of(row.operands)) {
      if (sure-- == 0) break;
      open.push(operand.key);
      open.push(operand.value);
    }
  }
}

// A member or an element of what may be null.
void Walk::note_part(const Expr& row, const Slots& slots) {
  const Expr& base = code_.exprs[row.ref];
  const bool asks_part = row.kind == ExprKind::Member || row.kind == ExprKind::Index;
  const bool is_optional = row.detail == 1;
  if (asks_part && !is_optional && base.kind == ExprKind::Variable &&
      !code_.string(row.name).starts_with('<'))
    note(base.ref, code_.expr_ranges[row.ref], slots);
}

void Walk::note(std::uint32_t variable, Range where, const Slots& slots) {
  const auto at = slots_.find(variable);
  if (at == slots_.end() || where.begin == where.end) return;
  const Slot& slot = slots[at->second];
  const bool is_first_round = slot.bound == Bound::No && slot.in_loop;
  if (slot.bound >= Bound::Assumed || is_first_round) return;
  if (asks_for_null_ && slot.by != UnboundBy::Failure) return;
  const UnboundRead read{.variable = VariableId{variable},
                         .where = where,
                         .by = slot.by,
                         .cause = slot.cause,
                         .in_loop = slot.in_loop,
                         .while_failing = failing_ > 0,
                         .is_null = asks_for_null_};
  const auto [known, is_new] = found_.try_emplace(read.variable, read);
  UnboundRead& first = known->second;
  if (!is_new && first.cause == read.cause && first.while_failing == read.while_failing &&
      where.begin < first.where.begin)
    first.where = where;
}

bool Walk::may_come_of(const Taken& handler, OpId at) const {
  if (!at.exists()) return true;
  const OpKind kind = code_.ops[at.index].kind;
  if (kind == OpKind::Await || kind == OpKind::Yield) return true;
  if (kind != OpKind::Call) return !handler.of_calls;
  if (!ends_.may_fail(at)) return false;
  return handler.types.empty() || std::ranges::any_of(handler.types, [&](std::string_view type) {
           return ends_.may_raise(at, type.substr(type.rfind('.') + 1));
         });
}

void Walk::may_fail(const Slots& slots, OpId at) {
  for (std::size_t i = tries_.size(); i-- > 0;) {
    OpenTry& open = tries_[i];
    const auto add_to = [&](Way& way) {
      way = joined(std::move(way), slots, UnboundBy::Failure, open.op);
    };
    add_to(open.failing);
    for (std::size_t row = 0; row < open.handlers.size(); ++row)
      if (may_come_of(open.handlers[row], at)) add_to(open.handled[row]);
    if (open.takes_all) return;
  }
}

Taken Walk::taken_by(const Catch& handler) const {
  Taken taken;
  if (!traits(code_.language).operator_errors_have_types) return taken;
  taken.types = caught_types(code_, handler);
  const auto is_of_operators = [](std::string_view type) {
    return is_one_of(known::errors_of_operators(), type);
  };
  taken.of_calls = !taken.types.empty() && std::ranges::none_of(taken.types, is_of_operators);
  return taken;
}

void Walk::assign(OpId at, Slots& slots) {
  const Assign& row = code_.assigns[code_.ops[at.index].detail];
  read(row.value, slots);
  if (!row.target.exists()) return;
  const Expr& target = code_.exprs[row.target.index];
  if (target.kind != ExprKind::Variable) {
    read(row.target, slots);
    return;
  }
  if (row.mode == AssignMode::Update) read(row.target, slots);
  const VariableId variable{target.ref};
  roots_.assigned(variable, row.value);
  if (Slot* const slot =
          asks_for_null_ && gives_null(code_, row) ? slot_of(variable, slots) : nullptr)
    *slot = {};
  else
    bind(row.target, slots);
}

Way Walk::branch(OpId at, Slots slots) {
  const Op& op = code_.ops[at.index];
  const Branch& row = code_.branches[op.detail];
  read(row.condition, slots);
  const Slots before = slots;
  assume(row.condition, slots);
  Slots taken = slots;
  learn(row.condition, true, taken);
  learn(row.condition, false, slots);
  Way then = walk(OpId{at.index + 1}, row.otherwise, std::move(taken));
  Way otherwise = walk(row.otherwise, op.end, std::move(slots));
  const bool both = then && otherwise;
  if (both) {
    forget_learnt(before, *otherwise, *then);
    forget_learnt(before, *then, *otherwise);
  }
  const bool is_checked = both && is_checked_before(at);
  if (!both) {
    Roots asked = roots_.of(row.condition);
    std::erase_if(asked.variables, [&](VariableId one) {
      return code_.variables[one.index].kind == VariableKind::Parameter;
    });
    checked_.merge(asked);
  }
  Way after = joined(std::move(then), std::move(otherwise), UnboundBy::Branch, at);
  // Behind a test that neither way has left by, nothing is known again.
  if (both) {
    for (std::size_t i = 0; i < before.size(); ++i)
      if ((*after)[i].bound == Bound::Assumed && before[i].bound == Bound::Maybe)
        (*after)[i] = before[i];
      else if (is_checked && (*after)[i].bound == Bound::Maybe && (*after)[i].cause == at)
        (*after)[i].bound = Bound::Assumed;
  }
  return after;
}

Way Walk::loop(OpId at, Slots slots) {
  const Op& op = code_.ops[at.index];
  const Loop& row = code_.loops[op.detail];
  read(row.subject, slots);
  Slots inside = slots;
  if (row.subject.exists()) assume(row.subject, inside);
  for (const VariableId variable : written_variables(code_, at, op.end).assigned)
    if (Slot* const slot = slot_of(variable, inside); slot != nullptr && slot->bound == Bound::No)
      slot->in_loop = true;
  bind(row.target, inside);
  if (row.target.exists() && code_.exprs[row.target.index].kind == ExprKind::Variable)
    roots_.assigned(VariableId{code_.exprs[row.target.index].ref}, row.subject);
  leaving_.push_back({.op = at});
  Way after = walk(OpId{at.index + 1}, op.end, std::move(inside));
  const std::vector<Slots> breaks = std::move(leaving_.back().breaks);
  leaving_.pop_back();
  const bool goes_through = row.kind != LoopKind::Forever;
  const Way round = goes_through ? Way() : std::exchange(after, Way());
  if (goes_through) after = best_of(std::move(after), slots);
  for (const Slots& one : breaks) after = best_of(std::move(after), one);
  if (after && round) after = best_of(std::move(after), *round);  // it ends in a later round
  if (after)
    for (std::size_t i = 0; i < slots.size(); ++i)
      if ((*after)[i].bound == Bound::No) (*after)[i].in_loop = slots[i].in_loop;
  return after;
}

Way Walk::attempt(OpId at, Slots slots) {
  const Op& op = code_.ops[at.index];
  const Try& row = code_.tries[op.detail];
  const auto catches = std::span(code_.catches).subspan(row.catches.first, row.catches.count);
  const bool takes_all = std::ranges::any_of(catches, [&](const Catch& one) {
    const auto types = caught_types(code_, one);
    return types.empty() || std::ranges::find(types, "Exception") != types.end() ||
           std::ranges::find(types, "BaseException") != types.end();
  });
  OpenTry open{.op = at, .takes_all = takes_all};
  for (const Catch& handler : catches) open.handlers.push_back(taken_by(handler));
  open.handled.resize(catches.size());
  tries_.push_back(std::move(open));
  Way after = walk(OpId{at.index + 1}, row.body_end, slots);
  Way failing = std::move(tries_.back().failing);
  std::vector<Way> handled = std::move(tries_.back().handled);
  tries_.pop_back();
  for (const VariableId variable : written_variables(code_, at, row.body_end).assigned) {
    const auto note_failed = [&](Way& way) {
      if (Slot* const slot = way ? slot_of(variable, *way) : nullptr;
          slot != nullptr && slot->bound == Bound::No && slot->by == UnboundBy::Nothing)
        *slot = {
            .bound = Bound::Maybe, .by = UnboundBy::Failure, .in_loop = slot->in_loop, .cause = at};
    };
    note_failed(failing);
    std::ranges::for_each(handled, note_failed);
  }
  std::size_t number = 0;
  for (const Catch& handler : catches) {
    // Nothing is known to bring errors to some: that it is there says that something does.
    Slots met = handled[number] ? *std::move(handled[number]) : assumed(failing ? *failing : slots);
    ++number;
    if (Slot* const caught = slot_of(handler.caught, met)) *caught = {.bound = Bound::Yes};
    ++failing_;
    Way way = walk(handler.first, handler.end, std::move(met));
    --failing_;
    if (way && leaves_in(handler)) assume_rounds(*way);
    if (Slot* const gone = way ? slot_of(handler.caught, *way) : nullptr)
      *gone = {.bound = Bound::No, .by = UnboundBy::HandlerEnd, .cause = at};
    after = joined(std::move(after), std::move(way), UnboundBy::Failure, at);
  }
  if (row.finally_first >= op.end) return after;
  if (!silent_) {
    ++failing_;
    (void)walk(row.finally_first, op.end, joined(after, failing, UnboundBy::Failure, at));
    --failing_;
  }
  const bool was_silent = std::exchange(silent_, true);
  after = walk(row.finally_first, op.end, std::move(after));
  silent_ = was_silent;
  return after;
}

Way Walk::block(OpId at, Slots slots) {
  leaving_.push_back({.op = at});
  Way after = walk(OpId{at.index + 1}, code_.ops[at.index].end, std::move(slots));
  for (Slots& one : leaving_.back().breaks)
    after = joined(std::move(after), std::move(one), UnboundBy::Branch, at);
  leaving_.pop_back();
  return after;
}

Way Walk::leave(OpId at, Slots slots) {
  const Exit& row = code_.exits[code_.ops[at.index].detail];
  read(row.value, slots);
  if (row.kind == ExitKind::Raise) may_fail(slots);
  if (row.kind == ExitKind::Break)
    for (Leaving& one : leaving_)
      if (one.op == row.target) one.breaks.push_back(std::move(slots));
  return {};
}

Way Walk::walk(OpId first, OpId end, Way way) {
  for (OpId at = first; way && at < end; at = code_.ops[at.index].end) {
    const Op& op = code_.ops[at.index];
    Slots& slots = *way;
    switch (op.kind) {
      case OpKind::Branch: way = branch(at, std::move(slots)); continue;
      case OpKind::Loop:
        may_fail(slots);
        way = loop(at, std::move(slots));
        continue;
      case OpKind::Try: way = attempt(at, std::move(slots)); continue;
      case OpKind::Block: way = block(at, std::move(slots)); continue;
      case OpKind::Exit: way = leave(at, std::move(slots)); continue;
      case OpKind::Opaque: {
        const Slice<VariableId> rows = code_.opaques[op.detail].may_write;
        for (const VariableId variable : std::span(code_.written).subspan(rows.first, rows.count))
          if (Slot* const slot = slot_of(variable, slots)) *slot = {.bound = Bound::Assumed};
        may_fail(slots);
        continue;
      }
      default: break;
    }
    if (!cannot_raise(code_, at) && !(op.kind == OpKind::Call && is_harmless(code_, at)))
      may_fail(slots, at);
    if (op.kind == OpKind::Assign)
      assign(at, slots);
    else
      visit_expressions(code_, at, [&](ExprId expr) { read(expr, slots); });
    if (op.kind == OpKind::Call && !ends_.comes_back(at)) way.reset();
  }
  return way;
}

}  // namespace

std::vector<UnboundRead> unbound_reads(const CodeFacts& code, FunctionId function,
                                       const CallEnds& ends) {
  if (!code.functions[function.index].first.exists()) return {};
  return Walk(code, function, ends, false).reads();
}

std::vector<UnboundRead> null_reads(const CodeFacts& code, FunctionId function,
                                    const CallEnds& ends) {
  if (!code.functions[function.index].first.exists() || code.tries.empty()) return {};
  return Walk(code, function, ends, true).reads();
}

}  // namespace fnlint
