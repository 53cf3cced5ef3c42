// PartiQL statements: the table, and what they do to it.
#pragma once

#include "values/pool.h"

#include <optional>
#include <string_view>
#include <vector>

namespace fnlint {

// A statement in PartiQL, as far as its text says it: which table, and what happens to its items.
// Source: DynamoDB Developer Guide, "PartiQL for DynamoDB statements".
struct TableStatement {
  ValueId table = {};                        // the name
  std::vector<std::string_view> types = {};  // what it puts on the table's stream; a SELECT nothing
  bool adds = false;                         // counts or appends
};
// Nothing: the text is not known so far.
std::optional<TableStatement> table_statement(ValuePool& pool, ValueId text);

}  // namespace fnlint
