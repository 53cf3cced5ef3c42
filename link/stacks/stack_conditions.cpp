// Compares inputs, alternatives and known values, combines the answers, and keeps what it cannot
// express as a choice of its own.

#include "link/stacks/stack_conditions.h"

#include "core/text.h"
#include "link/stacks/dialects.h"
#include "link/stacks/stack_inputs.h"

#include <algorithm>

namespace fnlint::stacks {

namespace {

Condition decided(bool holds) { return {.progress = Progress::Done, .decided = holds}; }

// A conjunction of both; nothing when they exclude each other.
std::optional<std::vector<Test>> conjunction(std::span<const Test> a, std::span<const Test> b) {
  std::vector<Test> all(a.begin(), a.end());
  for (const Test& test : b) {
    const auto same = std::ranges::find(all, test.choice, &Test::choice);
    if (same == all.end()) {
      all.push_back(test);
    } else {
      same->allowed &= test.allowed;
      if (same->allowed == 0) return std::nullopt;
    }
  }
  return all;
}

// What is so when one of the two is: the choices that both test.
std::vector<Test> disjunction(std::span<const Test> a, std::span<const Test> b) {
  std::vector<Test> all;
  for (const Test& test : a) {
    const auto same = std::ranges::find(b, test.choice, &Test::choice);
    if (same != b.end()) all.push_back({test.choice, test.allowed | same->allowed});
  }
  return all;
}

bool one_choice(const Condition& a, const Condition& b) {
  return a.exact && b.exact && a.holds.size() == 1 && b.holds.size() == 1 && a.fails.size() == 1 &&
         b.fails.size() == 1 && a.holds[0].choice == b.holds[0].choice;
}

Condition negated(Condition condition) {
  if (condition.decided) return decided(!*condition.decided);
  std::swap(condition.holds, condition.fails);
  return condition;
}

Condition both_hold(const Condition& a, const Condition& b) {
  if (a.decided) return *a.decided ? b : a;
  if (b.decided) return *b.decided ? a : b;
  const auto holds = conjunction(a.holds, b.holds);
  if (!holds) return decided(false);
  Condition result{.progress = Progress::Done, .open = a.open || b.open};
  result.holds = *holds;
  result.fails = disjunction(a.fails, b.fails);
  result.exact = one_choice(a, b);
  return result;
}

Condition either_holds(const Condition& a, const Condition& b) {
  return negated(both_hold(negated(a), negated(b)));
}

Condition tested(ValuePool& pool, const OpenInput& input, const Test& test) {
  const Test rest = other_values(pool, input, test);
  if (rest.allowed == 0) return decided(true);
  return {.progress = Progress::Done, .holds = {test}, .fails = {rest}, .exact = true};
}

// Ref of an input that is still open, compared with a literal.
std::optional<Condition> input_comparison(LinkContext& build, ScopeId scope, const ExprClosure& ref,
                                          ValueId other) {
  if (build.function(ref) != "Ref") return std::nullopt;
  const auto name = build.literal(build.operand(ref, 0));
  const auto text = as_text(build.pool, other);
  if (!name || !text || (build.pool[other].uncertainty & kOverridable) != 0) return std::nullopt;
  const auto input = open_input(build, scope, *name);
  if (!input) return std::nullopt;
  if (const auto test = test_of(build.pool, *input, *text))
    return tested(build.pool, *input, *test);
  const bool crowded = build.pool.choice_row(input->choice).domain.size() > 63;
  if (input->closed && !crowded) return decided(false);
  return std::nullopt;
}

// A OneOf over one choice, compared with something that is one value. Where that is not known of an
// alternative, it may be either, and the tests do not say all.
std::optional<Condition> alternatives_comparison(ValuePool& pool, ValueId one_of, ValueId other) {
  const bool is_default = (pool[other].uncertainty & kOverridable) != 0;
  if (!pool.is(one_of, ValueKind::OneOf) || is_default) return std::nullopt;
  Test holds, fails;
  const auto values = pool.operands(one_of);
  const auto guards = pool.guards(one_of);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!guards[i].exists() || pool[guards[i]].tests.size() != 1) return std::nullopt;
    const Test& test = pool[guards[i]].tests[0];
    const Answer answer = equal(pool, pool.plain(values[i]), pool.plain(other));
    if (i > 0 && test.choice != holds.choice) return std::nullopt;
    holds.choice = fails.choice = test.choice;
    if (answer != Answer::No) holds.allowed |= test.allowed;
    if (answer != Answer::Yes) fails.allowed |= test.allowed;
  }
  if (fails.allowed == 0) return decided(true);
  if (holds.allowed == 0) return decided(false);
  const std::uint64_t all = holds.allowed | fails.allowed;
  Condition found{.progress = Progress::Done, .exact = (holds.allowed & fails.allowed) == 0};
  for (const auto& [test, tests] : {std::pair{holds, &found.holds}, std::pair{fails, &found.fails}})
    if (test.allowed != all) tests->push_back(test);
  return found;
}

// What is known of two values for every deployment.
std::optional<Condition> known_comparison(ValuePool& pool, ValueId a, ValueId b) {
  const auto left = as_text(pool, a), right = as_text(pool, b);
  if (left && right) {
    if (((pool[a].uncertainty | pool[b].uncertainty) & kOverridable) != 0) return std::nullopt;
    return decided(*left == *right);
  }
  if (((pool[a].uncertainty | pool[b].uncertainty) & kOverridable) != 0) return std::nullopt;
  const Answer answer = equal(pool, a, b);
  if (answer == Answer::Unknown) return std::nullopt;
  return decided(answer == Answer::Yes);
}

Condition comparison(LinkContext& build, ScopeId scope, const ExprClosure& at) {
  const ExprClosure left = build.operand(at, 0), right = build.operand(at, 1);
  if (!left.exists() || !right.exists()) return {.progress = Progress::Done};
  const ValueId a = value_of(build, scope, left), b = value_of(build, scope, right);
  if (auto found = input_comparison(build, scope, left, b)) return *found;
  if (auto found = input_comparison(build, scope, right, a)) return *found;
  if (auto found = known_comparison(build.pool, a, b)) return *found;
  if (auto found = alternatives_comparison(build.pool, a, b)) return *found;
  if (auto found = alternatives_comparison(build.pool, b, a)) return *found;
  return {.progress = Progress::Done};
}

Condition combined(LinkContext& build, ScopeId scope, const ExprClosure& at, bool all) {
  Condition result = decided(all);
  for (std::size_t i = 0; i < build.operands(at).size(); ++i) {
    const Condition next = condition_of(build, scope, build.operand(at, i));
    result = all ? both_hold(result, next) : either_holds(result, next);
  }
  return result;
}

// A condition that its tests do not settle is a choice by its own name.
void stand_for_itself(ValuePool& pool, ScopeId scope, std::string_view name, Condition& condition) {
  if (condition.decided || condition.exact) return;
  const std::array<StringId, 2> domain{pool.string("true"), pool.string("false")};
  const std::uint32_t choice = pool.choice(scope.index, cat("condition ", name), domain);
  condition.holds.insert(condition.holds.begin(), Test{choice, 1});
  condition.fails.insert(condition.fails.begin(), Test{choice, 2});
  condition.exact = true;
}

}  // namespace

Condition condition_of(LinkContext& build, ScopeId scope, const ExprClosure& at) {
  if (!at.exists()) return {.progress = Progress::Done};
  const Expr& expr = build.expr(at);
  if (expr.kind == ExprKind::Bool) return decided(expr.detail != 0);
  if (expr.kind == ExprKind::Unknown) return {.progress = Progress::Done, .open = true};
  const std::string_view function = build.function(at);
  if (function == "Fn::Equals") return comparison(build, scope, at);
  if (function == "Fn::And") return combined(build, scope, at, true);
  if (function == "Fn::Or") return combined(build, scope, at, false);
  if (function == "Fn::Not") return negated(condition_of(build, scope, build.operand(at, 0)));
  if (function == "Condition" || function == "Ref") {
    const auto name = as_text(
        build.pool, function == "Ref"
                        ? build.pool.text_value(build.literal(build.operand(at, 0)).value_or(""))
                        : value_of(build, scope, build.operand(at, 0)));
    if (name) return condition_named(build, scope, *name, build.span(at));
  }
  return {.progress = Progress::Done};
}

const Condition& condition_named(LinkContext& build, ScopeId id, std::string_view name,
                                 Span where) {
  Scope& scope = build[id];
  const auto declared = scope.conditions.find(name);
  const std::string_view key =
      declared != scope.conditions.end() ? declared->first : build.pool[build.pool.string(name)];
  // References into an unordered_map stay valid while it grows.
  Condition& condition = scope.condition_states[key];
  if (condition.progress == Progress::Done) return condition;
  if (declared == scope.conditions.end()) {
    build.unresolved_once(id, UnresolvedKind::Intrinsic, cat("there is no condition ", name),
                          where);
  } else if (condition.progress == Progress::Begun || build.depth > kNestingDepth) {
    if (condition.progress == Progress::Begun)
      build.problem(where, cat("the condition ", name, " depends on itself"));
  } else {
    condition.progress = Progress::Begun;
    ++build.depth;
    const NamedExpr& row = build.facts(declared->second.text).conditions[declared->second.row];
    Condition found =
        condition_of(build, id, {declared->second.text, row.value, declared->second.bindings});
    --build.depth;
    if (condition.progress != Progress::Done) condition = std::move(found);
  }
  condition.progress = Progress::Done;
  stand_for_itself(build.pool, id, key, condition);
  return condition;
}

Condition condition_of_choice(LinkContext& build, ScopeId scope, const ExprClosure& at) {
  const ExprClosure test = build.operand(at, 0);
  Condition condition{.progress = Progress::Done, .open = true};
  if (build.function(test).starts_with("Fn::")) {
    condition = condition_of(build, scope, test);
  } else if (const auto name = as_text(build.pool, value_of(build, scope, test))) {
    return condition_named(build, scope, *name, build.span(at));
  }
  const Span where = build.span(test);
  const std::string place = cat("at ", where.file.index, ':', where.range.begin);
  stand_for_itself(build.pool, scope, place, condition);
  return condition;
}

GuardId guard_of(ValuePool& pool, const Condition& condition, bool holds) {
  std::vector<Test> tests = holds ? condition.holds : condition.fails;
  if (tests.size() > kGuardTests) tests.resize(kGuardTests);  // the first stands for the condition
  return pool.guard(std::move(tests));
}

std::optional<GuardId> both(LinkContext& build, GuardId a, GuardId b) {
  return build.pool.both(a, b);
}

}  // namespace fnlint::stacks
