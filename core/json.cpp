// Compiles the JSON parser once for the whole program, with a limit on nesting.

#include "core/json.h"

#include "core/limits.h"

namespace fnlint {

template <class Json>
Json parse_json(std::string_view text, bool comments) {
  bool is_deep = false;
  const auto is_shallow = [&is_deep](int depth, typename Json::parse_event_t, Json&) {
    is_deep = is_deep || depth > static_cast<int>(kNestingDepth);
    return !is_deep;
  };
  Json document = Json::parse(text, is_shallow, false, comments);
  return is_deep ? Json(Json::value_t::discarded) : document;
}

// The parser is compiled here alone: it is long.
template nlohmann::json parse_json(std::string_view, bool);
template nlohmann::ordered_json parse_json(std::string_view, bool);

}  // namespace fnlint
