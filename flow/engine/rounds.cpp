// Evaluates the bound of a loop: from a counter, a range or a written list to a number, or to a
// value that a caller still has to give.

#include "flow/engine/rounds.h"

#include "flow/syntax/counted_loops.h"
#include "values/compute.h"

#include <algorithm>
#include <array>

namespace fnlint {

ValueId rounds_of(ValuePool& pool, const CodeFacts& code, const Function& function, OpId loop,
                  const std::function<ValueId(ExprId)>& value_of) {
  const CountedLoop counted = counted_loop(code, function, loop);
  if (!counted.by_limit) return pool.number(counted.more);
  if (counted.limit.exists()) {
    const ValueId limit = value_of(counted.limit);
    if (const auto number = as_integer(pool, limit))
      return pool.number(std::max<std::int64_t>(0, *number - counted.from + counted.more));
    return counted.from == counted.more && pool.symbolic(limit) ? limit : ValueId{};
  }
  const Loop& row = code.loops[code.ops[loop.index].detail];
  if (row.kind != LoopKind::Each || !row.subject.exists() ||
      code.exprs[row.subject.index].kind != ExprKind::List)
    return {};
  const ValueId elements = value_of(row.subject);
  const bool is_whole = pool.is(elements, ValueKind::List) && pool[elements].ref == 0;
  return is_whole ? pool.number(static_cast<std::int64_t>(pool.operands(elements).size()))
                  : ValueId{};
}

ValueId rounds_together(ValuePool& pool, ValueId outer, ValueId inner) {
  if (!outer.exists() || !inner.exists()) return outer.exists() ? outer : inner;
  return compute(pool, Opcode::Multiply, std::array{outer, inner});
}

}  // namespace fnlint
