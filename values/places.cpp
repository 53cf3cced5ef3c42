// Builds and takes apart abstract locations: entries below variables and objects, their roots, and
// sets of what is surely or perhaps assigned.

#include "values/places.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

namespace fnlint {

namespace {

constexpr std::string_view kPerhaps = "<perhaps>";
constexpr std::string_view kSurely = "<surely>";

}  // namespace

bool is_field(const ValuePool& pool, ValueId place) { return pool.opcode(place) == Opcode::Member; }

ValueId entry_place(ValuePool& pool, ValueId place, ValueId key) {
  const bool is_known =
      key.exists() && (pool.is(key, ValueKind::Text) || pool.is(key, ValueKind::Number));
  if (!place.exists() || !is_known) return {};
  if (pool.opcode(place) == Opcode::Index) {
    const ValueId whole = pool.operands(place)[0], below = pool.operands(place)[1];
    place = entry_place(pool, whole, below);
    if (!place.exists()) return {};
  }
  const std::array<ValueId, 2> operands{place, pool.text_value(std::string(pool.text(key)))};
  return pool.computed(Opcode::Member, operands);
}

ValueId merged_place(ValuePool& pool, ValueId place) {
  const std::array<ValueId, 2> operands{place, pool.text_value("<merged>")};
  return pool.computed(Opcode::Member, operands);
}

ValueId perhaps_place(ValuePool& pool, ValueId place) {
  const std::array<ValueId, 2> operands{place, pool.text_value(kPerhaps)};
  return pool.computed(Opcode::Member, operands);
}

ValueId set_perhaps(const ValuePool& pool, ValueId perhaps) {
  const bool is_one = is_field(pool, perhaps) && pool.text(pool.operands(perhaps)[1]) == kPerhaps;
  return is_one ? pool.operands(perhaps)[0] : ValueId{};
}

ValueId surely_place(ValuePool& pool, ValueId place) {
  const std::array<ValueId, 2> operands{place, pool.text_value(kSurely)};
  return pool.computed(Opcode::Member, operands);
}

ValueId set_surely(const ValuePool& pool, ValueId surely) {
  const bool is_one = is_field(pool, surely) && pool.text(pool.operands(surely)[1]) == kSurely;
  return is_one ? pool.operands(surely)[0] : ValueId{};
}

ValueId variable_of_entries(const ValuePool& pool, ValueId place) {
  while (pool.opcode(place) == Opcode::Index) place = pool.operands(place)[0];
  const bool is_variable = pool.is(place, ValueKind::Hole) && pool[place].origin == Origin::Global;
  return is_variable ? place : ValueId{};
}

ValueId base_of(const ValuePool& pool, ValueId place) {
  while (pool[place].kind == ValueKind::Computed && !pool.operands(place).empty())
    place = pool.operands(place)[0];
  return place;
}

void add_locations(std::vector<ValueId>& places, const std::vector<ValueId>& more) {
  if (more.empty()) return;
  std::vector<ValueId> all;
  std::ranges::set_union(places, more, std::back_inserter(all));
  places = std::move(all);
}

std::vector<ValueId> common_locations(const std::vector<ValueId>& a,
                                      const std::vector<ValueId>& b) {
  std::vector<ValueId> both;
  std::ranges::set_intersection(a, b, std::back_inserter(both));
  return both;
}

bool contains_location(const ValuePool& pool, const std::vector<ValueId>& places, ValueId place) {
  for (; place.exists(); place = is_field(pool, place) ? pool.operands(place)[0] : ValueId{})
    if (std::ranges::binary_search(places, place)) return true;
  return false;
}

}  // namespace fnlint
