// Paths, expressions and conditions over the joined model.

#include "policies/evaluate.h"

#include "checks/view/branches.h"
#include "checks/view/project_view.h"
#include "checks/view/value_cases.h"
#include "core/limits.h"
#include "core/text.h"
#include "values/number_text.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace fnlint {

namespace {

// Of AWS's own parameters, those of an ordinary account.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kOrdinary{
    {{"AWS::Partition", "aws"},
     {"AWS::Region", "us-east-1"},
     {"AWS::AccountId", "111122223333"},
     {"AWS::URLSuffix", "amazonaws.com"}}};

std::optional<std::string_view> plain_text(const PolicyView& view, ValueId value) {
  const ValuePool& pool = view.pool;
  if (const auto text = as_text(pool, value)) return text;
  if (pool.is(value, ValueKind::Hole) && pool[value].origin == Origin::Pseudo) {
    for (const auto& [name, text] : kOrdinary)
      if (pool.text(value) == name) return text;
    return std::nullopt;
  }
  if (!pool.is(value, ValueKind::Pattern)) return std::nullopt;
  std::string all;
  for (const ValueId part : pool.operands(value)) {
    const auto text = plain_text(view, part);
    if (!text) return std::nullopt;
    all += *text;
  }
  return view.keep(all);
}

Entry may_be_there(const PathStep& step) {
  const ItemType type = step.attribute != nullptr ? step.attribute->gives : ItemType::Value;
  return {
      .item = {.type = type, .presence = Presence::Unknown}, .is_there = true, .open = step.each};
}

void rest_on(std::uint8_t uncertainty, World& world) {
  world.uncertainty = static_cast<std::uint8_t>(world.uncertainty | uncertainty);
}

}  // namespace

bool is_container(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Record) || pool.is(value, ValueKind::List);
}

std::uint8_t rests_on(const ValuePool& pool, const Item& item) {
  std::uint8_t uncertainty = item.uncertainty;
  if (item.value.exists() && !is_container(pool, item.value))
    uncertainty |= pool[item.value].uncertainty;
  return uncertainty;
}

std::optional<std::string_view> text_of(const PolicyView& view, const Item& item) {
  if (item.presence != Presence::There) return std::nullopt;
  if (item.number) return view.keep(number_text(*item.number));
  if (item.type == ItemType::Scalar) return item.text;
  if (item.type == ItemType::Value && item.value.exists()) return plain_text(view, item.value);
  return std::nullopt;
}

std::optional<double> number_of(const PolicyView& view, const Item& item) {
  return item.number ? item.number : number_in(text_of(view, item).value_or(""));
}

std::optional<double> number_in(std::string_view text) {
  if (!text.empty() && text.front() > '9') return std::nullopt;  // most begin with a letter
  text = trim(text);
  const bool may_be = std::string_view("0123456789.-+").find(text.substr(0, 1)) != text.npos;
  return may_be && !text.empty() ? double_of(normal_number(text)) : std::nullopt;
}

// A list that only another stack or a deployment knows may be empty.
Item perhaps_empty(const ValuePool& pool, Item list) {
  if (list.value.exists() && is_unsaid(pool, list.value)) list.uncertainty |= kHeuristic;
  return list;
}

// Of IAM's grammar: a single statement may stand without its list.
bool is_single_statement(const ValuePool& pool, const Item& item) {
  return item.path.ends_with("Statement") && pool.is(item.value, ValueKind::Record);
}

// A list's items, or the entries of a map, one by one; what is no list is its own only item.
void Evaluator::add_items(const Item& list, const PathStep* spread, Reached& to) const {
  const ValuePool& pool = view_.pool;
  const bool spreads = spread != nullptr && list.value.exists() && is_container(pool, list.value) &&
                       !is_single_statement(pool, list);
  if (!spreads) {
    to.items.push_back(spread != nullptr ? perhaps_empty(pool, list) : list);
    return;
  }
  const Value& row = pool[list.value];
  to.open = to.open || row.ref == 1;
  const auto operands = pool.operands(list.value);
  for (std::size_t i = 0; i < operands.size(); ++i) {
    if (spread->only != SIZE_MAX && spread->only != i) continue;
    const bool named = row.kind == ValueKind::Record;
    const std::string_view name = named ? pool[pool.names(list.value)[i]] : std::string_view();
    if (named && name == kRest) {
      to.open = true;
      continue;
    }
    Item one = list;
    one.value = operands[i];
    one.where = {};
    if (!one.path.empty())
      one.path = named ? view_.keep(one.path, '.', name) : view_.keep(one.path, '.', i);
    to.items.push_back(one);
  }
}

bool Evaluator::is_nothing(const Item& item) const {
  return item.value.exists() && (view_.pool.is(item.value, ValueKind::Absent) ||
                                 view_.pool.is(item.value, ValueKind::Null));
}

bool Evaluator::is_choice(const Item& item) const {
  return item.value.exists() && view_.pool.is(item.value, ValueKind::OneOf);
}

// Each way, with each of those that go on from it.
template <class Further>
void Evaluator::grow(std::vector<Reached>& ways, const Further& further) const {
  std::vector<Reached> grown;
  for (Reached& so_far : ways) {
    std::vector<Reached> all = further(so_far.world);
    for (Reached& more : all) {
      if (grown.size() >= kComparedPairs) break;
      Reached longer = all.size() == 1 ? std::move(so_far) : so_far;
      longer.world = std::move(more.world);
      longer.open = longer.open || more.open;
      longer.items.insert(longer.items.end(), more.items.begin(), more.items.end());
      grown.push_back(std::move(longer));
    }
  }
  ways = std::move(grown);
}

// The item in each branch of the template; spread, what it holds.
std::vector<Reached> Evaluator::branches(const Item& item, const PathStep* spread,
                                         const World& world) const {
  const ValuePool& pool = view_.pool;
  std::vector<Reached> found;
  for (const ValueCase& one : cases_of(pool, item.value)) {
    const auto tests = both(world.tests, one.tests);
    if (!tests || found.size() >= kComparedPairs) continue;
    Reached made{.world = {*tests, world.uncertainty}};
    rest_on(static_cast<std::uint8_t>(one.uncertainty & ~pool[one.value].uncertainty), made.world);
    Item taken = item;
    taken.value = one.value;
    if (is_nothing(taken)) {
      found.push_back(std::move(made));
      continue;
    }
    Reached parts;
    add_items(taken, spread, parts);
    made.open = parts.open;
    // An item of a list is there in some branches alone.
    std::vector<Reached> ways{std::move(made)};
    for (const Item& part : parts.items) add(part, ways);
    std::ranges::move(ways, std::back_inserter(found));
  }
  return found;
}

void Evaluator::add(const Item& item, std::vector<Reached>& ways) const {
  if (is_choice(item))
    grow(ways, [&](const World& world) { return branches(item, nullptr, world); });
  else if (!is_nothing(item))
    for (Reached& way : ways) way.items.push_back(item);
}

// A list of {Key, Value}, as CloudFormation writes tags, is read as the map that it stands for.
Entry Evaluator::paired(const Item& item, const PathStep& step) const {
  const ValuePool& pool = view_.pool;
  bool open = pool[item.value].ref == 1;
  const auto items = pool.operands(item.value);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const ValueId key = entry_of(pool, items[i], "Key");
    if (!key.exists()) {
      open = open || !pool.is(items[i], ValueKind::Record);
      continue;
    }
    const auto name = as_text(pool, key);
    open = open || !name;
    if (name != step.name) continue;
    const Item made{
        .type = ItemType::Value,
        .resource = item.resource,
        .path = item.path.empty() ? std::string_view() : view_.keep(item.path, '.', i, ".Value"),
        .value = entry_of(pool, items[i], "Value")};
    if (made.value.exists()) return {.item = made, .is_there = true};
  }
  return open ? may_be_there(step) : Entry{};
}

// The property, or the entry of a map, of that name; its branches are not told apart yet.
Entry Evaluator::entry(const Item& item, const PathStep& step) const {
  const ValuePool& pool = view_.pool;
  const Project& project = view_.project;
  const bool of_resource = item.type == ItemType::Resource;
  if (of_resource && project.stacks[item.resource].external) return may_be_there(step);
  Item made{.type = ItemType::Value, .resource = item.resource};
  if (of_resource)
    made.path = step.name;
  else if (!item.path.empty())
    made.path = view_.keep(item.path, '.', step.name);
  // Of what is one of several things, the rows of the properties hold them all: the value decides.
  if (!of_resource && item.value.exists()) {
    if (pool.is(item.value, ValueKind::List)) return paired(item, step);
    if (!pool.is(item.value, ValueKind::Record)) {
      const bool open = !as_text(pool, item.value) && !pool.is(item.value, ValueKind::Pattern);
      return open ? may_be_there(step) : Entry{};
    }
    made.value = entry_of(pool, item.value, step.name);
    if (made.value.exists()) return {.item = made, .is_there = true};
    return pool[item.value].ref == 1 ? may_be_there(step) : Entry{};
  }
  if (made.path.empty()) return {};
  const auto [row, has_below, may_be] = view_.at(item.resource, made.path);
  if (row == nullptr && may_be) return may_be_there(step);
  const bool has_value = row != nullptr && (is_container(pool, row->value) ||
                                            pool.is(row->value, ValueKind::OneOf) || !has_below);
  if (has_value) made.value = row->value;
  if (row != nullptr || has_below) return {.item = made, .is_there = true};
  return {};
}

// The ways so far, each with what one step from the item leads to.
void Evaluator::follow(const Item& item, const PathStep& step, std::vector<Reached>& ways) const {
  if (item.presence == Presence::Absent) return;
  // The way along a relation rests on what the relation rests on.
  for (Reached& way : ways) rest_on(item.uncertainty, way.world);
  Reached found;
  const bool asks = step.attribute != nullptr && item.presence == Presence::There;
  if (asks && ways.size() == 1) {
    Reached& way = ways.front();
    const auto before = static_cast<std::ptrdiff_t>(way.items.size());
    step.attribute->reach(view_, item, way);
    const auto added = way.items.begin() + before;
    if (std::none_of(added, way.items.end(), [&](const Item& one) { return is_choice(one); }))
      return;
    found.items.assign(added, way.items.end());
    way.items.erase(added, way.items.end());
  } else if (asks) {
    step.attribute->reach(view_, item, found);
  } else {
    const Entry one = item.presence == Presence::Unknown ? may_be_there(step) : entry(item, step);
    if (one.is_there) found.items.push_back(one.item);
    found.open = one.open;
  }
  for (Reached& way : ways) way.open = way.open || found.open;
  const bool spreads = step.each && step.attribute == nullptr;
  for (const Item& one : found.items)
    if (spreads && one.value.exists() && (is_choice(one) || is_container(view_.pool, one.value)))
      grow(ways, [&](const World& world) { return branches(one, &step, world); });
    else
      add(spreads ? perhaps_empty(view_.pool, one) : one, ways);
}

// Items that were looked at, and how many are held at once.
void Evaluator::look_at(std::size_t items, std::size_t held) const {
  looked_at_ += items;
  is_spent_ = is_spent_ || looked_at_ > kPolicyItems || held > kPathItems;
}

void Evaluator::follow_all(std::span<const Item> items, const PathStep& step,
                           std::vector<Reached>& ways) const {
  std::size_t before = 0;
  for (const Item& item : items) {
    if (is_spent_) return;
    follow(item, step, ways);
    std::size_t held = 0;
    for (const Reached& way : ways) held += way.items.size();
    look_at(held - std::min(held, before) + 1, held);
    before = held;
  }
}

// What the path leads to where nothing on it is one of several things, and what that rests on;
// false: something may be.
bool Evaluator::straight(bool of_subject, std::span<const PathStep> steps, const AskedItems& asked,
                         Reached& to) const {
  const Item& first = of_subject ? asked.subject : asked.item;
  to.items.clear();
  to.open = false;
  to.world.uncertainty = 0;
  if (steps.empty()) to.items.push_back(first);
  Reached& next = next_;
  std::span<const Item> items(&first, 1);
  for (const PathStep& step : steps) {
    next.items.clear();
    next.open = to.open;
    std::size_t before = 0;
    for (const Item& item : items) {
      look_at(next.items.size() - before + 1, next.items.size());
      before = next.items.size();
      if (is_spent_) break;
      if (item.presence == Presence::Absent) continue;
      rest_on(item.uncertainty, to.world);
      if (step.attribute != nullptr && item.presence == Presence::There) {
        step.attribute->reach(view_, item, next);
        continue;
      }
      const Entry found =
          item.presence == Presence::Unknown ? may_be_there(step) : entry(item, step);
      next.open = next.open || found.open;
      if (found.is_there && !is_nothing(found.item))
        add_items(found.item, step.each && step.attribute == nullptr ? &step : nullptr, next);
    }
    if (std::ranges::any_of(next.items, [&](const Item& one) { return is_choice(one); }))
      return false;
    if (step.attribute == nullptr)
      std::erase_if(next.items, [&](const Item& one) { return is_nothing(one); });
    to.items.swap(next.items);
    to.open = next.open;
    items = to.items;
  }
  return true;
}

std::vector<Reached> Evaluator::reach(const ItemPath& path, const AskedItems& asked,
                                      const World& world) const {
  std::vector<Reached> ways;
  if (straight(path, asked, here_)) {
    look_at(here_.items.size(), here_.items.size());
    ways.push_back({.world = world, .items = std::move(here_.items), .open = here_.open});
    rest_on(here_.world.uncertainty, ways.front().world);
    return ways;
  }
  ways.push_back({.world = world, .items = {path.of_subject ? asked.subject : asked.item}});
  std::vector<Item> items;
  for (const PathStep& step : path.steps) {
    if (ways.size() == 1) {
      items.swap(ways.front().items);
      ways.front().items.clear();
      follow_all(items, step, ways);
      continue;
    }
    std::vector<Reached> next;
    for (Reached& way : ways) {
      items.swap(way.items);
      way.items.clear();
      std::vector<Reached> longer;
      longer.push_back(std::move(way));
      follow_all(items, step, longer);
      for (Reached& made : longer) {
        if (next.size() >= kComparedPairs) {
          rest_on(kCut, next.back().world);
          break;
        }
        next.push_back(std::move(made));
      }
    }
    ways = std::move(next);
  }
  return ways;
}

}  // namespace fnlint
