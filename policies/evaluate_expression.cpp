// Expressions and the texts of messages: numbers and words made of what paths lead to.

#include "checks/view/project_view.h"
#include "core/limits.h"
#include "core/text.h"
#include "policies/evaluate.h"
#include "values/number_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace fnlint {

namespace {

// What the configuration says of a key: numbers and texts.
std::vector<Item> items_of(const Settings& settings, std::string_view key) {
  std::vector<Item> items;
  for (const Threshold& row : kThresholds)
    if (row.key == key) items.push_back({.number = static_cast<double>(settings.*row.field)});
  for (const SettingList& row : kSettingLists)
    if (row.key == key)
      for (const std::string& one : settings.*row.field) items.push_back({.text = one});
  return items;
}

Item nothing_there() { return {.presence = Presence::Absent}; }
Item not_known() { return {.presence = Presence::Unknown}; }

}  // namespace

std::optional<Item> literal_of(const Expression& expression) {
  if (expression.kind == ExpressionKind::Number) return Item{.number = expression.number};
  if (expression.kind == ExpressionKind::Text) return Item{.text = expression.text};
  return std::nullopt;
}

// part('arn:aws:iam::1:role/a', ':', 4)
Item Evaluator::part_of(std::span<const Item> operands) const {
  const auto text = fnlint::text_of(view_, operands[0]);
  const auto separator = fnlint::text_of(view_, operands[1]);
  const auto number = number_of(view_, operands[2]);
  if (!text || !separator || separator->size() != 1 || !number) return not_known();
  const std::vector<std::string_view> parts = split(*text, separator->front());
  if (*number < 0 || *number >= static_cast<double>(parts.size())) return nothing_there();
  return {.text = view_.keep(parts[static_cast<std::size_t>(*number)]),
          .uncertainty = rests_on(view_.pool, operands[0])};
}

Item Evaluator::arithmetic(const Expression& expression, std::span<const Item> operands) const {
  const auto of = [&](double number, std::uint8_t uncertainty) {
    return Item{.number = number, .uncertainty = uncertainty};
  };
  std::uint8_t uncertainty = 0;
  std::vector<double> numbers;
  for (const Item& one : operands) {
    if (one.presence == Presence::Absent) return nothing_there();
    if (one.presence == Presence::Unknown) return not_known();
    if (expression.kind == ExpressionKind::Part) continue;
    uncertainty = static_cast<std::uint8_t>(uncertainty | rests_on(view_.pool, one));
    if (expression.kind == ExpressionKind::Lower || expression.kind == ExpressionKind::Length) {
      const auto text = fnlint::text_of(view_, one);
      if (!text) return not_known();
      if (expression.kind == ExpressionKind::Length)
        return of(static_cast<double>(text->size()), uncertainty);
      return Item{.text = view_.keep(lower(*text)), .uncertainty = uncertainty};
    }
    const std::optional<double> number = number_of(view_, one);
    if (!number) return not_known();
    numbers.push_back(*number);
  }
  if (expression.kind == ExpressionKind::Part) return part_of(operands);
  if (numbers.empty()) return nothing_there();
  switch (expression.kind) {
    case ExpressionKind::Add: return of(numbers[0] + numbers[1], uncertainty);
    case ExpressionKind::Subtract: return of(numbers[0] - numbers[1], uncertainty);
    case ExpressionKind::Multiply: return of(numbers[0] * numbers[1], uncertainty);
    case ExpressionKind::Divide:
      return numbers[1] == 0 ? not_known() : of(numbers[0] / numbers[1], uncertainty);
    case ExpressionKind::Least: return of(*std::ranges::min_element(numbers), uncertainty);
    case ExpressionKind::Most: return of(*std::ranges::max_element(numbers), uncertainty);
    default: {
      double all = 0;
      for (const double one : numbers) all += one;
      return of(all, uncertainty);
    }
  }
}

// What of the first is not among the second; open where that is not known.
std::vector<Reached> Evaluator::difference(const Expression& expression, const AskedItems& asked,
                                           const World& world) const {
  std::vector<Reached> ways;
  for (Reached& whole : evaluate(expression.operands[0], asked, world))
    for (const Reached& others : evaluate(expression.operands[1], asked, whole.world)) {
      if (ways.size() >= kComparedPairs) break;
      Reached left{.world = others.world, .items = {}, .open = whole.open || others.open};
      std::vector<std::string_view> known;
      look_at(whole.items.size() * others.items.size(), 0);
      if (is_spent_) break;
      for (const Item& one : others.items) {
        const auto text = fnlint::text_of(view_, one);
        if (text) known.push_back(*text);
        left.open = left.open || !text;
      }
      for (const Item& one : whole.items) {
        const auto text = fnlint::text_of(view_, one);
        if (text && std::ranges::find(known, *text) != known.end()) continue;
        left.open = left.open || !text;
        if (text && !left.open) left.items.push_back(one);
      }
      ways.push_back(std::move(left));
    }
  return ways;
}

std::vector<Reached> Evaluator::evaluate(const Expression& expression, const AskedItems& asked,
                                         const World& world) const {
  if (const std::optional<Item> literal = literal_of(expression))
    return {{.world = world, .items = {*literal}}};
  switch (expression.kind) {
    case ExpressionKind::Path: return reach(expression.path, asked, world);
    case ExpressionKind::Setting:
      return {{.world = world, .items = items_of(view_.settings, expression.text)}};
    case ExpressionKind::Count:
    case ExpressionKind::Sum: {
      std::vector<Reached> ways = reach(expression.operands[0].path, asked, world);
      for (Reached& way : ways) {
        const bool is_open = way.open || std::ranges::any_of(way.items, [](const Item& item) {
                               return item.presence == Presence::Unknown;
                             });
        Item result = is_open ? not_known() : Item{};
        if (!is_open && expression.kind == ExpressionKind::Count) {
          result.number = static_cast<double>(way.items.size());
          for (const Item& one : way.items) result.uncertainty |= one.uncertainty;
        } else if (!is_open) {
          result = way.items.empty() ? Item{.number = 0.0} : arithmetic(expression, way.items);
        }
        way.items = {std::move(result)};
        way.open = false;
      }
      return ways;
    }
    case ExpressionKind::Without: return difference(expression, asked, world);
    default: break;
  }
  std::vector<Reached> ways{{.world = world}};
  for (const Expression& operand : expression.operands) {
    std::vector<Reached> next;
    for (const Reached& way : ways)
      for (const Reached& more : evaluate(operand, asked, way.world)) {
        if (next.size() >= kComparedPairs) break;
        Reached longer{.world = more.world, .items = way.items};
        if (more.items.size() == 1)
          longer.items.push_back(more.items[0]);
        else
          longer.items.push_back(more.items.empty() && !more.open ? nothing_there() : not_known());
        next.push_back(std::move(longer));
      }
    ways = std::move(next);
  }
  for (Reached& way : ways) {
    Item result = arithmetic(expression, way.items);
    way.items = {std::move(result)};
  }
  return ways;
}

std::string Evaluator::words(const Item& item) const {
  switch (item.type) {
    case ItemType::Scalar:
      if (item.number && std::floor(*item.number) != *item.number)
        return fmt::format("{:.3g}", *item.number);
      return item.number ? number_text(*item.number) : std::string(item.text);
    case ItemType::Resource: return name_of(view_.project, item.resource);
    case ItemType::Value:
      return item.value.exists() ? describe(view_.pool, item.value) : std::string(item.path);
    case ItemType::Trigger: return name_of(view_.project, item.trigger->from);
    case ItemType::Statement: return name_of(view_.project, item.statement->role);
    case ItemType::Effect: return item.effect->receiver;
    case ItemType::Import: return item.import->path;
  }
  return {};
}

namespace {

// "its source" of `source.name`, where nobody knows which that is.
std::string unknown_words(const Expression& part, bool is_absent) {
  const std::vector<PathStep>& steps = part.path.steps;
  for (std::size_t i = steps.size(); i-- > 0;) {
    const Attribute* const attribute = steps[i].attribute;
    if (attribute == nullptr || attribute->gives != ItemType::Resource || attribute->many) continue;
    return cat("its ", attribute->name);
  }
  return is_absent ? "nothing" : "what is not known";
}

}  // namespace

std::string Evaluator::text_of(const TextTemplate& text, const AskedItems& asked,
                               const World& world) const {
  constexpr std::size_t kShown = 5;
  std::string made = text.texts.front();
  for (std::size_t i = 0; i < text.parts.size(); ++i) {
    std::string_view behind = text.texts[i + 1];
    const std::vector<Reached> ways = evaluate(text.parts[i], asked, world);
    std::vector<std::string> shown;
    bool is_there = false;
    const bool is_absent = !ways.empty() && ways.front().items.empty() && !ways.front().open;
    if (!ways.empty())
      for (const Item& item : ways.front().items) {
        is_there = is_there || item.presence == Presence::There;
        std::string some = item.presence == Presence::There ? words(item) : std::string();
        if (!some.empty() && std::ranges::find(shown, some) == shown.end())
          shown.push_back(std::move(some));
      }
    // Nothing between two quotes is no name of anything.
    if (!is_there && made.ends_with('\'') && behind.starts_with('\'')) {
      made.pop_back();
      behind.remove_prefix(1);
      shown.push_back(unknown_words(text.parts[i], is_absent));
    }
    for (std::size_t j = 0; j < shown.size() && j < kShown; ++j)
      made += cat(j == 0 ? "" : ", ", shown[j]);
    if (shown.size() > kShown) made += cat(" and ", shown.size() - kShown, " more");
    made += behind;
  }
  return made;
}

}  // namespace fnlint
