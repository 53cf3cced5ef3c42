// What a call sends, entry by entry, where it may send a batch.
#pragma once

#include "link/effects/event_content.h"
#include "model/project.h"
#include "tables/models.h"

namespace fnlint {

// The items of a batch, or the call's own members.
struct Entries {
  std::vector<ValueId> rows = {};
  std::string_view selector = {};  // of what is sent, within one
  bool batch = false;
};
Entries entries_of(const ValuePool& pool, const Operation& operation, ValueId arguments);

// A member of one entry of a batch, or of the call itself.
ValueId member_of_entry(const ValuePool& pool, ValueId entry, std::string_view selector);
// Message attributes as {name: value}. Source: SNS Developer Guide, "Message attributes".
ValueId attributes_of(ValuePool& pool, ValueId entry);
// An entry of PutEvents as rules see it.
ValueId event_of_entry(ValuePool& pool, ValueId entry);
// Whether an entry of PutEvents goes to the bus.
bool is_for(ValuePool& pool, const Stacks& stacks, ValueId entry, ResourceId bus);

}  // namespace fnlint
