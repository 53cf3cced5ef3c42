// IAM's catalogue: services, their actions, and the resources that these act on.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace fnlint {

// The actions of a service, by the Service Authorization Reference: data/iam_actions.tsv.
struct IamService {
  std::string_view prefix = {};   // "dynamodb"
  std::string_view actions = {};  // names, with a space between them
};
std::span<const IamService> iam_services();  // sorted by prefix
// Null: no service that is known. Letter case is no matter.
const IamService* find_iam_service(std::string_view prefix);

// What actions of a service are done to, for the services that functions use most:
// data/iam_resources.tsv. In the form of an ARN, "+" is a text without slash and colon, "*" any.
struct IamResources {
  std::string_view prefix = {}, arn = {};
  std::string_view actions = {};  // names, with a space between them
};
std::span<const IamResources> iam_resources();  // sorted by prefix

// The same of further services: data/iam_forms.tsv. "*": it is done to resources of many kinds. A
// form with "?" before it: to such a resource, or to none. What has no row there is done to none.
std::span<const IamResources> further_iam_resources();

// What SDKs call the services, in lower case without '-', '_' and blanks: data/sdk_services.tsv.
struct SdkService {
  std::string_view prefix = {};  // of its actions
  std::string_view names = {};   // with a space between them
};
std::span<const SdkService> sdk_services();

// How an ARN ends that means all of a kind in the account, and how the actions begin that read,
// change or start such: data/iam_remarks.yaml.
struct IamKind {
  std::span<const std::string_view> all = {}, actions = {};
};
std::span<const IamKind> iam_kinds();

// Names that are accepted though the reference does not have them: "sqs:DeleteMessageBatch".
std::span<const std::string_view> further_iam_actions();
// Operations of an API that have no action of their own, and what allows them.
struct AllowedOtherwise {
  std::string_view action = {};
  std::span<const std::string_view> by = {};
};
std::span<const AllowedOtherwise> operations_allowed_otherwise();

}  // namespace fnlint
