// Expiry of tokens that are written down, for those that are of no use any more.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace fnlint {

// The day on which a JSON Web Token in a text ends to be good (`exp`), in days since 1970-01-01.
// Nothing: it has no end, or cannot be read.
std::optional<std::int32_t> token_expiry(std::string_view text);

}  // namespace fnlint
