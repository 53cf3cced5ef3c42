// CIDR ranges and IP addresses, compared bit by bit, as an event pattern's `cidr` asks for it.

#include "values/addresses.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <vector>

namespace fnlint {
namespace {

// 4 or 16 bytes; none when it is no address.
std::vector<std::uint8_t> bytes_of(const std::string& address) {
  std::vector<std::uint8_t> bytes(16);
  if (inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) return bytes;
  bytes.resize(4);
  if (inet_pton(AF_INET, address.c_str(), bytes.data()) == 1) return bytes;
  return {};
}

}  // namespace

std::optional<bool> range_holds(const std::string& range, const std::string& address) {
  const std::size_t slash = range.find('/');
  const std::vector<std::uint8_t> base = bytes_of(range.substr(0, slash));
  if (base.empty()) return std::nullopt;
  std::size_t bits = base.size() * 8;
  if (slash != std::string::npos) {
    const char* end = range.data() + range.size();
    const auto [stop, error] = std::from_chars(range.data() + slash + 1, end, bits);
    if (error != std::errc() || stop != end || bits > base.size() * 8) return std::nullopt;
  }
  const std::vector<std::uint8_t> asked = bytes_of(address);
  if (asked.size() != base.size()) return false;
  for (std::size_t i = 0; i < base.size() && bits > 0; ++i) {
    const std::size_t of_byte = std::min<std::size_t>(bits, 8);
    const auto mask = static_cast<std::uint8_t>(0xFFU << (8 - of_byte));
    if (((base[i] ^ asked[i]) & mask) != 0) return false;
    bits -= of_byte;
  }
  return true;
}

}  // namespace fnlint
