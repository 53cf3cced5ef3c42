// Which resource does a value mean? The answer for all references, ARNs and names.
#pragma once

#include "model/resources.h"
#include "tables/templates.h"
#include "values/compute.h"

#include <optional>
#include <vector>

namespace fnlint {

// A resource that a value means.
struct Match {
  ResourceId resource = {};
  GuardId when = {};          // the branch of the value that means it
  std::uint8_t uncertainty =
      0;                      // of the value; nothing where name and resource share an expression
  bool exact = true;          // false: texts with different holes are built alike
  StringId qualifier = {};    // the alias or version in between
};

// The resources of a kind that a value means, over all stacks: a reference (to an alias or version
// for its function), a physical name, an ARN or a queue's URL, as a text or as a pattern whose
// holes are compared by what they stand for; values that are not known mean the resource that has
// the same expression as its name. Kind Other: a resource of any kind. At most one for each branch
// of the value; none where nothing is meant.
std::vector<Match> find_resource(ValuePool& pool, const Stacks& stacks, ValueId value,
                                 ResourceKind kind);

// How relations name what qualifier_in() gives: an alias by its name, a version by what declares
// it,
// "?" where it is not known which it is. No id: $LATEST.
StringId qualifier_word(ValuePool& pool, const Stacks& stacks, ValueId qualifier);

// What else a resource is called: its ARN with its name, or a reference to it, put in. Absent where
// the kind has none.
ValueId arn_of(ValuePool& pool, const Stacks& stacks, ResourceId resource);

// The ARN of what has this name and is of this type, which has a form of ARNs.
ValueId arn_with_name(ValuePool& pool, const ResourceType& type, ValueId name);

// Keeps Stacks::names in order.
void add_name(ValuePool& pool, Stacks& stacks, ResourceKind kind, ValueId name,
              ResourceId resource);

}  // namespace fnlint
