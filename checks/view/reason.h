// Named reasons make a verdict explainable, and testable one by one.
#pragma once

#include <string_view>

namespace fnlint {

// Why a check tells of something, or does not: one of a list of which the first that holds decides.
struct Reason {
  std::string_view name = {};   // "set-once": in the model, and in tests
  std::string_view words = {};  // "it is set where there is none yet"
};

}  // namespace fnlint
