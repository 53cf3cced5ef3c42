#pragma once

#include <string_view>

namespace fnlint {

// The page of html_graph(); "@DATA@" in it is replaced by the picture as JSON.
extern const std::string_view kGraphPage;

}  // namespace fnlint
