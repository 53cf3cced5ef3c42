// JSON values whose keys keep their order, and safe printing of them.
#pragma once

#include "report/places.h"

#include <nlohmann/json.hpp>

namespace fnlint {

using Json = nlohmann::ordered_json;

// One value as text; bytes that are not UTF-8 become replacement characters.
std::string dumped(const Json& value, int indent);

}  // namespace fnlint
