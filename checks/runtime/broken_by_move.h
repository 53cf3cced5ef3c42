// What an upgrade to another runtime version would break in a function's code.
#pragma once

#include "model/project.h"

#include <string_view>
#include <vector>

namespace fnlint {

// Whether the handler takes a callback, which the runtime's version refuses.
bool is_refused_for_callback(const LambdaFunction& function, const std::vector<int>& version);
// Where the code uses what its runtime has and another one does not, each with words that say so.
std::vector<PlacedText> broken_by_move(const LambdaFunction& function, std::string_view from,
                                       std::string_view to);

}  // namespace fnlint
