// For rules about wildcard resources: could the statement have named single resources?
#pragma once

#include <string_view>

namespace fnlint {

// Whether an action of IAM can be allowed on some resources alone, by the Service Authorization
// Reference; of a pattern ("ec2:*Tags"), whether most of what it means can. What the platform needs
// for networks and logs is left aside.
bool can_be_limited(std::string_view action);

// Whether an action reads, changes or starts what an ARN that begins and ends so means all of:
// ssm:Get* of "arn:aws:ssm:" and ":parameter/*". Less may be known of the beginning.
bool is_on_all_of_kind(std::string_view action, std::string_view beginning,
                       std::string_view ending);

}  // namespace fnlint
