// The part of the check that makes it safe to follow any id at all.
#pragma once

#include "model/code.h"

#include <string>
#include <vector>

namespace fnlint {

inline constexpr std::size_t kMostFaults = 20;

// The first half of validate(): whether each row of the tables can be read for itself. Every id
// names a row, every slice lies in its table, every enum has one of its values, every expression
// has the operands of its kind, and what refers to rows of its own table refers to earlier ones.
// The other half follows ids, and may only be asked when there is nothing here.
std::vector<std::string> row_faults(const CodeFacts& facts);

}  // namespace fnlint
