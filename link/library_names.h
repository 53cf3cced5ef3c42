#pragma once

#include "model/code.h"

#include <string_view>

namespace fnlint {

// Whether a library model of the language is of this path or of something below it: "boto3",
// "software.amazon.awssdk.services.s3.S3Client".
bool knows_library(Language language, std::string_view path);

}  // namespace fnlint
