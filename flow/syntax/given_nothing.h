// Callbacks that forget to return what the library that calls them goes by.
#pragma once

#include "model/code.h"

#include <string_view>
#include <vector>

namespace fnlint {

// A function that is handed to a library which goes by what it gives, and that gives nothing; or a
// promise, where the library asks whether that is true.
struct GivesNothing {
  FunctionId function = {};
  OpId call = {};
  std::string_view taker = {};  // "filter", "errorFilter"
  bool promise = false;
};
// JavaScript and Python, in the order of the calls.
std::vector<GivesNothing> given_nothing(const CodeFacts& code);

}  // namespace fnlint
