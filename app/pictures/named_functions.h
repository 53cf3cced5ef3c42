// Functions by the names that users type.
#pragma once

#include "model/project.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Functions as users name them: by their name in the template or in its tool, or by its last part.
std::vector<const LambdaFunction*> functions_named(const Project& project, std::string_view name);

// That there is none of the name, with what is near.
std::string nothing_named(const Project& project, std::string_view name);

// What a part of a function's code is that is not known: "what boto3.client(ec2).run_instances
// does".
std::string label_of(const NotFollowed& part);

}  // namespace fnlint
