// Writes to tables as stream records, and whether a second round would change anything.
#pragma once

#include "link/effects/event_content.h"
#include "model/project.h"
#include "tables/models.h"

namespace fnlint {

// A write to a table as its stream shows it, and what is needed to tell whether doing it again
// changes anything: a write that changes nothing puts no record on the stream.
struct TableWrite {
  std::vector<std::string_view> types = {};  // "INSERT", "MODIFY", "REMOVE": any of them
  ValueId record = {};                       // what the stream's consumer gets; no id: not known
  ValueId key = {};                          // Record of the item's key, or of the item; no id: not known
  std::vector<NamedValue> written = {};      // attributes and what they become
  bool adds = false;                         // counts, appends: another value with each time ...
  std::vector<StringId> added = {};          // ... of these attributes, as far as they are known
  bool understood = true;  // all that it writes is in `written`
  bool only_once = false;    // what it needs it makes false itself
  bool conditional = false;  // there is a condition
};

// What it writes to is named inside the text of a statement.
inline bool targets_in_statement(const Operation& operation) {
  return operation.target_kind == ResourceKind::Table && !operation.target.empty() &&
         operation.target == operation.expression;
}

// The writes of one call; `arguments` are those of the effect in terms of the event that its
// function got.
std::vector<TableWrite> table_writes(ValuePool& pool, const Stacks& stacks, const Effect& effect,
                                     ValueId arguments);

// Whether the second of two writes of the same call, a round later, changes what the first one
// wrote: No ends the chain.
Answer changes_again(ValuePool& pool, const TableWrite& first, const TableWrite& second);

}  // namespace fnlint
