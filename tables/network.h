#pragma once

#include <cstdint>
#include <span>
#include <string_view>

// What lies between functions and what they call or are called by: from data/.
namespace fnlint {

// How long a service waits for the function that it invokes.
struct InvokerTimeout {
  std::string_view type = {};
  std::string_view property = {};  // in milliseconds; empty: it cannot be changed
  std::int64_t fallback = 0;
  std::string_view words = {};
};
const InvokerTimeout* find_invoker_timeout(std::string_view type);  // null: it waits

// How a function in a VPC reaches a service.
struct ServiceEndpoint {
  std::string_view service = {};   // of operations()
  std::string_view endpoint = {};  // the last part of the VPC endpoint's name; empty: there is none
  bool gateway = false;
};
const ServiceEndpoint* find_service_endpoint(std::string_view service);
// First parts of modules that reach nothing but services of the table.
std::span<const std::string_view> harmless_modules();
// How names of hosts end that a network may serve itself.
std::span<const std::string_view> private_hosts();
// How types begin that let a network have names of hosts of its own.
std::span<const std::string_view> name_givers();

}  // namespace fnlint
