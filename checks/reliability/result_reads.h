// For checks of unread results: which members of a call's result does the code use?
#pragma once

#include "model/project.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What is read of a call's result; `everything`: it goes on to where that is not seen.
struct Reads {
  bool nothing = true, everything = false;
  std::vector<std::string> names = {};
};
Reads reads_of(const ValuePool& pool, const Effect& effect);
// Whether one of the members, separated by '|', is among what is read.
bool reads_any(const Reads& reads, std::string_view members);

}  // namespace fnlint
