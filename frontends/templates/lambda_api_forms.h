// How to tell from the keys of a JSON object which answer or request of the Lambda API it is.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace fnlint {

// What one answer or request of the Lambda API is about.
enum class ApiContent : std::uint8_t {
  Function,             // get-function: Configuration, Code, Concurrency
  Configuration,        // get-function-configuration, create-function's answer and request
  Functions,            // list-functions
  Versions,             // list-versions-by-function
  Mapping,              // get-event-source-mapping, and the request that makes one
  Mappings,             // list-event-source-mappings
  Policy,               // get-policy
  Permission,           // add-permission's request
  Provisioned,          // get-, put-provisioned-concurrency-config
  ProvisionedList,      // list-provisioned-concurrency-configs
  Reserved,             // get-, put-function-concurrency
  Alias,                // get-alias, create-alias's request
  Aliases,              // list-aliases
  Layer,                // get-layer-version
  Url,                  // get-function-url-config
  Urls,                 // list-function-url-configs
  InvokeConfig,         // get-function-event-invoke-config
  InvokeConfigs,        // list-function-event-invoke-configs
};

// How such a text looks: the keys of its object.
struct ApiForm {
  ApiContent content{};
  std::span<const std::string_view> needs = {};  // all of them
  std::span<const std::string_view> any = {};    // one of them at least
  std::span<const std::string_view> may = {};    // further ones, where `strict`
  bool strict = false;                           // no other key
  std::string_view sign = {};  // stands somewhere in the text; empty: nothing more is asked
};
std::span<const ApiForm> api_forms();

// The first form that the keys of an object fit; null: it is none of them.
const ApiForm* form_of(const std::vector<std::string_view>& keys);

}  // namespace fnlint
