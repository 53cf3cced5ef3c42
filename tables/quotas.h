// Limits of AWS on requests, functions and accounts.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace fnlint {

// What an operation takes at most in a member of its request.
struct PayloadLimit {
  std::string_view operation = {};
  std::string_view member = {};  // "Entries[].Detail": of all elements together
  std::string_view when = {};    // only where InvocationType is this
  std::int64_t most = 0;         // bytes
};
std::span<const PayloadLimit> payload_limits();

// How many elements a list of an operation may have, and what each has to have beyond what
// SdkParameters says of it.
struct EntryLimit {
  std::string_view operation = {};
  std::string_view list = {};  // "RequestItems.*": those of all entries of a map together
  std::int64_t most = 0;
  std::span<const std::string_view> needs = {};
};
std::span<const EntryLimit> entry_limits();

struct Quotas {
  std::int64_t environment_bytes = 0;
  std::int64_t response_bytes = 0;  // of a synchronous invocation
  std::int64_t layers = 0;
  std::int64_t unreserved_concurrency = 0;  // that an account always keeps
  std::int64_t default_memory = 0;    // MB, where none is set
  std::int64_t processor_memory = 0;  // MB with which a function has one whole processor
  std::int64_t init_seconds = 0;      // after which initialisation is begun anew
  std::string_view mount_root = {};
};
const Quotas& quotas();

}  // namespace fnlint
