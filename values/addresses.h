// Membership of an IP address in a CIDR range.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fnlint {

// Does the range ("10.0.0.0/24", "2001:db8::/32") hold the address? Nothing when the range is none;
// false when the address is none.
std::optional<bool> range_holds(const std::string& range, const std::string& address);

}  // namespace fnlint
