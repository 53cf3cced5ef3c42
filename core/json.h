#pragma once

#include "core/limits.h"

#include <nlohmann/json.hpp>

#include <string_view>

namespace fnlint {

// The one way in which JSON of a project becomes a tree in memory (frontends/documents has located
// trees). What is no JSON, or nested deeper than kNestingDepth, is discarded: copying, comparing and
// printing a tree recurse.
template <class Json = nlohmann::json>
[[nodiscard]] Json parse_json(std::string_view text, bool comments = false) {
  bool is_deep = false;
  const auto is_shallow = [&is_deep](int depth, typename Json::parse_event_t, Json&) {
    is_deep = is_deep || depth > static_cast<int>(kNestingDepth);
    return !is_deep;
  };
  Json document = Json::parse(text, is_shallow, false, comments);
  return is_deep ? Json(Json::value_t::discarded) : document;
}

}  // namespace fnlint
