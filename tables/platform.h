#pragma once

#include "model/resources.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

// What the platform does where a template says nothing: from data/, constant data as all of
// tables.h.
namespace fnlint {

// The number that a property has which a template leaves out. Tools with defaults of their own put
// them into the template that they deploy.
std::optional<std::int64_t> platform_default(std::string_view type, std::string_view property);

// A service that invokes functions by a right that the function itself grants
// (AWS::Lambda::Permission).
struct InvocationRight {
  std::string_view type = {};       // of what declares the trigger, or of its source
  std::string_view principal = {};  // of that permission; "*": everybody
  std::string_view action = {};     // "lambda:InvokeFunction"
  std::string_view words = {};      // "S3", "API Gateway"
  std::string_view role = {};  // a property that names a role which invokes instead; may be empty
  // Asked for only where this property has this value: "AuthType", "NONE".
  std::string_view only_property = {}, only_value = {};
  std::string_view granted_by = {};  // the tool that grants it by itself: "terraform"
  bool asynchronous = false;         // the service never waits for an answer
  bool by_clock = false;             // or may be: then its events say nothing of what is to be done
  bool by_own_arn = false;           // it calls in the name of the source's own ARN
};
std::span<const InvocationRight> invocation_rights();
// How the principals of its service begin, in whatever region: "logs." of "logs.amazonaws.com" and
// "logs.eu-west-1.amazonaws.com".
inline std::string_view service_of(const InvocationRight& right) {
  return right.principal.substr(0, right.principal.find('.') + 1);
}
const InvocationRight* find_invocation_right(std::string_view type);  // null: it needs none

}  // namespace fnlint
