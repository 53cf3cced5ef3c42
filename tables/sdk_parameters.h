// Request parameters of SDK operations: which exist, and which are required.
#pragma once

#include <span>
#include <string_view>

namespace fnlint {

// What an operation takes, or each entry of a list that it is given: data/sdk_parameters.tsv.
struct SdkParameters {
  std::string_view id = {};  // "dynamodb.PutItem"; of entries "events.PutEvents Entries"
  // Names with a space between them: "Item!" is required, "TableName!?" not where a resource of
  // boto3 gives it.
  std::string_view members = {};
};
std::span<const SdkParameters> sdk_parameters();  // sorted by id
// Null: nothing is known of it.
const SdkParameters* find_sdk_parameters(std::string_view id);

}  // namespace fnlint
