// JSON from outside, safe to copy and print.
#pragma once

#include <nlohmann/json.hpp>

#include <string_view>

namespace fnlint {

// The one way in which JSON of a project becomes a tree in memory (frontends/documents has located
// trees). What is no JSON, or nested deeper than kNestingDepth, is discarded: copying, comparing and
// printing a tree recurse.
template <class Json = nlohmann::json>  // or ordered_json
[[nodiscard]] Json parse_json(std::string_view text, bool comments = false);

}  // namespace fnlint
