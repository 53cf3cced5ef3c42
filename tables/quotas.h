#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace fnlint {

// What Lambda accepts for a number of a function (data/quotas.yaml).
struct NumberRange {
  std::string_view rule = {}, path = {}, words = {}, unit = {};
  std::int64_t least = 0, most = 0;
  std::optional<std::int64_t> managed = {};  // the most on a capacity provider, where that differs
};
std::span<const NumberRange> number_ranges();

struct Quotas {
  std::int64_t environment_bytes = 0;
  std::int64_t layers = 0;
  std::int64_t unreserved_concurrency = 0;  // that an account always keeps
  std::int64_t alias_versions = 0;
  std::int64_t snapstart_storage = 0;
};
const Quotas& quotas();

}  // namespace fnlint
