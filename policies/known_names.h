// Spell-checking for policies: is there such a property, or such a type of resource?
#pragma once

#include "model/resources.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

struct PathStep;

// What may have a property: a resource of a type, or the map at a path in one, with its schema.
struct NameHolder {
  std::string_view type = {};
  std::string path = {};
  std::uint16_t shape = 0;
};
// One for each type that it may be; none: nothing is known of the names there.
using KnownNames = std::vector<NameHolder>;

// The properties of resources of these kinds, and of these types ("AWS::SQS::*": nothing is known).
KnownNames names_of(std::span<const ResourceKind> kinds, std::span<const std::string> types);
KnownNames names_below(const KnownNames& names, const PathStep& step);
// What is wrong with the name of a step; empty: nothing is, or nobody knows.
std::string wrong_name(const KnownNames& names, const PathStep& step);

// What is wrong with the name of a type of CloudFormation or Terraform; empty: nothing is known to
// be.
std::string wrong_type(std::string_view type);

}  // namespace fnlint
