// Functions that are the CDK's own business.
#pragma once

#include <string_view>

namespace fnlint {

// Whether a construct is a function that CDK itself brings to do its work, such as the provider of a
// custom resource: its code is not the user's. By the construct's path, or its logical id.
bool is_cdk_helper(std::string_view construct_path, std::string_view logical_id);

}  // namespace fnlint
