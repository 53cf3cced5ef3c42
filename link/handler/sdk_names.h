// From an SDK's spelling of an operation to the actions of IAM that allow it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What the path of a call of an SDK says: "boto3.client(ec2).describe_instances".
struct SdkName {
  std::string_view prefix = {};  // of the service's actions in IAM; empty: it is not known
  std::string operation = {};    // in lower case, without '_': "describeinstances"
};
SdkName sdk_name(std::string_view path);

// The prefix of a service by what boto3 calls its client; empty: not known.
std::string_view action_prefix(std::string_view service);

// An operation's name in that form, in whatever way an SDK spells it: "PutObjectCommand",
// "put_object", "PresignPutObject".
std::string operation_form(std::string_view name);

// The actions that allow an operation: of the service those of its name, or those that stand in for
// it. Empty: IAM has none that is known.
std::vector<std::string> actions_of(const SdkName& name);

}  // namespace fnlint
