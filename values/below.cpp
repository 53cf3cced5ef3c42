#include "core/small_stack.h"
#include "values/functions.h"
#include "values/where.h"

#include <functional>
#include <memory_resource>
#include <vector>

// What stands below a value, looked for and replaced: the walk behind every substitution.
namespace fnlint {
namespace {

void visit_below(const ValuePool& pool, ValueId value, ValueMemo& seen,
                 const std::function<void(ValueId)>& visit) {
  SmallStack<ValueId> open;
  open.push(value);
  while (!open.empty()) {
    const ValueId one = open.pop();
    if (!seen.insert(one)) continue;
    visit(one);
    const auto operands = pool.operands(one);
    for (std::size_t i = operands.size(); i-- > 0;) open.push(operands[i]);
  }
}

}  // namespace

void for_each_below(const ValuePool& pool, ValueId value,
                    const std::function<void(ValueId)>& visit) {
  if (pool.operands(value).empty()) return visit(value);
  ValueMemo seen;
  visit_below(pool, value, seen, visit);
}

void for_each_below(const ValuePool& pool, ValueId value, ValueMemo& seen,
                    const std::function<void(ValueId)>& visit) {
  visit_below(pool, value, seen, visit);
}

bool has_more_parts_than(const ValuePool& pool, ValueId value, std::size_t limit) {
  if (limit > 0 && pool.operands(value).empty()) return false;
  ValueMemo seen;
  std::vector<ValueId> open{value};
  std::size_t parts = 0;
  while (!open.empty() && parts <= limit) {
    const ValueId one = open.back();
    open.pop_back();
    if (!seen.insert(one)) continue;
    ++parts;
    const auto operands = pool.operands(one);
    open.insert(open.end(), operands.begin(), operands.end());
  }
  return parts > limit;
}

bool has_origin(const ValuePool& pool, ValueId value, Origin origin) {
  return (pool.origins(value) >> static_cast<unsigned>(origin) & 1U) != 0;
}

bool has_opcode(const ValuePool& pool, ValueId value, Opcode opcode) {
  bool found = false;
  for_each_below(pool, value, [&](ValueId id) { found = found || pool.opcode(id) == opcode; });
  return found;
}

bool Substituter::may_change(ValueId value) const {
  return substitution_.concerns == nullptr ? !pool_.constant(value)
                                           : (pool_.*substitution_.concerns)(value);
}

namespace {

// Met under a test that never holds.
bool is_refuted(ValuePool& pool, ValueId value) {
  return is_where(pool, value) &&
         std::ranges::any_of(pool.operands(value).subspan(1), [&](ValueId test) {
           return truth(pool, test) == Answer::No;
         });
}

// Nothing, which carries no tests: met under a test that never holds by now.
bool is_refuted_nothing(ValuePool& pool, ValueId value, ValueId way, Substituter& done) {
  return (pool.is(value, ValueKind::Null) || pool.is(value, ValueKind::Absent)) &&
         is_where(pool, way) &&
         std::ranges::any_of(pool.operands(way).subspan(1),
                             [&](ValueId test) { return truth(pool, done(test)) == Answer::No; });
}

// Met under tests that all hold by now: `done` says what they have become.
bool is_taken(ValuePool& pool, ValueId way, Substituter& done) {
  return is_where(pool, way) && pool.operands(way).size() <= kConditions &&
         std::ranges::all_of(pool.operands(way).subspan(1),
                             [&](ValueId test) { return truth(pool, done(test)) == Answer::Yes; });
}

}  // namespace

// Values are at most kNestingDepth deep, so this may recurse.
ValueId Substituter::operator()(ValueId value) {
  if (!value.exists() || !may_change(value)) return value;
  if (const ValueId* known = done_.find(value); known != nullptr) return *known;
  const ValueId result = pool_.with_uncertainty(replaced(value), own_uncertainty(value));
  done_.add(value, result);
  return result;
}

// What a collection is marked with is its elements': a replaced element brings its own.
std::uint8_t Substituter::own_uncertainty(ValueId value) const {
  const Value& row = pool_[value];
  const bool collection =
      row.kind == ValueKind::OneOf || row.kind == ValueKind::List || row.kind == ValueKind::Record;
  return collection ? 0 : row.uncertainty;
}

ValueId Substituter::replaced(ValueId value) {
  if (substitution_.left && pool_.is(value, ValueKind::OneOf)) {
    const ValueId left = substitution_.left(value);
    if (left != value) return (*this)(left);
  }
  const Value& row = pool_[value];
  const auto below = pool_.operands(value);
  if (row.kind == ValueKind::Hole || row.kind == ValueKind::Object)
    if (const ValueId other = substitution_.leaf(value); other.exists()) return other;
  if (below.empty() && row.kind != ValueKind::Computed) return value;
  std::array<std::byte, 16 * sizeof(ValueId)> room;  // most values are made of a few
  std::pmr::monotonic_buffer_resource memory(room.data(), room.size());
  std::pmr::vector<ValueId> operands(&memory);
  operands.reserve(below.size());
  for (const ValueId id : below) operands.push_back((*this)(id));
  if (row.kind != ValueKind::Computed && std::ranges::equal(operands, below)) return value;
  switch (row.kind) {
    case ValueKind::Pattern: return pool_.concat(operands);
    case ValueKind::List: return pool_.list(operands, row.ref != 0);
    case ValueKind::Record: return pool_.record(entries(value, operands), row.ref != 0);
    case ValueKind::Function: return pool_.function(row.ref, entries(value, operands));
    case ValueKind::Object: return pool_.object(row.ref, pool_[row.text], operands);
    case ValueKind::Task: return pool_.task(operands[0]);
    case ValueKind::OneOf: {
      std::vector<bool> refuted(operands.size());
      for (std::size_t i = 0; i < operands.size(); ++i)
        refuted[i] = is_refuted(pool_, operands[i]) ||
                     is_refuted_nothing(pool_, operands[i], below[i], *this);
      const bool is_none_left = std::ranges::all_of(refuted, std::identity{});
      // What is nothing unless tests hold is that no more where they do.
      const bool is_there =
          std::ranges::any_of(below, [&](ValueId way) { return is_taken(pool_, way, *this); });
      const auto is_left = [&](std::size_t i) {
        return !refuted[i] && !(is_there && tells_nothing(pool_, below[i]));
      };
      std::vector<Alternative> alternatives;
      for (std::size_t i = 0; i < operands.size(); ++i)
        if (is_none_left || is_left(i))
          alternatives.push_back({operands[i], pool_.guards(value)[i]});
      return pool_.one_of(alternatives);
    }
    case ValueKind::Computed:
      if (substitution_.recompute) return substitution_.recompute(pool_[row.text], operands);
      return std::ranges::equal(operands, below) ? value
                                                 : compute(pool_, pool_[row.text], operands);
    default: return value;
  }
}

ValueId finished(ValuePool& pool, ValueId value) {
  if (!value.exists() || !pool.symbolic(value)) return value;
  const auto close = [&](ValueId leaf) {
    const bool open = pool.is(leaf, ValueKind::Hole) && pool.symbolic(leaf);
    return open ? pool.finished_hole(leaf) : ValueId{};
  };
  const Substitution substitution{.leaf = close, .recompute = {}, .concerns = &ValuePool::symbolic};
  return Substituter(pool, substitution)(value);
}

std::vector<NamedValue> Substituter::entries(ValueId value, Operands operands) const {
  std::vector<NamedValue> entries;
  const auto names = pool_.names(value);
  for (std::size_t i = 0; i < names.size(); ++i) entries.push_back({names[i], operands[i]});
  return entries;
}

}  // namespace fnlint
