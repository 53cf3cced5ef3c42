#pragma once

#include <span>
#include <string_view>

namespace fnlint {

// Libraries that ask nobody beyond the process: what they say of a value they say of it again. Paths
// as the language writes them; each stands for what is below it too.
std::span<const std::string_view> computing_libraries();

// How calls that ask a table, a database or a bucket for what is stored there are named: words of
// their paths in lower case.
std::span<const std::string_view> storing_services();  // Operation::service
std::span<const std::string_view> store_reads();
std::span<const std::string_view> store_gets();    // one thing by its key
std::span<const std::string_view> store_claims();  // writes that say whether it was there already
std::span<const std::string_view> store_claims_beside();  // likewise, second of a pair

}  // namespace fnlint
