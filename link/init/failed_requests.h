// Failures that are returned as empty results.
#pragma once

#include "link/init/own_code.h"

#include <string>
#include <vector>

namespace fnlint {

// A function of the module that asks something outside, and gives an empty value where that fails
// and a log alone has been told of it; somebody who calls it does not ask whether it is empty. Or
// one that asks for one part after the other, and gives those before the one that fails.
struct FailedRequest {
  std::string function = {};
  std::string word = {};  // "an empty list"
  Range handler = {};
  bool partial = false;  // it gives those parts that it has got
  ModuleId user = {};    // one of those that call it
  Range use = {};
};
std::vector<FailedRequest> failed_requests(OwnCode& own, const Program& program, ModuleId module);

// Whether a call does nothing that is missed where it is not done: it writes to a log, makes an
// object, or computes.
bool is_quiet(OwnCode& own, const Program& program, ModuleId module, FunctionId in, OpId call,
              int depth = 0);

}  // namespace fnlint
