#pragma once

#include "report/places.h"

#include <nlohmann/json.hpp>

namespace fnlint {

using Json = nlohmann::ordered_json;

// What json and jsonl say of one finding.
Json json_of(const Report& report, const ReportedFinding& finding, Places& places);

// One value as text; bytes that are not UTF-8 become replacement characters.
std::string dumped(const Json& value, int indent);

}  // namespace fnlint
