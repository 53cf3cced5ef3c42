#pragma once

#include <string_view>

namespace fnlint {

// Whether an action of IAM can be allowed on some resources alone, by the Service Authorization
// Reference; of a pattern ("ec2:*Tags"), whether most of what it means can. What the platform needs
// for networks and logs is left aside.
bool can_be_limited(std::string_view action);

}  // namespace fnlint
