// Hashes for a page's content policy.
#pragma once

#include <string>
#include <string_view>

namespace fnlint {

// The SHA-256 of a text (FIPS 180-4) in Base64, as a Content-Security-Policy names a script.
std::string sha256_base64(std::string_view text);

}  // namespace fnlint
