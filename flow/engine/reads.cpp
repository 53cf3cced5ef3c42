// Finds the parts of a value that come from the event, the context or the environment, and records
// each as a step of the summary.

#include "flow/engine/reads.h"

#include "flow/state/known_steps.h"
#include "values/asked.h"
#include "values/where.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::uint32_t bit(Origin origin) { return 1U << static_cast<unsigned>(origin); }
constexpr std::uint32_t kGiven =
    bit(Origin::Event) | bit(Origin::Context) | bit(Origin::Environment);
constexpr std::uint32_t kMayBeGiven =
    kGiven | bit(Origin::Parameter) | bit(Origin::Capture) | bit(Origin::Receiver);

// Functions that lead from what holds a value to that value.
constexpr std::string_view kSteps[] = {"member", "index",       "element",    "first", "last",
                                       "get",    "json_decode", "url_decode", "call",  "method"};

bool is_step(std::string_view name) { return std::ranges::find(kSteps, name) != std::end(kSteps); }

// A path below a parameter, or below what a closure or an object keeps of one.
bool is_open_path(const ValuePool& pool, ValueId value) {
  if ((pool.origins(value) & kMayBeGiven) == 0) return false;
  int steps = 0;
  while (pool[value].kind == ValueKind::Computed && is_step(pool.text(value)) &&
         !pool.operands(value).empty()) {
    const Opcode opcode = pool.opcode(value);
    steps += opcode == Opcode::Method ? 0 : 1;
    value = pool.operands(value)[0];
    if (opcode == Opcode::Call && !(pool.opcode(value) == Opcode::Method)) return false;
  }
  const Value& root = pool[value];
  if (root.kind != ValueKind::Hole) return false;
  // An object's fields are read everywhere; only what is read of one may be the event.
  if (root.origin == Origin::Receiver) return steps > 1;
  return steps > 0 && (bit(root.origin) & kMayBeGiven) != 0;
}

bool is_given(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  return row.kind == ValueKind::Hole && (bit(row.origin) & kGiven) != 0;
}

void collect(ValuePool& pool, ValueId value, bool expected, int depth,
             std::vector<GivenValue>& found) {
  constexpr int kDepth = 4;
  if (!value.exists() || depth > kDepth) return;
  const Value& row = pool[value];
  if (is_given(pool, value) || is_open_path(pool, value)) {
    found.push_back({value, expected});
    return;
  }
  if (row.kind == ValueKind::Unknown && pool.text(value) == kUnnamedVariable) {
    found.push_back({pool.hole(Origin::Environment, ""), false});
    return;
  }
  if (is_where(pool, value)) {
    collect(pool, pool.operands(value)[0], expected, depth + 1, found);
    return;
  }
  if (row.kind == ValueKind::OneOf) {
    const std::vector<ValueId> all(pool.operands(value).begin(), pool.operands(value).end());
    for (const ValueId one : all) collect(pool, one, true, depth + 1, found);
    return;
  }
  if (row.kind != ValueKind::Computed || pool.operands(value).empty()) return;
  const ValueId first = pool.operands(value)[0];
  const std::string_view name = pool.text(value);
  if (name == "or_default") collect(pool, first, true, depth + 1, found);
  const bool kept = is_mark(name) || name == "environment";
  if (kept && (is_given(pool, first) || (pool.origins(first) & kMayBeGiven) != 0))
    found.push_back(
        {value, expected || (name == "environment" && pool.operands(value).size() > 1)});
}

bool is_loop_test(const ValuePool& pool, ValueId test) {
  return is_asked(pool, test) || pool.opcode(test) == Opcode::HasItems;
}

}  // namespace

std::string_view mark_of(std::string_view computes) {
  if (computes == "url_decode") return kDecoded;
  if (computes == "base64_decode") return kUnwrapped;
  if (computes == "unzip") return kUnzipped;
  return computes == "json_decode" ? kParsed : std::string_view();
}

bool is_mark(std::string_view name) {
  return name == kItem || name == kDecoded || name == kUnwrapped || name == kUnzipped ||
         name == kParsed;
}

std::vector<GivenValue> given_in(ValuePool& pool, ValueId value) {
  std::vector<GivenValue> found;
  collect(pool, value, false, 0, found);
  return found;
}

bool is_whole(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  if (row.kind != ValueKind::Hole) return false;
  if (row.origin == Origin::Parameter || row.origin == Origin::Capture) return true;
  return is_given(pool, value) && pool.text(value).empty();
}

// `process.env`, also as the member of a module that was stored into.
bool is_whole_environment(const ValuePool& pool, ValueId value) {
  if (pool.opcode(value) == Opcode::Member) {
    const auto parts = pool.operands(value);
    const auto name = parts.size() > 1 ? as_text(pool, parts[1]) : std::nullopt;
    if (!name || !pool.is(parts[0], ValueKind::Hole) || pool[parts[0]].origin != Origin::Library)
      return false;
    const std::string_view module = pool.text(parts[0]);
    return (module == "process" && *name == "env") || (module == "os" && *name == "environ");
  }
  const Value& row = pool[value];
  if (row.kind != ValueKind::Hole || row.origin != Origin::Library) return false;
  const std::string_view path = pool.text(value);
  return path == "process.env" || path == "os.environ" || path == "ENV";
}

bool is_variable(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  if (row.kind == ValueKind::Hole)
    return row.origin == Origin::Environment && !pool.text(value).empty();
  return row.kind == ValueKind::Computed && pool.text(value) == "environment";
}

bool is_same_variable(const ValuePool& pool, ValueId a, ValueId b) {
  const bool both = pool.is(a, ValueKind::Hole) && pool.is(b, ValueKind::Hole);
  return a == b ||
         (both && is_variable(pool, a) && is_variable(pool, b) && pool.text(a) == pool.text(b));
}

ValueId environment_value(ValuePool& pool, ValueId name, ValueId fallback) {
  const std::optional<std::string_view> text = as_text(pool, name);
  if (!text && is_open(pool, name)) {  // asked again once the name is put in
    const std::array<ValueId, 2> operands{name, fallback};
    return pool.computed("environment", std::span(operands).first(fallback.exists() ? 2 : 1));
  }
  if (!text) return pool.unknown(kUnnamedVariable);
  const ValueId hole = pool.hole(Origin::Environment, std::string(*text));
  if (!fallback.exists() || pool[fallback].kind == ValueKind::Absent) return hole;
  const std::array<ValueId, 2> operands{hole, fallback};
  return pool.computed(Opcode::OrDefault, operands);
}

ValueId asked_variable(ValuePool& pool, ValueId name, ValueId container) {
  const bool keys =
      pool.is(container, ValueKind::Unknown) &&  // of the environment, or a copy of it
      pool.text(container) == kUnnamedVariable;
  if (!keys && !is_whole_environment(pool, container)) return {};
  const ValueId variable = environment_value(pool, name, {});
  const ValueId missing = compute(pool, Opcode::IsNull, std::span(&variable, 1));
  return compute(pool, Opcode::Not, std::span(&missing, 1));
}

bool is_asked_for(const ValuePool& pool, std::span<const Fact> holds, ValueId value) {
  if (is_variable(pool, value))
    return std::ranges::any_of(holds, [&](const Fact& fact) {
      bool found = false;
      if (is_returned(pool, fact.test)) return false;
      for_each_asked(pool, fact.test,
                     [&](ValueId id) { found = found || is_same_variable(pool, id, value); });
      return found;
    });
  const bool is_path = pool.is(value, ValueKind::Computed) && pool.operands(value).size() == 2;
  const ValueId base = is_path ? pool.operands(value)[0] : ValueId{};
  const ValueId name = is_path ? pool.operands(value)[1] : ValueId{};
  for (const Fact& fact : holds) {
    if (is_loop_test(pool, fact.test)) continue;
    bool found = false;
    for_each_below(pool, fact.test, [&](ValueId id) {
      found = found || id == value;
      if (!base.exists() || !pool.is(id, ValueKind::Computed) || pool.operands(id).size() != 2)
        return;
      const auto operands = pool.operands(id);  // in(key, record), has(record, key)
      found = found ||
              (pool.opcode(id) == Opcode::In && operands[0] == name && operands[1] == base) ||
              (pool.opcode(id) == Opcode::Has && operands[0] == base && operands[1] == name);
    });
    if (found) return true;
  }
  return false;
}

std::vector<Fact> facts_of_given(const ValuePool& pool, std::span<const Fact> holds) {
  std::vector<Fact> kept;
  for (const Fact& fact : holds)
    if ((pool.origins(fact.test) & kMayBeGiven) != 0 || pool.is(fact.test, ValueKind::Bool))
      kept.push_back(fact);
  return kept;
}

void add_read(ValuePool& pool, ValueId value, CallSite at, bool absence_expected,
              std::vector<Step>& steps) {
  for (const GivenValue& given : given_in(pool, value)) {
    Step step;
    step.kind = StepKind::Read;
    step.at = at;
    step.value = given.value;
    if (absence_expected || given.absence_expected) step.flags |= kAbsenceExpected;
    steps.push_back(std::move(step));
  }
}

void add_handed_over(ValuePool& pool, const CallInput& invocation, std::vector<Step>& steps) {
  const auto add = [&](ValueId value) {
    if (!is_whole(pool, value) && !is_whole_environment(pool, value)) return;
    Step step;
    step.kind = StepKind::Read;
    step.at = invocation.at;
    step.value = is_whole_environment(pool, value) ? pool.hole(Origin::Environment, "") : value;
    steps.push_back(std::move(step));
  };
  const std::vector<ValueId> given(pool.operands(invocation.arguments).begin(),
                                   pool.operands(invocation.arguments).end());
  for (const ValueId argument : given) {
    add(argument);
    const ValueKind kind = pool[argument].kind;
    if (kind != ValueKind::Record && kind != ValueKind::List) continue;
    const std::vector<ValueId> inside(pool.operands(argument).begin(),
                                      pool.operands(argument).end());
    for (const ValueId one : inside) add(one);
  }
}

void add_replayed(ValuePool& pool, Step read, std::vector<Step>& steps) {
  if (!read.value.exists()) {
    steps.push_back(std::move(read));
    return;
  }
  if (is_whole(pool, read.value)) {
    steps.push_back(std::move(read));
    return;
  }
  for (const GivenValue& given : given_in(pool, read.value)) {
    Step one = read;
    one.value = given.value;
    if (given.absence_expected) one.flags |= kAbsenceExpected;
    if (!joins_known(pool, one, steps)) steps.push_back(std::move(one));
  }
}

void mark_found_by(CallSite call, bool begins, std::vector<Step>& steps) {
  for (Step& step : steps) {
    if (step.kind != StepKind::Find || (step.flags & kDetached) != 0) continue;
    if (begins && (step.flags & kPaused) == 0) continue;
    step.flags |= kDetached;
    step.at = call;
  }
}

}  // namespace fnlint
