// Which resources do functions do anything to? A right on any other one is of no use.
#pragma once

#include "model/project.h"
#include "values/relations_to.h"

#include <set>
#include <string>

namespace fnlint {

// What functions do something to, as far as all of that is known.
struct TouchedResources {
  bool known = true;                    // all that the code does is
  std::set<std::string> open = {};      // services of which it is not known what is asked
  std::set<ResourceId> resources = {};  // that are touched, by code or by the platform
};

// Adds what one function does, and what the platform does in its name.
void add_touched(const ValuePool& pool, const Stacks& stacks, const RelationsTo& relations,
                 const LambdaFunction& function, TouchedResources& all);
// Whether it can be said of a resource at all: what has one name, and is asked for by it.
bool has_own_calls(const Stacks& stacks, ResourceId resource);
void add_references(const ValuePool& pool, const Stacks& stacks, ValueId value,
                    std::set<ResourceId>& to);

}  // namespace fnlint
