// Conditions, three-valued. What a comparison says of what is not there is decided when the policy
// is read: a requirement then holds, a condition does not.

#include "checks/view/branches.h"
#include "checks/view/project_view.h"
#include "core/limits.h"
#include "core/text.h"
#include "policies/attributes.h"
#include "policies/evaluate.h"
#include "policies/reach.h"
#include "values/answers.h"

#include <algorithm>
#include <iterator>

namespace fnlint {

namespace {

Verdict verdict_of(bool holds) { return holds ? Verdict::Yes : Verdict::No; }

bool is_negative(Operator by) {
  return by == Operator::NotEquals || by == Operator::NotIn || by == Operator::NotMatches;
}

// Nothing stands at its right that is evaluated.
bool is_unary(Operator by) {
  return by == Operator::In || by == Operator::NotIn || by == Operator::Matches ||
         by == Operator::NotMatches || by == Operator::HasType;
}

bool asks_for_number(Operator by) {
  return by == Operator::LessThan || by == Operator::AtMost || by == Operator::MoreThan ||
         by == Operator::AtLeast;
}

bool number_holds(Operator by, double left, double right) {
  switch (by) {
    case Operator::LessThan: return left < right;
    case Operator::AtMost: return left <= right;
    case Operator::MoreThan: return left > right;
    default: return left >= right;
  }
}

// The literal ends of a text of which parts are not known.
struct LiteralEnds {
  std::string_view start = {}, end = {};
  bool has = false;
};

LiteralEnds ends_of(const ValuePool& pool, const Item& item) {
  if (!item.value.exists() || !pool.is(item.value, ValueKind::Pattern)) return {};
  const auto parts = pool.operands(item.value);
  return {as_text(pool, parts.front()).value_or(""), as_text(pool, parts.back()).value_or(""),
          true};
}

// Of a text that is known in part.
Verdict by_ends(Operator by, const ValuePool& pool, const Item& left, std::string_view right) {
  const LiteralEnds ends = ends_of(pool, left);
  if (!ends.has) return Verdict::Unknown;
  const auto begins = [](std::string_view known, std::string_view asked) {
    const std::size_t common = std::min(known.size(), asked.size());
    if (known.substr(0, common) != asked.substr(0, common)) return Verdict::No;
    return known.size() >= asked.size() ? Verdict::Yes : Verdict::Unknown;
  };
  const auto finishes = [](std::string_view known, std::string_view asked) {
    const std::size_t common = std::min(known.size(), asked.size());
    if (known.substr(known.size() - common) != asked.substr(asked.size() - common))
      return Verdict::No;
    return known.size() >= asked.size() ? Verdict::Yes : Verdict::Unknown;
  };
  if (by == Operator::StartsWith) return begins(ends.start, right);
  if (by == Operator::EndsWith) return finishes(ends.end, right);
  if (by == Operator::Contains) {
    for (const ValueId part : pool.operands(left.value))
      if (const auto text = as_text(pool, part); text && text->find(right) != text->npos)
        return Verdict::Yes;
    return Verdict::Unknown;
  }
  // Equal to a literal: where an end differs it is not.
  const bool differs =
      begins(ends.start, right) == Verdict::No || finishes(ends.end, right) == Verdict::No;
  return differs ? Verdict::No : Verdict::Unknown;
}

Verdict has_type(const ValuePool& pool, const Item& item, std::string_view type) {
  if (!item.value.exists())
    return item.type == ItemType::Value ? verdict_of(type == "map") : verdict_of(type == "text");
  switch (pool[item.value].kind) {
    case ValueKind::Bool: return verdict_of(type == "bool");
    case ValueKind::Number: return verdict_of(type == "number");
    case ValueKind::Text:
    case ValueKind::Pattern:
    case ValueKind::Reference: return verdict_of(type == "text");
    case ValueKind::List: return verdict_of(type == "list");
    case ValueKind::Record: return verdict_of(type == "map");
    default: return Verdict::Unknown;
  }
}

// What a deployment, or another stack, may leave out.
bool may_be_nothing(const ValuePool& pool, const Item& item) {
  if (!item.value.exists()) return false;
  return pool.is(item.value, ValueKind::Unknown) ||
         (pool.is(item.value, ValueKind::Hole) &&
          pool[item.value].origin == Origin::TemplateInput);
}

Verdict is_in_list(const ValuePool& pool, ValueId list, std::optional<std::string_view> wanted) {
  bool all_known = wanted && pool[list].ref != 1;
  for (const ValueId one : pool.operands(list)) {
    const auto text = as_text(pool, one);
    if (text && wanted && *text == *wanted) return Verdict::Yes;
    all_known = all_known && text;
  }
  return all_known ? Verdict::No : Verdict::Unknown;
}

bool is_of_two(const Item& a, const Item& b) {
  return a.type == ItemType::Value && b.type == ItemType::Value && a.resource.exists() &&
         b.resource.exists() && a.resource != b.resource;
}

// Whether two resources always exist together; nothing: they never do.
std::optional<bool> may_both_exist(const PolicyView& view, ResourceId a, ResourceId b) {
  const GuardId one = view.project.stacks[a].exists, other = view.project.stacks[b].exists;
  if (view.pool.always(one) && view.pool.always(other)) return true;
  if (!both(tests_of(view.pool, one), tests_of(view.pool, other))) return std::nullopt;
  return false;
}

// One answer for several items: of those that are compared, one has to be so.
struct Gathered {
  std::optional<Verdict> verdict = {};
  Item decided = {.presence = Presence::Absent};
  std::uint8_t uncertainty = 0;

  void add(Verdict found, const Item& item) {
    const bool decides =
        verdict != Verdict::Yes && (found == Verdict::Yes || verdict != Verdict::Unknown);
    if (!decides) return;
    verdict = found;
    decided = item;
  }
};

}  // namespace

// Of a value and what the policy says itself, which many resources ask again.
Verdict Evaluator::compare(const Condition& condition, const Item& left, const Item& right) const {
  const bool is_known_again = left.type == ItemType::Value && left.value.exists() &&
                              right.type == ItemType::Scalar &&
                              condition.right.kind <= ExpressionKind::Text;
  if (!is_known_again) return compared(condition, left, right);
  const auto [at, is_new] = compared_.try_emplace({&condition, left.value});
  if (is_new) at.value() = compared(condition, left, right);
  return at->second;
}

Verdict Evaluator::compared(const Condition& condition, const Item& left, const Item& right) const {
  const ValuePool& pool = view_.pool;
  const Operator by = condition.by;
  if (by == Operator::HasType) return has_type(pool, left, condition.right.text);
  if (asks_for_number(by)) {
    const std::optional<double> a = number_of(view_, left), b = number_of(view_, right);
    return a && b ? verdict_of(number_holds(by, *a, *b)) : Verdict::Unknown;
  }
  if (by == Operator::Equals || by == Operator::NotEquals) {
    if (left.type == ItemType::Resource && right.type == ItemType::Resource)
      return verdict_of(left.resource == right.resource);
    if (left.value.exists() && left.value == right.value && pool.identified(left.value))
      return Verdict::Yes;
  }
  const bool are_texts = left.type == ItemType::Scalar && right.type == ItemType::Scalar &&
                         !left.number && !right.number;
  if (by == Operator::Equals && are_texts && left.text == right.text) return Verdict::Yes;
  if (by == Operator::Contains && pool.is(left.value, ValueKind::List))
    return is_in_list(pool, left.value, fnlint::text_of(view_, right));
  // A map or a list is no text.
  if (is_container(pool, left.value)) return Verdict::No;
  const auto a = fnlint::text_of(view_, left);
  if (by == Operator::In || by == Operator::NotIn) {
    if (a) return verdict_of(std::ranges::binary_search(condition.options, *a));
    for (const std::string& option : condition.options)
      if (by_ends(Operator::Equals, pool, left, option) != Verdict::No) return Verdict::Unknown;
    return Verdict::No;
  }
  if (by == Operator::Matches || by == Operator::NotMatches)
    return a ? verdict_of(re2::RE2::PartialMatch(*a, *condition.regex)) : Verdict::Unknown;
  const auto b = fnlint::text_of(view_, right);
  if (!b) return Verdict::Unknown;
  if (!a) return by_ends(by, pool, left, *b);
  switch (by) {
    case Operator::StartsWith: return verdict_of(a->starts_with(*b));
    case Operator::EndsWith: return verdict_of(a->ends_with(*b));
    case Operator::Contains: return verdict_of(a->find(*b) != a->npos);
    default: break;
  }
  if (*a == *b) return Verdict::Yes;
  const std::optional<double> x = left.number ? left.number : number_in(*a);
  return verdict_of(x && x == (right.number ? right.number : number_in(*b)));
}

Judged Evaluator::judge_presence(const ValuePool& pool, const Condition& condition,
                                 const Reached& left) {
  Verdict there = left.open ? Verdict::Unknown : Verdict::No;
  Judged row{.world = left.world, .decided = {.presence = Presence::Absent}};
  for (const Item& item : left.items) {
    if (item.presence == Presence::Absent || there == Verdict::Yes) continue;
    const bool is_known = item.presence == Presence::There && !may_be_nothing(pool, item);
    there = is_known ? Verdict::Yes : Verdict::Unknown;
    row.decided = item;
    // That there is one does not rest on which: a default may be replaced, not taken away.
    row.world.uncertainty |= static_cast<std::uint8_t>(rests_on(pool, item) & ~kOverridable & 0xff);
  }
  row.verdict = condition.wanted ? there : opposite(there);
  return row;
}

Verdict Evaluator::compare_one(const Condition& condition, const Item& left,
                               const Item& right) const {
  const bool is_known = left.presence == Presence::There && right.presence == Presence::There;
  const Verdict verdict = is_known ? compare(condition, left, right) : Verdict::Unknown;
  return is_negative(condition.by) ? opposite(verdict) : verdict;
}

// One way of the left side against one of the right.
Judged Evaluator::judge_pairs(const Condition& condition, const Reached& left,
                              std::span<const Item> rights, World world) const {
  const ValuePool& pool = view_.pool;
  Gathered all;
  look_at(left.items.size() * rights.size(), 0);
  for (const Item& a : left.items)
    for (const Item& b : rights) {
      if (is_spent_) break;
      if (a.presence == Presence::Absent || b.presence == Presence::Absent) continue;
      if (is_of_two(a, b)) {
        const std::optional<bool> both_exist = may_both_exist(view_, a.resource, b.resource);
        if (!both_exist) continue;
        if (!*both_exist) all.uncertainty |= kConditional;
      }
      all.uncertainty |= static_cast<std::uint8_t>(rests_on(pool, a) | rests_on(pool, b));
      all.add(compare_one(condition, a, b), a);
    }
  if (left.open && all.verdict != Verdict::Yes) all.verdict = Verdict::Unknown;
  world.uncertainty |= all.uncertainty;
  return {.world = std::move(world),
          .verdict = all.verdict.value_or(answer_of(condition.absent)),
          .decided = all.decided};
}

std::vector<Judged> Evaluator::judge_comparison(const Condition& condition, const AskedItems& asked,
                                                const World& world) const {
  std::vector<Judged> judged;
  // What is compared with is most often written in the policy.
  const std::optional<Item> literal = is_unary(condition.by) ? Item{} : literal_of(condition.right);
  if (literal && condition.left.kind == ExpressionKind::Path &&
      straight(condition.left.path, asked, here_)) {
    World here{world.tests, static_cast<std::uint8_t>(world.uncertainty | here_.world.uncertainty)};
    if (condition.by != Operator::Exists) {
      judged.push_back(judge_pairs(condition, here_, {&*literal, 1}, std::move(here)));
      return judged;
    }
    judged.push_back(judge_presence(view_.pool, condition, here_));
    here.uncertainty |= judged.front().world.uncertainty;
    judged.front().world = std::move(here);
    return judged;
  }
  for (Reached& left : evaluate(condition.left, asked, world)) {
    if (judged.size() >= kComparedPairs) break;
    if (condition.by == Operator::Exists) {
      judged.push_back(judge_presence(view_.pool, condition, left));
    } else if (literal) {
      World here = std::move(left.world);
      judged.push_back(judge_pairs(condition, left, {&*literal, 1}, std::move(here)));
    } else {
      for (Reached& right : evaluate(condition.right, asked, left.world)) {
        if (judged.size() >= kComparedPairs) break;
        judged.push_back(judge_pairs(condition, left, right.items, std::move(right.world)));
      }
    }
  }
  return judged;
}

// All of several conditions (`ends`: No), or one of them (`ends`: Yes).
std::vector<Judged> Evaluator::judge_all(const Condition& condition, const AskedItems& asked,
                                         const World& world, Verdict ends) const {
  std::vector<Judged> ways;
  ways.push_back(
      {.world = world, .verdict = opposite(ends), .decided = {.presence = Presence::Absent}});
  for (const Condition& part : condition.parts) {
    std::vector<Judged> next;
    for (Judged& way : ways) {
      if (way.verdict == ends) {
        next.push_back(std::move(way));
        continue;
      }
      std::vector<Judged> all = judge(part, asked, way.world);
      for (Judged& more : all) {
        if (way.verdict == Verdict::Unknown && more.verdict != ends) more.verdict = way.verdict;
        if (more.decided.presence == Presence::Absent) more.decided = way.decided;
      }
      if (ways.size() == 1) {
        next = std::move(all);
        break;
      }
      const std::size_t room = kComparedPairs - std::min(kComparedPairs, next.size());
      std::move(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(room, all.size())),
                std::back_inserter(next));
    }
    ways = std::move(next);
    if (ways.size() == 1 && ways.front().verdict == ends) break;
  }
  return ways;
}

// None of what refers to something: something else may, of which nobody knows what it refers to.
bool Evaluator::may_hold_of_others(const Condition& condition, const AskedItems& asked,
                                   const World& world) const {
  const std::vector<PathStep>& steps = condition.over.steps;
  if (condition.kind != ConditionKind::None || steps.empty() || steps.back().attribute == nullptr ||
      steps.back().attribute->reach != reach::referred_by)
    return false;
  ItemPath before = condition.over;
  before.steps.pop_back();
  for (const Reached& way : reach(before, asked, world))
    for (const Item& item : way.items)
      for (const ResourceId other : view_.may_refer_to(item.resource))
        for (const Judged& one :
             judge(condition.parts[0], {asked.subject, reach::resource_item(other)}, world))
          if (one.verdict == Verdict::Yes) return true;
  return false;
}

std::vector<Judged> Evaluator::judge_items(const Condition& condition, const AskedItems& asked,
                                           const World& world) const {
  std::vector<Judged> judged;
  const bool every = condition.kind == ConditionKind::Every;
  const bool may_hold = may_hold_of_others(condition, asked, world);
  for (const Reached& way : reach(condition.over, asked, world)) {
    // Every item: none that fails. None: none that holds.
    std::vector<Judged> ways;
    ways.push_back(
        {.world = way.world, .verdict = Verdict::No, .decided = {.presence = Presence::Absent}});
    for (const Item& item : way.items) {
      if (is_spent_) return {};
      if (item.presence == Presence::Absent) continue;
      std::vector<Judged> next;
      for (Judged& before : ways) {
        if (before.verdict == Verdict::Yes) {
          next.push_back(std::move(before));
          continue;
        }
        if (item.presence == Presence::Unknown) {
          next.push_back({std::move(before.world), Verdict::Unknown, before.decided});
          continue;
        }
        for (Judged& more : judge(condition.parts[0], {asked.subject, item}, before.world)) {
          if (next.size() >= kComparedPairs) break;
          const Verdict found = every ? opposite(more.verdict) : more.verdict;
          more.verdict = found;
          if (found == Verdict::Yes) {
            more.world.uncertainty |= item.uncertainty;
            if (more.decided.presence == Presence::Absent ||
                more.decided.where.file.exists() == false)
              if (item.where.file.exists()) more.decided = item;
          } else {
            more.verdict = found == Verdict::Unknown || before.verdict == Verdict::Unknown
                               ? Verdict::Unknown
                               : Verdict::No;
            more.decided = before.decided;
          }
          next.push_back(std::move(more));
        }
      }
      ways = std::move(next);
    }
    for (Judged& row : ways) {
      if ((way.open || may_hold) && row.verdict == Verdict::No) row.verdict = Verdict::Unknown;
      if (condition.kind != ConditionKind::Some) row.verdict = opposite(row.verdict);
      if (judged.size() < kComparedPairs) judged.push_back(std::move(row));
    }
  }
  return judged;
}

// The resource has no such property, in no branch.
bool Evaluator::is_nowhere(const ItemPath& path, const AskedItems& asked) const {
  if (path.steps.empty() || path.steps[0].attribute != nullptr) return false;
  const Item& from = path.of_subject ? asked.subject : asked.item;
  return from.type == ItemType::Resource && from.presence == Presence::There &&
         !view_.project.stacks[from.resource].external &&
         !view_.may_have(from.resource, path.steps[0].name);
}

Verdict Evaluator::surely_compared(const Condition& condition, const AskedItems& asked) const {
  const bool asks_presence = condition.by == Operator::Exists;
  if (condition.left.kind == ExpressionKind::Path && is_nowhere(condition.left.path, asked))
    return answer_of(asks_presence ? !condition.wanted : condition.absent);
  const bool is_literal = is_unary(condition.by) || condition.right.kind <= ExpressionKind::Text;
  if (!is_literal || condition.left.kind != ExpressionKind::Path) {
    const std::vector<Judged> ways = judge_comparison(condition, asked, {});
    return ways.size() == 1 ? ways.front().verdict : Verdict::Unknown;
  }
  if (!straight(condition.left.path, asked, here_)) return Verdict::Unknown;
  if (asks_presence) return judge_presence(view_.pool, condition, here_).verdict;
  Verdict all = here_.open ? Verdict::Unknown : Verdict::No;
  bool any = here_.open;
  if (here_.items.empty()) return any ? all : answer_of(condition.absent);
  const Item literal = is_unary(condition.by) ? Item{} : *literal_of(condition.right);
  for (const Item& item : here_.items) {
    if (item.presence == Presence::Absent) continue;
    any = true;
    const Verdict one = compare_one(condition, item, literal);
    if (one == Verdict::Yes) return one;
    if (one == Verdict::Unknown) all = one;
  }
  return any ? all : answer_of(condition.absent);
}

// Whether an item is one for which the condition holds, or, of `every`, fails.
Verdict Evaluator::surely_one(const Condition& condition, const AskedItems& asked,
                              const Item& item) const {
  if (item.presence == Presence::Absent) return Verdict::No;
  if (item.presence == Presence::Unknown || is_choice(item)) return Verdict::Unknown;
  const Verdict one = surely(condition.parts[0], {asked.subject, item});
  return condition.kind == ConditionKind::Every ? opposite(one) : one;
}

// The same of what a relation leads to, item by item: what is behind the one that decides is not
// looked at, and what several lead to only once. Nothing: the way there is not the same everywhere.
std::optional<Verdict> Evaluator::surely_in_turn(const Condition& condition,
                                                 const AskedItems& asked) const {
  const std::span<const PathStep> steps = condition.over.steps;
  if (steps.empty() || steps.back().attribute == nullptr) return std::nullopt;
  const Attribute& last = *steps.back().attribute;
  Reached from = take_spare(), found = take_spare();
  std::optional<Verdict> some;
  if (straight(condition.over.of_subject, steps.first(steps.size() - 1), asked, from))
    some = surely_each(condition, asked, last, from, found);
  spare_.push_back(std::move(from));
  spare_.push_back(std::move(found));
  return some;
}

Verdict Evaluator::surely_each(const Condition& condition, const AskedItems& asked,
                               const Attribute& last, const Reached& from, Reached& found) const {
  const bool may_repeat = from.items.size() > 1 && last.gives == ItemType::Resource;
  std::vector<bool> seen(may_repeat ? view_.project.stacks.resources.size() : 0);
  const auto is_repeated = [&](const Item& one) {
    if (seen.empty() || !one.resource.exists()) return false;
    const bool before = seen[one.resource.index];
    seen[one.resource.index] = true;
    return before;
  };
  Verdict some = Verdict::No;
  found.open = false;
  for (const Item& item : from.items) {
    found.items.clear();
    if (item.presence == Presence::Unknown) some = Verdict::Unknown;
    if (item.presence == Presence::There) last.reach(view_, item, found);
    look_at(found.items.size() + 1, 0);
    if (is_spent_) return Verdict::Unknown;
    for (const Item& one : found.items) {
      if (is_repeated(one)) continue;
      const Verdict verdict = surely_one(condition, asked, one);
      if (verdict == Verdict::Yes) return verdict;
      if (verdict == Verdict::Unknown) some = verdict;
    }
  }
  return from.open || found.open ? Verdict::Unknown : some;
}

// Vectors that were used before: it is asked often, also while it is asked.
Reached Evaluator::take_spare() const {
  if (spare_.empty()) return {};
  Reached spare = std::move(spare_.back());
  spare_.pop_back();
  return spare;
}

Verdict Evaluator::surely_some(const Condition& condition, const AskedItems& asked) const {
  if (is_nowhere(condition.over, asked)) return Verdict::No;
  if (const std::optional<Verdict> found = surely_in_turn(condition, asked)) return *found;
  const std::vector<Reached> ways = reach(condition.over, asked, {});
  if (ways.size() != 1) return Verdict::Unknown;
  Verdict some = ways.front().open ? Verdict::Unknown : Verdict::No;
  for (const Item& item : ways.front().items) {
    const Verdict one = surely_one(condition, asked, item);
    if (one == Verdict::Yes) return one;
    if (one == Verdict::Unknown) some = one;
  }
  return some;
}

Verdict Evaluator::surely(const Condition& condition, const AskedItems& asked) const {
  if (!condition.of_subject) return surely_now(condition, asked);
  const auto known = std::ranges::find(of_subject_, &condition, &SubjectVerdict::condition);
  if (known != of_subject_.end()) return known->verdict;
  const Verdict verdict = surely_now(condition, asked);
  of_subject_.push_back({&condition, verdict});
  return verdict;
}

Verdict Evaluator::surely_now(const Condition& condition, const AskedItems& asked) const {
  switch (condition.kind) {
    case ConditionKind::All:
    case ConditionKind::Any: {
      const Verdict ends = condition.kind == ConditionKind::All ? Verdict::No : Verdict::Yes;
      Verdict all = opposite(ends);
      for (const Condition& part : condition.parts) {
        const Verdict one = surely(part, asked);
        if (one == ends) return ends;
        if (one == Verdict::Unknown) all = one;
      }
      return all;
    }
    case ConditionKind::Not: return opposite(surely(condition.parts[0], asked));
    case ConditionKind::Compare: return surely_compared(condition, asked);
    case ConditionKind::Some: return surely_some(condition, asked);
    default: return opposite(surely_some(condition, asked));
  }
}

std::vector<Judged> Evaluator::judge(const Condition& condition, const AskedItems& asked,
                                     const World& world) const {
  switch (condition.kind) {
    case ConditionKind::All: return judge_all(condition, asked, world, Verdict::No);
    case ConditionKind::Any: return judge_all(condition, asked, world, Verdict::Yes);
    case ConditionKind::Not: {
      std::vector<Judged> judged = judge(condition.parts[0], asked, world);
      for (Judged& row : judged) row.verdict = opposite(row.verdict);
      return judged;
    }
    case ConditionKind::Compare: return judge_comparison(condition, asked, world);
    default: return judge_items(condition, asked, world);
  }
}

}  // namespace fnlint
