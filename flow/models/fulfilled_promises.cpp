// What a promise is resolved with.
#include "flow/models/fulfilled_promises.h"

#include "flow/state/joined.h"
#include "flow/state/named_entry.h"
#include "values/compute.h"
#include "values/places.h"

#include <algorithm>

namespace fnlint {

namespace {

// Callbacks in callbacks that are followed.
constexpr int kCallbacks = 4;
// Of larger files it is not asked what is assigned where.
constexpr std::size_t kAssigns = 20'000;

// Given something more than once, or filled by calls: by the time of a callback it is another.
bool is_written_again(const CodeFacts& code, VariableId variable) {
  const bool is_parameter =
      std::ranges::find(code.parameters, variable, &Parameter::variable) != code.parameters.end();
  std::size_t written = is_parameter ? 1 : 0;
  for (const Assign& row : code.assigns)
    if (row.target.exists() && root_variable(code, row.target) == variable) ++written;
  return written > 1 || std::ranges::any_of(code.calls, [&](const Call& call) {
           return puts_into_receiver(code, call) &&
                  root_variable(code, ExprId{code.exprs[call.callee.index].ref}) == variable;
         });
}

// Whether a call is given something that is written again.
bool takes_rewritten(const CodeFacts& code, OpId op) {
  if (!op.exists() || code.ops[op.index].kind != OpKind::Call) return false;
  if (code.assigns.size() > kAssigns) return true;
  bool found = false;
  for (const Operand& given : code.operands_of(code.calls[code.ops[op.index].detail].arguments))
    if (given.value.exists())
      visit_parts(code, given.value, [&](const Expr& part) {
        found = found ||
                (part.kind == ExprKind::Variable && is_written_again(code, VariableId{part.ref}));
      });
  return found;
}

class Settling {
 public:
  Settling(const LibraryCall& call, ValueId resolve) : call_(call), resolve_(resolve) {}

  // `before`: what holds where these steps are taken.
  void take(std::span<const Step> steps, const FactSet& before, int depth) {
    for (const Step& step : steps) {
      if (step.kind == StepKind::Call && step.subject == resolve_)
        add(step, before);
      else if (step.kind == StepKind::Call && names(step.subject))
        follow(step, before, depth);
      else if (step.kind == StepKind::Call || step.kind == StepKind::Store ||
               step.kind == StepKind::Make)
        is_open_ = is_open_ || names(step.subject) || names(step.value) || names(step.arguments);
    }
  }

  [[nodiscard]] ValueId value() const {
    ValuePool& pool = call_.engine.pool();
    if (ways_.empty()) return {};
    const ValueId settled = chosen_way(pool, ways_);
    if (!is_open_) return settled;
    return pool.with_uncertainty(pool.join(settled, anything()), kConditional);
  }

 private:
  [[nodiscard]] ValueId anything() const {
    return call_.engine.pool().hole(Origin::CallResult, "settled", call_site(call_));
  }
  [[nodiscard]] bool is_rewritten(CallSite at) const {
    return at.module.exists() && takes_rewritten(call_.engine.facts(at.module), at.op);
  }
  [[nodiscard]] bool names(ValueId value) const {
    bool found = false;
    if (value.exists())
      for_each_below(call_.engine.pool(), value,
                     [&](ValueId one) { found = found || one == resolve_; });
    return found;
  }

  void add(const Step& step, const FactSet& before) {
    ValuePool& pool = call_.engine.pool();
    const ValueId given = named_entry(pool, step.arguments, "0");
    Way way{.value = given.exists() ? given : pool.absent(), .facts = before};
    bool rewritten = is_rewritten(step.at);
    for (const CallSite call : step.via) rewritten = rewritten || is_rewritten(call);
    if (rewritten)
      way.value = pool.with_uncertainty(pool.join(way.value, anything()), kConditional);
    for (const Fact& fact : step.holds) add_fact(way.facts, fact);
    ways_.push_back(std::move(way));
  }

  // A function that was handed on, and calls it when it is called.
  void follow(const Step& step, const FactSet& before, int depth) {
    if (depth == 0 || !call_.engine.pool().is(step.subject, ValueKind::Function)) {
      is_open_ = true;
      return;
    }
    const CallInput inner{.callee = step.subject,
                          .arguments = step.arguments,
                          .mode = CallMode::Plain,
                          .at = step.at};
    FactSet facts = before;
    for (const Fact& fact : step.holds) add_fact(facts, fact);
    take(call_.engine.call(inner, call_.depth + 1).steps, facts, depth - 1);
  }

  const LibraryCall& call_;
  const ValueId resolve_;
  std::vector<Way> ways_ = {};
  bool is_open_ = false;  // it was handed to what is not followed
};

}  // namespace

ValueId fulfilled_with(const LibraryCall& call, ValueId resolve, std::span<const Step> steps) {
  if (!resolve.exists()) return {};
  Settling settling(call, resolve);
  settling.take(steps, {}, kCallbacks);
  return settling.value();
}

}  // namespace fnlint
