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
  std::uint8_t evidence = 0;  // of the value; nothing where name and resource share an expression
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

// The name inside an ARN, a queue's URL or an "s3://" address, without what follows a bucket's,
// table's or function's name; the value itself where it is none of these.
ValueId name_in(ValuePool& pool, ValueId value, ResourceKind kind);

// What follows a function's name: the alias or version in "name:live", "${Function.Arn}:live". No
// id: nothing does. $LATEST is nothing.
ValueId qualifier_in(ValuePool& pool, ValueId value);
// How relations name what stands there: an alias by its name, a version by what declares it, "?"
// where it is not known which it is. No id: $LATEST.
StringId qualifier_word(ValuePool& pool, const Stacks& stacks, ValueId qualifier);

// The kind of resource that an ARN speaks of; Other where the value is no ARN of a known kind.
ResourceKind kind_of_arn(ValuePool& pool, ValueId value);

// The function's ARN or name inside an API integration's URI; the value itself where it is no such
// URI.
ValueId function_in_uri(ValuePool& pool, ValueId value);

// What else a resource is called: its ARN with its name, or a reference to it, put in. Absent where
// the kind has none.
ValueId arn_of(ValuePool& pool, const Stacks& stacks, ResourceId resource);

// The ARN of what has this name and is of this type, which has a form of ARNs.
ValueId arn_with_name(ValuePool& pool, const ResourceType& type, ValueId name);

// Keeps Stacks::names in order.
void add_name(ValuePool& pool, Stacks& stacks, ResourceKind kind, ValueId name,
              ResourceId resource);

}  // namespace fnlint
