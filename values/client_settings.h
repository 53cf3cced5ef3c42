#pragma once

#include <string_view>

namespace fnlint {

// Whether a client's setting of this name says as whom it acts: "aws_access_key_id", "credentials",
// "sessionToken", "profile_name".
bool names_credentials(std::string_view name);

}  // namespace fnlint
