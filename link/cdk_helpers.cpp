#include "link/cdk_helpers.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// Parts of the paths that aws-cdk-lib gives to what it brings, each once in a stack (seen in its
// sources and in what it synthesises, 2.276). A part matches by its begin and end.
struct HelperPart {
  std::string_view begin = {}, end = {};
};
constexpr std::array kHelpers{
    HelperPart{"Custom::", "CustomResourceProvider"},  // auto-delete objects, cross-region, OIDC, ...
    HelperPart{"Custom::CDKBucketDeployment", ""},
    HelperPart{"BucketNotificationsHandler050a0587b7544547bf325f094a3db834", ""},
    HelperPart{"LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a", ""},
    HelperPart{"AWS679f53fac002430cb0da5b7982bd2287", ""},  // AwsCustomResource
    HelperPart{"AWSCDK.TriggerCustomResourceProvider", ""},
    HelperPart{"AWSCDKCfnUtilsProvider", ""},
    HelperPart{"framework-onEvent", ""},  // custom-resources.Provider
    HelperPart{"framework-isComplete", ""},
    HelperPart{"framework-onTimeout", ""},
    HelperPart{"waiter-state-machine", ""},
    HelperPart{"CertificateRequestorFunction", ""},  // DnsValidatedCertificate
    HelperPart{"@aws-cdk--aws-eks.", "Provider"},
    HelperPart{"@aws-cdk--aws-dynamodb.ReplicaProvider", ""},
};
// The same in logical ids, which have no signs: those that cannot be a user's.
constexpr std::array<std::string_view, 4> kIds{
    "BucketNotificationsHandler050a0587b7544547bf325f094a3db834",
    "LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a", "AWS679f53fac002430cb0da5b7982bd2287",
    "CustomCDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C"};

}  // namespace

bool is_cdk_helper(std::string_view construct_path, std::string_view logical_id) {
  const auto begins = [&](std::string_view id) { return logical_id.starts_with(id); };
  if (std::ranges::any_of(kIds, begins)) return true;
  for (const std::string_view part : split(construct_path, '/'))
    for (const HelperPart& helper : kHelpers)
      if (part.starts_with(helper.begin) && part.ends_with(helper.end)) return true;
  return false;
}

}  // namespace fnlint
