// Is a conditional write its own guard, so that a repetition fails?
#pragma once

#include "values/compute.h"
#include "values/pool.h"

namespace fnlint {

// What a condition of DynamoDB on a write comes to once that write is done: a condition is a guard
// where the write itself makes it false for whoever tries the same again.
// Source: DynamoDB Developer Guide, "Condition expressions".
struct WriteCondition {
  // Whether it holds for the same write a second time: No guards, Yes never did.
  Answer again = Answer::Unknown;
  // Whether it holds where the item is not there: what it asks of an attribute, nothing answers.
  Answer of_nothing = Answer::Unknown;
  // It asks for an attribute that this write leaves alone: another one may change it.
  bool by_others = false;
};

// `members`: those of a Put, an Update or a Delete, with the names and values of its expressions.
WriteCondition write_condition(const ValuePool& pool, ValueId members);

}  // namespace fnlint
