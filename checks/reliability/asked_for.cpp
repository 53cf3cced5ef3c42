// Counts the attributes that a query's key condition compares for equality, and compares that with
// the table's key.

#include "checks/reliability/asked_for.h"

#include "checks/view/table_keys.h"
#include "core/text.h"
#include "tables/models.h"
#include "values/pool.h"

#include <algorithm>
#include <optional>

namespace fnlint {

namespace {

std::string readable(const ValuePool& pool, ValueId value) {
  if (const auto text = as_text(pool, value)) return std::string(*text);
  std::string text;
  if (pool.is(value, ValueKind::Pattern))
    for (const ValueId part : pool.operands(value)) text += as_text(pool, part).value_or("?");
  return text;
}

// How many attributes a condition asks to be equal to something, where it asks nothing else.
std::optional<std::size_t> equal_attributes(const ValuePool& pool, ValueId condition) {
  if (pool.opcode(condition) == Opcode::AttributeEquals) return 1;
  if (pool.opcode(condition) == Opcode::BitAnd) {
    std::size_t all = 0;
    for (const ValueId part : pool.operands(condition)) {
      const auto some = equal_attributes(pool, part);
      if (!some) return std::nullopt;
      all += *some;
    }
    return all;
  }
  if (pool.is(condition, ValueKind::Record)) {  // of the older kind: {id: {ComparisonOperator: EQ}}
    const auto is_equal = [&](ValueId one) {
      const ValueId asked = entry_of(pool, one, "ComparisonOperator");
      return asked.exists() && as_text(pool, asked) == "EQ";
    };
    if (pool[condition].ref == 1 || !std::ranges::all_of(pool.operands(condition), is_equal))
      return std::nullopt;
    return pool.operands(condition).size();
  }
  const std::string text = lower(readable(pool, condition));
  if (text.find('=') == text.npos || text.find_first_of("<>") != text.npos ||
      text.find("between") != text.npos || text.find("begins_with") != text.npos)
    return std::nullopt;
  return static_cast<std::size_t>(std::ranges::count(text, '='));
}

}  // namespace

AskedFor asked_for(const Project& project, const Effect& effect) {
  const ValuePool& pool = *project.pool;
  const std::string_view members = operations()[effect.operation].asks_key;
  if (members.empty() || entry_of(pool, effect.arguments, "IndexName").exists())
    return AskedFor::Many;
  ValueId condition;
  for (const std::string_view member : split(members, '|'))
    if (!condition.exists()) condition = entry_of(pool, effect.arguments, member);
  if (!condition.exists()) return AskedFor::Many;
  const std::size_t key = table_key(project, effect.target).size();
  // A query names the partition key in any case.
  if (key == 1) return AskedFor::One;
  const auto equal = equal_attributes(pool, condition);
  if (equal == 2) return AskedFor::One;
  return key == 0 && (!equal || equal == 1) ? AskedFor::PerhapsOne : AskedFor::Many;
}

}  // namespace fnlint
