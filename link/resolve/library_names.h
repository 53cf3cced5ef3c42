// Does a name belong to a library that is known?
#pragma once

#include "model/code.h"

#include <span>
#include <string>
#include <string_view>

namespace fnlint {

// Whether a library model of the language is of this path or of something below it: "boto3",
// "software.amazon.awssdk.services.s3.S3Client".
bool knows_library(Language language, std::string_view path);
// "Client" of "services.s3.Client" and of "Aws::S3::Client".
std::string_view last_part(std::string_view path);
// The path of a name in the first of these namespaces where a library has it: by a row of a model,
// else by what all of a family of types are called. Empty: in none.
std::string library_among(Language language, std::span<const std::string> spaces,
                          std::string_view name);

}  // namespace fnlint
