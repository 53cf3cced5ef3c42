// Parses an address as far as its text is known, and leaves out names that may be private.

#include "checks/network/network_hosts.h"

#include "core/text.h"
#include "tables/network.h"
#include "values/compute.h"

#include <algorithm>

namespace fnlint {

namespace {

// "api.shop.com" of "https://api.shop.com:8443/orders"; empty where it may go on in what follows.
std::string_view host_in(std::string_view start, bool is_whole) {
  const std::size_t scheme = start.find("://");
  if (scheme == start.npos) return {};
  if (const std::string_view name = start.substr(0, scheme); name != "https" && name != "http")
    return {};
  start.remove_prefix(scheme + 3);
  const std::size_t end = start.find_first_of("/?#:@");
  if (end == start.npos) return is_whole ? start : std::string_view{};
  return start[end] == '@' ? std::string_view{} : start.substr(0, end);
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_name(std::string_view host) {
  return std::ranges::all_of(
      host, [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
}

}  // namespace

std::string_view public_host(const ValuePool& pool, ValueId address) {
  if (!address.exists() || pool[address].uncertainty != 0) return {};
  const bool in_parts = pool.is(address, ValueKind::Pattern);
  const auto text = as_text(pool, in_parts ? pool.operands(address).front() : address);
  if (!text) return {};
  const std::string_view host = host_in(*text, !in_parts);
  const std::size_t dot = host.rfind('.');
  // An address of numbers, or a name that a search list completes.
  if (dot == host.npos || dot + 1 >= host.size() || !is_letter(host[dot + 1]) || !is_name(host))
    return {};
  const std::string lowered = lower(host);
  const bool is_private = std::ranges::any_of(private_hosts(), [&](std::string_view end) {
    return lowered == end || lowered.ends_with(cat(".", end));
  });
  return is_private ? std::string_view{} : host;
}

}  // namespace fnlint
