// Names of calls for messages, as readers of the code know them.
#pragma once

#include "model/project.h"
#include "tables/models.h"

#include <cstdint>
#include <string>

namespace fnlint {

// How messages call what code calls: an operation of a service by its own name; a request by the
// library's ("axios.post", "HttpClient.send"), since our names of requests only tell apart how each
// library is given them. Rows of operations() and library_models().
std::string call_name(std::uint32_t operation, std::uint32_t library);
std::string call_name(const Effect& effect);

// Whether it asks whoever an address names, of whom nothing else is known.
constexpr bool is_request(const Operation& operation) { return operation.service == "http"; }

}  // namespace fnlint
