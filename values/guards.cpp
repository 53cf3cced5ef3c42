#include "values/pool.h"

// Guards: under which choices of a deployment an alternative stands, and what two of them say
// together.
namespace fnlint {
namespace {

constexpr std::uint64_t kOther = 1ULL << 63U;

// Does the mask leave out no value at all?
bool is_full(const Choice& choice, std::uint64_t allowed) {
  const std::size_t known = std::min<std::size_t>(choice.domain.size(), 63);
  const std::uint64_t all = (known == 0 ? 0 : (~0ULL >> (64 - known))) | kOther;
  return (allowed & all) == all;
}

}  // namespace

std::uint32_t ValuePool::choice(std::uint32_t scope, std::string_view subject,
                                std::span<const StringId> domain) {
  Choice row{.scope = scope, .subject = string(subject), .domain = {domain.begin(), domain.end()}};
  const auto place = static_cast<std::uint32_t>(choices_.size());
  std::vector<std::uint32_t>& same = choice_rows_[{scope, row.subject}];
  for (const std::uint32_t known : same)
    if (choices_[known] == row) return known;
  same.push_back(place);
  choices_.push_back(std::move(row));
  return place;
}

GuardId ValuePool::guard(std::vector<Test> tests) {
  std::ranges::sort(tests);
  Guard row;
  for (const Test& test : tests) {
    if (!row.tests.empty() && row.tests.back().choice == test.choice)
      row.tests.back().allowed &= test.allowed;
    else
      row.tests.push_back(test);
  }
  std::erase_if(row.tests,
                [&](const Test& test) { return is_full(choices_[test.choice], test.allowed); });
  const auto empty = std::ranges::find(row.tests, 0U, &Test::allowed);
  if (empty != row.tests.end())
    row.tests = {*empty};
  else if (row.tests.size() > kGuardTests)
    row.tests.clear();
  const auto [place, is_new] =
      guard_ids_.emplace(row, GuardId{static_cast<std::uint32_t>(guards_.size())});
  if (is_new) guards_.push_back(std::move(row));
  return place->second;
}

std::optional<GuardId> ValuePool::both(GuardId a, GuardId b) {
  if (never(a) || never(b)) return std::nullopt;
  if (always(a)) return b;
  if (always(b) || a == b) return a;
  std::vector<Test> tests = guards_[a.index].tests;
  const std::vector<Test>& more = guards_[b.index].tests;
  tests.insert(tests.end(), more.begin(), more.end());
  const GuardId merged = guard(std::move(tests));
  if (never(merged)) return std::nullopt;
  return merged;
}

// One guard that holds exactly where one of the two holds; nothing where no conjunction says that.
std::optional<GuardId> ValuePool::either(GuardId a, GuardId b) {
  if (always(a) || always(b)) return GuardId{};
  if (a == b) return a;
  const std::vector<Test>& first = guards_[a.index].tests;
  const std::vector<Test>& second = guards_[b.index].tests;
  if (first.size() != second.size()) return std::nullopt;
  std::vector<Test> tests = first;
  int differing = 0;
  for (std::size_t i = 0; i < tests.size(); ++i) {
    if (first[i].choice != second[i].choice) return std::nullopt;
    if (first[i].allowed != second[i].allowed) ++differing;
    tests[i].allowed |= second[i].allowed;
  }
  if (differing > 1) return std::nullopt;
  return guard(std::move(tests));
}

bool ValuePool::always(GuardId guard) const {
  return !guard.exists() || guards_[guard.index].tests.empty();
}
bool ValuePool::never(GuardId guard) const {
  return guard.exists() && guards_[guard.index].tests.size() == 1 &&
         guards_[guard.index].tests[0].allowed == 0;
}

bool ValuePool::excludes_each_other(std::span<const GuardId> guards) {
  for (std::size_t i = 0; i < guards.size(); ++i) {
    if (always(guards[i])) return false;
    for (std::size_t j = 0; j < i; ++j)
      if (both(guards[i], guards[j])) return false;
  }
  return true;
}

}  // namespace fnlint
