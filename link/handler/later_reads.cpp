// Compares the facts of each later read with those of the assignment, in the order of steps.

#include "link/handler/later_reads.h"

#include <algorithm>

namespace fnlint {

namespace {

// Functions stand one inside another.
FunctionId function_of(const CodeFacts& code, OpId op) {
  FunctionId found{0};
  for (std::uint32_t i = 0; i < code.functions.size(); ++i) {
    const Function& row = code.functions[i];
    const bool inside = row.first.exists() && row.first <= op && op < row.end;
    const bool inner = inside && row.first >= code.functions[found.index].first;
    if (inner) found = FunctionId{i};
  }
  return found;
}

}  // namespace

void LaterReads::add(const StateChange& change, std::size_t number, const Step& step) {
  if (change.how != StoreKind::Assign || open_.size() >= kRows) return;
  open_.push_back({number, change.place, step.value, change.holds, step.at});
}

// Which state was asked stands with the assignment alone; what it was asked is a fact beside it.
bool LaterReads::covers(std::span<const Fact> holds, const Row& row) const {
  return std::ranges::all_of(row.holds, [&](const Fact& fact) {
    return is_asked(pool_, fact.test) || std::ranges::find(holds, fact) != holds.end();
  });
}

// Neighbouring steps share most of their facts.
void LaterReads::note_asked(const FactSet& holds) {
  const auto same = std::ranges::mismatch(asked_of_, holds);
  if (same.in1 != asked_of_.end()) asked_ = ReadPlaces(pool_);
  const auto first = same.in1 == asked_of_.end() ? same.in2 : holds.begin();
  for (const Fact& fact : std::ranges::subrange(first, holds.end()))
    if (!is_returned(pool_, fact.test)) asked_.note(fact.test);
  asked_of_ = holds;
}

void LaterReads::note(const Step& step, const FactSet& holds) {
  ReadPlaces read(pool_);
  for (const ValueId value : {step.key, step.value, step.arguments}) read.note(value);
  // What adds to it depends on it.
  if (step.kind != StepKind::Store || step.store != StoreKind::Assign) read.note(step.subject);
  note_asked(step.holds);
  for (Row& row : open_) {
    const bool reads = read.contains(row.place) || asked_.contains(row.place);
    if (!reads && !(row.value.exists() && read.contains(row.value))) continue;
    const bool covered = covers(holds, row);
    row.found = row.found || covered;
    row.missed = row.missed || (reads && !covered);
  }
}

// What it needs is promised by every way back from its function: else that raises. What is made of
// calls that are not understood may depend on what was there.
bool LaterReads::is_always_done(const Row& row) const {
  bool understood = row.value.exists() && !row.holds.empty();
  if (understood)
    for_each_below(pool_, row.value, [&](ValueId id) {
      understood =
          understood && !pool_.is(id, ValueKind::Unknown) && !(pool_.opcode(id) == Opcode::Call);
    });
  if (!understood) return false;
  const FunctionRef function{row.at.module, function_of(engine_.facts(row.at.module), row.at.op)};
  const Summary& summary = engine_.summary(function);
  if (function.function.index == 0 || !summary.returns) return false;
  const auto promised = [&](const Fact& fact) {
    return is_asked(pool_, fact.test) || std::ranges::find(summary.on_return, fact) != summary.on_return.end();
  };
  return std::ranges::any_of(summary.steps, [&](const Step& step) {
    return step.kind == StepKind::Store && step.at == row.at && step.via.empty() &&
           std::ranges::all_of(step.holds, promised);
  });
}

void LaterReads::settle(LambdaFunction& function) const {
  const auto is_changed = [&](const Fact& fact) {
    if (!is_asked(pool_, fact.test)) return false;
    const ValueId place = pool_.operands(fact.test)[0];
    return std::ranges::any_of(function.changes,
                               [&](const StateChange& other) { return other.place == place; });
  };
  for (const Row& row : open_)
    function.changes[row.number].found_new =
        !row.missed && std::ranges::none_of(row.holds, is_changed) &&
        (row.found || is_always_done(row));
}

}  // namespace fnlint
