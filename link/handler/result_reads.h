// Which members of a call's result does the code look at?
#pragma once

#include "model/project.h"

#include <set>
#include <span>
#include <string>

namespace fnlint {

// What code reads of what a call gives.
struct ResultReads {
  std::set<std::string> members = {};  // "UnprocessedItems"; "Items[0]": one item alone
  bool goes_on = false;  // it is kept, given to a function or returned to where this is not seen
};

// `step`: a call's place, and the calls from the handler down to it: where functions return the
// result, what is read of theirs counts.
ResultReads result_reads(std::span<const ModuleInfo> modules, const Step& step);
// Whether the function around a call names one of the words, separated by '|', in whatever
// spelling.
bool names_any_beside(const CodeFacts& code, OpId call, std::string_view words);

}  // namespace fnlint
