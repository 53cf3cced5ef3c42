// Keeps addresses of constructs unique.
#pragma once

#include <set>
#include <string>

namespace fnlint {

// The address, or with a number where it is taken: "Shop/Orders~2". It is taken from then on.
std::string free_address(std::set<std::string>& taken, std::string address);

}  // namespace fnlint
