// Goes through the faults found in loaded code, once for each place that has one.
#pragma once

#include "model/project.h"

#include <set>
#include <utility>

namespace fnlint {

// Calls `tell` for each fault of these kinds in the code of each function, at each place once: a
// module is loaded by many functions.
template <class Wanted, class Tell>
void for_each_code_fault(const Project& project, const Wanted& wanted, const Tell& tell) {
  std::set<std::pair<CodeFaultKind, Span>> told;
  for (const LambdaFunction& function : project.functions)
    for (const CodeFault& fault : function.code_faults)
      if (wanted(fault.kind) && told.insert({fault.kind, fault.where}).second)
        tell(function, fault);
}

}  // namespace fnlint
