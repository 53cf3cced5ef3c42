// Names of client settings across SDKs, however each language spells them.
#pragma once

#include <string>
#include <string_view>

namespace fnlint {

// SDKs spell names with and without capitals and underscores: "accesskeyid" of all of them.
std::string setting_word(std::string_view name);

// Whether a client's setting of this name says as whom it acts: "aws_access_key_id", "credentials",
// "sessionToken", "profile_name".
bool names_credentials(std::string_view name);

}  // namespace fnlint
