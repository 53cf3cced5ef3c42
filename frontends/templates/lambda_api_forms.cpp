// The table of forms: keys that must be, may be and cannot be there.

#include "frontends/templates/lambda_api_forms.h"

#include <array>

namespace fnlint {

namespace {

using Keys = std::string_view;

// Shapes of the Lambda API's operations, as botocore's data/lambda/2015-03-31/service-2.json has
// them (recalled).
constexpr std::array<Keys, 1> kConfiguration{"Configuration"};
constexpr std::array<Keys, 2> kCodeOrTags{"Code", "Tags"};
constexpr std::array<Keys, 3> kOfFunction{"Concurrency", "TagsError", "ResponseMetadata"};
constexpr std::array<Keys, 2> kNameAndArn{"FunctionName", "FunctionArn"};
constexpr std::array<Keys, 5> kConfigured{"Runtime", "PackageType", "CodeSha256", "Handler",
                                          "Role"};
constexpr std::array<Keys, 3> kCreate{"FunctionName", "Role", "Code"};
constexpr std::array<Keys, 26> kCreateMay{
    "Runtime",     "Handler",          "Description",  "Timeout",
    "MemorySize",  "Publish",          "VpcConfig",    "PackageType",
    "Environment", "DeadLetterConfig", "KMSKeyArn",    "TracingConfig",
    "Tags",        "Layers",           "ImageConfig",  "FileSystemConfigs",
    "Architectures", "EphemeralStorage", "SnapStart",  "CodeSigningConfigArn",
    "LoggingConfig", "CapacityProviderConfig", "DurableConfig", "TenancyConfig",
    "PublishTo",   "Concurrency"};
constexpr std::array<Keys, 1> kFunctions{"Functions"};
constexpr std::array<Keys, 1> kVersions{"Versions"};
constexpr std::array<Keys, 4> kPage{"NextMarker", "NextToken", "Marker", "ResponseMetadata"};
constexpr std::array<Keys, 1> kMappings{"EventSourceMappings"};
constexpr std::array<Keys, 2> kMapping{"UUID", "FunctionArn"};
constexpr std::array<Keys, 1> kName{"FunctionName"};
constexpr std::array<Keys, 2> kSourceKeys{"EventSourceArn", "SelfManagedEventSource"};
constexpr std::array<Keys, 26> kMappingMay{"Enabled",
                                           "BatchSize",
                                           "FilterCriteria",
                                           "MaximumBatchingWindowInSeconds",
                                           "ParallelizationFactor",
                                           "StartingPosition",
                                           "StartingPositionTimestamp",
                                           "DestinationConfig",
                                           "MaximumRecordAgeInSeconds",
                                           "BisectBatchOnFunctionError",
                                           "MaximumRetryAttempts",
                                           "Tags",
                                           "TumblingWindowInSeconds",
                                           "Topics",
                                           "Queues",
                                           "SourceAccessConfigurations",
                                           "EventSourceArn",
                                           "SelfManagedEventSource",
                                           "FunctionResponseTypes",
                                           "AmazonManagedKafkaEventSourceConfig",
                                           "SelfManagedKafkaEventSourceConfig",
                                           "ScalingConfig",
                                           "DocumentDBEventSourceConfig",
                                           "KMSKeyArn",
                                           "MetricsConfig",
                                           "ProvisionedPollerConfig"};
constexpr std::array<Keys, 2> kPolicy{"Policy", "RevisionId"};
constexpr std::array<Keys, 4> kPermission{"FunctionName", "StatementId", "Action", "Principal"};
constexpr std::array<Keys, 8> kPermissionMay{
    "SourceArn",      "SourceAccount",       "EventSourceToken",     "Qualifier",
    "RevisionId",     "PrincipalOrgID",      "FunctionUrlAuthType",  "InvokedViaFunctionUrl"};
constexpr std::array<Keys, 1> kRequested{"RequestedProvisionedConcurrentExecutions"};
constexpr std::array<Keys, 3> kPutProvisioned{"FunctionName", "Qualifier",
                                              "ProvisionedConcurrentExecutions"};
constexpr std::array<Keys, 1> kProvisionedList{"ProvisionedConcurrencyConfigs"};
constexpr std::array<Keys, 1> kReserved{"ReservedConcurrentExecutions"};
constexpr std::array<Keys, 2> kReservedMay{"FunctionName", "ResponseMetadata"};
constexpr std::array<Keys, 2> kAlias{"AliasArn", "FunctionVersion"};
constexpr std::array<Keys, 3> kCreateAlias{"FunctionName", "Name", "FunctionVersion"};
constexpr std::array<Keys, 3> kCreateAliasMay{"Description", "RoutingConfig", "RevisionId"};
constexpr std::array<Keys, 1> kAliases{"Aliases"};
constexpr std::array<Keys, 2> kLayer{"LayerArn", "LayerVersionArn"};
constexpr std::array<Keys, 3> kUrl{"FunctionUrl", "FunctionArn", "AuthType"};
constexpr std::array<Keys, 1> kUrls{"FunctionUrlConfigs"};
constexpr std::array<Keys, 2> kInvoke{"FunctionArn", "LastModified"};
constexpr std::array<Keys, 3> kInvokeAny{"MaximumRetryAttempts", "MaximumEventAgeInSeconds",
                                         "DestinationConfig"};
constexpr std::array<Keys, 1> kInvokeList{"FunctionEventInvokeConfigs"};

constexpr std::string_view kFunctionArn = ":lambda:", kInvokeAction = "lambda:";

constexpr std::array kForms{
    ApiForm{ApiContent::Function, kConfiguration, kCodeOrTags, kOfFunction, true, kFunctionArn},
    ApiForm{ApiContent::Configuration, kNameAndArn, kConfigured, {}, false, kFunctionArn},
    ApiForm{ApiContent::Configuration, kCreate, {}, kCreateMay, true, {}},
    ApiForm{ApiContent::Functions, kFunctions, {}, kPage, true, kFunctionArn},
    ApiForm{ApiContent::Versions, kVersions, {}, kPage, true, kFunctionArn},
    ApiForm{ApiContent::Mappings, kMappings, {}, kPage, true, kFunctionArn},
    ApiForm{ApiContent::Mapping, kMapping, kSourceKeys, {}, false, kFunctionArn},
    ApiForm{ApiContent::Mapping, kName, kSourceKeys, kMappingMay, true, {}},
    ApiForm{ApiContent::Policy, kPolicy, {}, {}, true, kInvokeAction},
    ApiForm{ApiContent::Permission, kPermission, {}, kPermissionMay, true, kInvokeAction},
    ApiForm{ApiContent::Provisioned, kRequested, {}, {}, false, {}},
    ApiForm{ApiContent::Provisioned, kPutProvisioned, {}, {}, true, {}},
    ApiForm{ApiContent::ProvisionedList, kProvisionedList, {}, kPage, true, {}},
    ApiForm{ApiContent::Reserved, kReserved, {}, kReservedMay, true, {}},
    ApiForm{ApiContent::Alias, kAlias, {}, {}, false, kFunctionArn},
    ApiForm{ApiContent::Alias, kCreateAlias, {}, kCreateAliasMay, true, {}},
    ApiForm{ApiContent::Aliases, kAliases, {}, kPage, true, kFunctionArn},
    ApiForm{ApiContent::Layer, kLayer, {}, {}, false, kFunctionArn},
    ApiForm{ApiContent::Url, kUrl, {}, {}, false, kFunctionArn},
    ApiForm{ApiContent::Urls, kUrls, {}, kPage, true, kFunctionArn},
    ApiForm{ApiContent::InvokeConfig, kInvoke, kInvokeAny, {}, false, kFunctionArn},
    ApiForm{ApiContent::InvokeConfigs, kInvokeList, {}, kPage, true, kFunctionArn},
};

}  // namespace

std::span<const ApiForm> api_forms() { return kForms; }

}  // namespace fnlint
