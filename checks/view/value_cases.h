// A value branch by branch of the template, with sums over branches, and findings that shared
// settings (Globals) report once.
#pragma once

#include "checks/view/branches.h"
#include "model/project.h"
#include "values/compute.h"
#include "values/confidence.h"
#include "values/pool.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace fnlint {

// One thing that a value may be, and the branch of the template in which it is that.
struct ValueCase {
  ValueId value = {};  // no OneOf
  std::vector<Test> tests = {};
  // Of the value; with kUncertain where a deployment would have to choose it: a value that an input
  // allows and that is not its default.
  std::uint8_t uncertainty = 0;
};
std::vector<ValueCase> cases_of(const ValuePool& pool, ValueId value, GuardId when = {});

// The first of the cases that is wrong, those that are likeliest before others. Where others are
// not wrong, it is wrong in some branches only.
struct WrongCase {
  ValueId value = {};
  std::uint8_t uncertainty = 0;
};
template <class IsWrong>
std::optional<WrongCase> wrong_case(std::span<const ValueCase> cases, IsWrong is_wrong) {
  std::optional<WrongCase> found;
  bool all = true;
  for (const ValueCase& one : cases) {
    if (!is_wrong(one.value)) {
      all = false;
      continue;
    }
    if (!found || confidence_of(one.uncertainty) > confidence_of(found->uncertainty))
      found = WrongCase{one.value, one.uncertainty};
  }
  if (found && !all) found->uncertainty |= kConditional;
  return found;
}

// What is added up, branch by branch of the template. A part that is not known, or left out, is 0:
// the sum is a lower bound.
struct Term {
  ValueId value = {};
  GuardId when = {};          // of the declaration: where it is left out, the part is 0
  std::uint8_t uncertainty = 0;  // of the link to what it is added to
  std::int64_t besides = 0;   // added where the value is not left out
};
struct Total {
  std::int64_t number = 0;
  std::vector<std::int64_t> parts = {};  // of each term, in their order
  std::vector<Test> tests = {};
  std::uint8_t uncertainty = 0;  // of the parts that are not 0
};
using Measure = std::optional<std::int64_t> (*)(const ValuePool& pool, ValueId value);
std::vector<Total> totals_of(const ValuePool& pool, std::span<const Term> terms, Measure measure,
                             const Total& before = {});

// The first of several totals that is too much. Where others are not, it is so in some branches.
template <class IsWrong>
std::optional<Total> wrong_total(std::span<const Total> totals, IsWrong is_wrong) {
  std::optional<Total> found;
  bool all = true;
  for (const Total& total : totals) {
    if (!is_wrong(total))
      all = false;
    else if (!found || confidence_of(total.uncertainty) > confidence_of(found->uncertainty))
      found = total;
  }
  if (found && !all) found->uncertainty |= kConditional;
  return found;
}

// A value that is there, whatever it is: not left out, not null, no empty text or list.
bool is_given(const ValuePool& pool, ValueId value);
// Whether a property of the resource is set: No where it has none, or surely none in any branch.
Answer is_set(const Project& project, ResourceId resource, std::string_view path);

// Findings about a property stand at it; what Globals give to several functions stands there only
// where it is wrong for all of them, else at the declaration of each for which it is.
class PlacedFindings {
 public:
  explicit PlacedFindings(const Project& project) : project_(project) {}
  void add(ResourceId function, const Property& property, Finding finding);
  void move_to(Findings& out);

 private:
  struct Row {
    ResourceId function = {};
    const Property* property = nullptr;
    Finding finding = {};
  };
  const Project& project_;
  std::vector<Row> rows_ = {};
};

}  // namespace fnlint
