// Paths of policies after parsing: from a resource or item to what lies below or beside it.
#pragma once

#include "policies/attributes.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fnlint {

// One part of a path: an attribute, else the entry of that name.
struct PathStep {
  std::string name = {};
  const Attribute* attribute = nullptr;
  bool quoted = false;  // any name may stand there
  bool each = false;    // "[*]": the items of the list, or the entries of the map, one by one
  std::size_t only = SIZE_MAX;  // "[1]": the second of them alone
};
struct ItemPath {
  bool of_subject = false;  // begins at what the policy is about, not at the item in question
  std::vector<PathStep> steps = {};
};

}  // namespace fnlint
