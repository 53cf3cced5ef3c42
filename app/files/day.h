// Dates as numbers of days, which is how rules compare them.
#pragma once

#include "model/settings.h"

#include <optional>
#include <string>
#include <string_view>

namespace fnlint {

// Of "YYYY-MM-DD"; nothing for any other text and for days that no calendar has.
std::optional<Day> day_of(std::string_view text);
std::string date_of(Day day);  // "YYYY-MM-DD"
Day today();  // in UTC

}  // namespace fnlint
