// Paths, expressions and conditions over the joined model.

#include "policies/evaluate.h"

#include "checks/branches.h"
#include "checks/project_view.h"
#include "checks/value_cases.h"
#include "core/limits.h"
#include "core/text.h"
#include "values/number_text.h"
#include "values/properties.h"

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

std::optional<std::string> plain_text(const ValuePool& pool, ValueId value) {
  if (const auto text = as_text(pool, value)) return std::string(*text);
  if (pool.is(value, ValueKind::Hole) && pool[value].origin == Origin::Pseudo) {
    for (const auto& [name, text] : kOrdinary)
      if (pool.text(value) == name) return std::string(text);
    return std::nullopt;
  }
  if (!pool.is(value, ValueKind::Pattern)) return std::nullopt;
  std::string all;
  for (const ValueId part : pool.operands(value)) {
    const std::optional<std::string> text = plain_text(pool, part);
    if (!text) return std::nullopt;
    all += *text;
  }
  return all;
}

Item unknown(ItemType type) { return {.type = type, .presence = Presence::Unknown}; }

void rest_on(std::uint8_t evidence, World& world) {
  world.evidence = static_cast<std::uint8_t>(world.evidence | evidence);
}

// Whether a property of the resource stands below the path, of which there is no row.
bool has_below(const Project& project, ResourceId resource, std::string_view path) {
  const std::string start = cat(path, '.');
  const Slice<Property> rows = project.stacks[resource].properties;
  for (std::uint32_t i = rows.first; i < rows.first + rows.count; ++i)
    if ((*project.pool)[project.stacks.properties[i].path].starts_with(start)) return true;
  return false;
}

}  // namespace

bool is_container(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Record) || pool.is(value, ValueKind::List);
}

std::uint8_t rests_on(const ValuePool& pool, const Item& item) {
  std::uint8_t evidence = item.evidence;
  if (item.value.exists() && !is_container(pool, item.value)) evidence |= pool[item.value].evidence;
  return evidence;
}

std::optional<std::string> text_of(const ValuePool& pool, const Item& item) {
  if (item.presence != Presence::There) return std::nullopt;
  if (item.type == ItemType::Scalar) return item.text;
  if (item.type == ItemType::Value && item.value.exists()) return plain_text(pool, item.value);
  return std::nullopt;
}

std::optional<double> number_of(const ValuePool& pool, const Item& item) {
  if (item.number) return item.number;
  const std::optional<std::string> text = text_of(pool, item);
  if (!text || trim(*text).empty()) return std::nullopt;
  return double_of(normal_number(trim(*text)));
}

// Of IAM's grammar: a single statement may stand without its list.
bool is_single_statement(const ValuePool& pool, const Item& item) {
  return item.path.ends_with("Statement") && pool.is(item.value, ValueKind::Record);
}

// A list's items, or the entries of a map, one by one; what is no list is its own only item.
void Evaluator::add_items(const Item& list, bool each, Reached& to) const {
  const ValuePool& pool = view_.pool;
  const bool spreads = each && list.value.exists() && is_container(pool, list.value) &&
                       !is_single_statement(pool, list);
  if (!spreads) {
    to.items.push_back(list);
    return;
  }
  const Value& row = pool[list.value];
  to.open = to.open || row.ref == 1;
  const auto operands = pool.operands(list.value);
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const bool named = row.kind == ValueKind::Record;
    const std::string name(named ? pool[pool.names(list.value)[i]] : std::string_view());
    if (named && name == kRest) {
      to.open = true;
      continue;
    }
    Item one = list;
    one.value = operands[i];
    one.where = {};
    if (!one.path.empty()) one.path = named ? cat(one.path, '.', name) : cat(one.path, '.', i);
    to.items.push_back(std::move(one));
  }
}

// The value in each branch of the template; with `each`, what it holds.
std::vector<Reached> Evaluator::branches(const Item& item, bool each, const World& world) const {
  const ValuePool& pool = view_.pool;
  std::vector<Reached> found;
  for (const ValueCase& one : cases_of(pool, item.value)) {
    const auto tests = both(world.tests, one.tests);
    if (!tests || found.size() >= kComparedPairs) continue;
    Reached made{.world = {*tests, world.evidence}};
    rest_on(static_cast<std::uint8_t>(one.evidence & ~pool[one.value].evidence), made.world);
    Item taken = item;
    taken.value = one.value;
    if (pool.is(one.value, ValueKind::Absent) || pool.is(one.value, ValueKind::Null)) {
      found.push_back(std::move(made));
      continue;
    }
    Reached spread;
    add_items(taken, each, spread);
    made.open = spread.open;
    made.items = std::move(spread.items);
    // An item of a list is there in some branches alone.
    std::vector<Reached> open_items{{.world = made.world, .open = made.open}};
    for (const Item& part : made.items) {
      std::vector<Reached> next;
      const bool chooses = each && part.value.exists() && pool.is(part.value, ValueKind::OneOf);
      const bool is_none = part.value.exists() && (pool.is(part.value, ValueKind::Absent) ||
                                                   pool.is(part.value, ValueKind::Null));
      for (Reached& so_far : open_items) {
        if (!chooses) {
          if (!is_none) so_far.items.push_back(part);
          next.push_back(std::move(so_far));
          continue;
        }
        for (const Reached& way : branches(part, false, so_far.world)) {
          if (next.size() >= kComparedPairs) break;
          Reached longer = so_far;
          longer.world = way.world;
          longer.items.insert(longer.items.end(), way.items.begin(), way.items.end());
          next.push_back(std::move(longer));
        }
      }
      open_items = std::move(next);
    }
    for (Reached& one_way : open_items) found.push_back(std::move(one_way));
  }
  return found;
}

// A list of {Key, Value}, as CloudFormation writes tags, is read as the map that it stands for.
std::vector<Reached> Evaluator::paired(const Item& item, const PathStep& step,
                                       const World& world) const {
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
    Item made{.type = ItemType::Value,
              .resource = item.resource,
              .path = item.path.empty() ? std::string() : cat(item.path, '.', i, ".Value"),
              .value = entry_of(pool, items[i], "Value")};
    if (made.value.exists()) return branches(made, step.each, world);
  }
  return {{.world = world,
           .items = open ? std::vector<Item>{unknown(ItemType::Value)} : std::vector<Item>{},
           .open = open && step.each}};
}

std::vector<Reached> Evaluator::entry(const Item& item, const PathStep& step,
                                      const World& world) const {
  const ValuePool& pool = view_.pool;
  const Project& project = view_.project;
  const bool of_resource = item.type == ItemType::Resource;
  if (of_resource && project.stacks[item.resource].external)
    return {{.world = world, .items = {unknown(ItemType::Value)}, .open = step.each}};
  const std::string path = of_resource || item.path.empty()
                               ? (of_resource ? step.name : std::string())
                               : cat(item.path, '.', step.name);
  Item made{.type = ItemType::Value, .resource = item.resource, .path = path};
  // Of what is one of several things, the rows of the properties hold them all: the value decides.
  if (!of_resource && item.value.exists()) {
    if (pool.is(item.value, ValueKind::List)) return paired(item, step, world);
    if (!pool.is(item.value, ValueKind::Record)) {
      const bool open = !is_container(pool, item.value) && !as_text(pool, item.value) &&
                        !pool.is(item.value, ValueKind::Pattern);
      return {{.world = world,
               .items = open ? std::vector<Item>{unknown(ItemType::Value)} : std::vector<Item>{},
               .open = open && step.each}};
    }
    made.value = entry_of(pool, item.value, step.name);
    if (made.value.exists()) return branches(made, step.each, world);
    const bool open = pool[item.value].ref == 1;
    return {{.world = world,
             .items = open ? std::vector<Item>{unknown(ItemType::Value)} : std::vector<Item>{},
             .open = open && step.each}};
  }
  const Property* const row =
      path.empty() ? nullptr : find_property(pool, project.stacks, item.resource, path);
  if (row != nullptr && pool[row->path] == path) {
    made.value = row->value;
    if (pool.is(made.value, ValueKind::Record) || pool.is(made.value, ValueKind::OneOf) ||
        pool.is(made.value, ValueKind::List))
      return branches(made, step.each, world);
    if (!has_below(project, item.resource, path)) return branches(made, step.each, world);
    made.value = {};
    return {{.world = world, .items = {made}}};
  }
  if (row != nullptr)
    return {{.world = world, .items = {unknown(ItemType::Value)}, .open = step.each}};
  if (!path.empty() && has_below(project, item.resource, path))
    return {{.world = world, .items = {made}}};
  return {{.world = world}};
}

std::vector<Reached> Evaluator::step(const Item& item, const PathStep& step,
                                     const World& world) const {
  if (item.presence == Presence::Absent) return {{.world = world}};
  if (item.presence == Presence::Unknown) {
    const ItemType type = step.attribute != nullptr ? step.attribute->gives : ItemType::Value;
    return {{.world = world, .items = {unknown(type)}, .open = step.each}};
  }
  if (step.attribute == nullptr) return entry(item, step, world);
  Reached reached{.world = world};
  step.attribute->reach(view_, item, reached);
  const auto is_choice = [&](const Item& one) {
    return one.value.exists() && view_.pool.is(one.value, ValueKind::OneOf);
  };
  std::vector<Reached> made;
  if (std::ranges::none_of(reached.items, is_choice)) {
    made.push_back(std::move(reached));
    return made;
  }
  made.push_back({.world = reached.world, .open = reached.open});
  for (Item& one : reached.items) {
    const bool chooses = is_choice(one);
    std::vector<Reached> next;
    for (Reached& so_far : made) {
      if (!chooses) {
        so_far.items.push_back(one);
        next.push_back(std::move(so_far));
        continue;
      }
      for (const Reached& way : branches(one, false, so_far.world)) {
        if (next.size() >= kComparedPairs) break;
        Reached longer = so_far;
        longer.world = way.world;
        longer.items.insert(longer.items.end(), way.items.begin(), way.items.end());
        next.push_back(std::move(longer));
      }
    }
    made = std::move(next);
  }
  return made;
}

// The ways so far, each with what one more item leads to.
std::vector<Reached> Evaluator::with(std::vector<Reached> ways, const Item& item,
                                     const PathStep& one) const {
  std::vector<Reached> grown;
  for (Reached& so_far : ways) {
    std::vector<Reached> all = step(item, one, so_far.world);
    for (Reached& more : all) {
      if (grown.size() >= kComparedPairs) break;
      Reached longer = all.size() == 1 ? std::move(so_far) : so_far;
      longer.world = std::move(more.world);
      // The way along a relation rests on what the relation rests on.
      rest_on(item.evidence, longer.world);
      longer.open = longer.open || more.open;
      std::ranges::move(more.items, std::back_inserter(longer.items));
      grown.push_back(std::move(longer));
    }
  }
  return grown;
}

std::vector<Reached> Evaluator::reach(const ItemPath& path, const AskedItems& asked,
                                      const World& world) const {
  std::vector<Reached> ways{
      {.world = world, .items = {path.of_subject ? asked.subject : asked.item}}};
  for (const PathStep& one : path.steps) {
    std::vector<Reached> next;
    for (const Reached& way : ways) {
      std::vector<Reached> longer{{.world = way.world, .open = way.open}};
      for (const Item& item : way.items) longer = with(std::move(longer), item, one);
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
