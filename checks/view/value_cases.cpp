// Splits a choice into alternatives under their guards, and drops those that cannot hold together.

#include "checks/view/value_cases.h"

#include "checks/view/project_view.h"

#include <algorithm>
#include <bit>
#include <map>

namespace fnlint {

namespace {

constexpr std::int64_t kMostOfOne = 1'000'000'000'000;  // so that no sum leaves its type

// Of a value that an input allows, the guard tests that input for that very value.
bool is_allowed_value(const ValuePool& pool, ValueId value, GuardId guard) {
  const std::vector<Test> tests = tests_of(pool, guard);
  if (tests.size() != 1 || std::popcount(tests[0].allowed) != 1) return false;
  const std::vector<StringId>& domain = pool.choice_row(tests[0].choice).domain;
  const auto at = static_cast<std::size_t>(std::countr_zero(tests[0].allowed));
  return at < domain.size() && as_text(pool, value) == pool[domain[at]];
}

// The branch is taken only where an input is not what it is by default, and the value is that
// default: `Fn::If: [HasBoundary, Ref Boundary, ...]` where HasBoundary asks for another than
// "none".
bool excludes_default(const ValuePool& pool, ValueId value, std::span<const Test> tests) {
  if ((pool[value].uncertainty & kOverridable) == 0) return false;
  const auto text = as_text(pool, value);
  return text && std::ranges::any_of(tests, [&](const Test& test) {
           const std::vector<StringId>& domain = pool.choice_row(test.choice).domain;
           const auto at = std::ranges::find(
               domain, *text, [&](StringId one) { return std::string_view(pool[one]); });
           const auto bit = static_cast<std::size_t>(at - domain.begin());
           return at != domain.end() && bit < 63 && (test.allowed >> bit & 1U) == 0;
         });
}

}  // namespace

std::vector<ValueCase> cases_of(const ValuePool& pool, ValueId value, GuardId when) {
  std::vector<ValueCase> cases;
  const std::vector<Test> outer = tests_of(pool, when);
  if (pool[value].kind != ValueKind::OneOf) return {{value, outer, pool[value].uncertainty}};
  for (std::size_t i = 0; i < pool.operands(value).size(); ++i) {
    const ValueId one = pool.operands(value)[i];
    const GuardId guard = pool.guards(value)[i];
    const std::optional<std::vector<Test>> tests = both(outer, tests_of(pool, guard));
    if (!tests || excludes_default(pool, one, *tests)) continue;
    std::uint8_t uncertainty = pool[one].uncertainty;
    if (i > 0 && (uncertainty & kOverridable) != 0 && is_allowed_value(pool, one, guard))
      uncertainty |= kUncertain;
    cases.push_back({one, *tests, uncertainty});
  }
  return cases;
}

std::vector<Total> totals_of(const ValuePool& pool, std::span<const Term> terms, Measure measure,
                             const Total& before) {
  std::vector<Total> totals{before};
  for (const Term& term : terms) {
    std::vector<ValueCase> cases = cases_of(pool, term.value, term.when);
    if (!pool.always(term.when)) cases.emplace_back();  // no value: the declaration is left out
    std::vector<Total> next;
    for (const Total& total : totals)
      for (const ValueCase& one : cases) {
        const std::optional<std::vector<Test>> tests = both(total.tests, one.tests);
        if (!tests || next.size() >= kComparedPairs) continue;
        const bool there = one.value.exists() && !pool.is(one.value, ValueKind::Absent);
        const std::int64_t measured =
            there ? std::clamp(measure(pool, one.value).value_or(0), -kMostOfOne, kMostOfOne) : 0;
        const std::int64_t part = measured + (there ? term.besides : 0);
        Total longer = total;
        longer.tests = *tests;
        longer.number += part;
        longer.parts.push_back(part);
        if (measured != 0)
          longer.uncertainty =
              static_cast<std::uint8_t>(longer.uncertainty | one.uncertainty | term.uncertainty);
        next.push_back(std::move(longer));
      }
    totals = std::move(next);
  }
  return totals;
}

bool is_given(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  switch (row.kind) {
    case ValueKind::Absent:
    case ValueKind::Null: return false;
    case ValueKind::Text: return !pool.text(value).empty();
    case ValueKind::List: {
      if (row.ref == 1) return true;
      for (const ValueId item : pool.operands(value))
        if (is_given(pool, item)) return true;
      return false;
    }
    default: return true;
  }
}

Answer is_set(const Project& project, ResourceId resource, std::string_view path) {
  const Property* property = property_of(project, resource, path);
  if (property == nullptr)
    return property_of(project, resource, kRest) == nullptr ? Answer::No : Answer::Unknown;
  const ValuePool& pool = *project.pool;
  bool any = false, all = true;
  for (const ValueCase& one : cases_of(pool, property->value)) {
    const bool open = pool.is(one.value, ValueKind::Unknown) ||
                      (pool.is(one.value, ValueKind::Hole) &&
                       pool[one.value].origin == Origin::TemplateInput);
    const bool given = is_given(pool, one.value);
    any = any || given || open;
    all = all && given && !open;
  }
  if (!any) return Answer::No;
  return all ? Answer::Yes : Answer::Unknown;
}

void PlacedFindings::add(ResourceId function, const Property& property, Finding finding) {
  rows_.push_back({function, &property, std::move(finding)});
}

void PlacedFindings::move_to(Findings& out) {
  const Stacks& stacks = project_.stacks;
  std::map<std::pair<StringId, Span>, std::size_t> users, wrong;
  const auto place = [](const Property& row) { return std::pair(row.path, row.where); };
  for (const Row& row : rows_)
    if (row.property->inherited) ++wrong[place(*row.property)];
  if (!wrong.empty())
    for (const DeclaredFunction& function : stacks.functions) {
      const Slice<Property> rows = stacks[function.resource].properties;
      for (std::uint32_t i = 0; i < rows.count; ++i) {
        const Property& row = stacks.properties[rows.first + i];
        if (row.inherited && wrong.contains(place(row))) ++users[place(row)];
      }
    }
  for (Row& row : rows_) {
    if (row.property->inherited && users[place(*row.property)] > wrong[place(*row.property)]) {
      row.finding.related.push_back({row.finding.where, "The value is set here."});
      row.finding.where = stacks[row.function].name;
    }
    add_given(*row.property, row.finding);
    out.push_back(std::move(row.finding));
  }
  rows_.clear();
}

}  // namespace fnlint
