// Percent-encodes a path, also one that looks like a scheme.

#include "report/uri.h"

#include <fmt/format.h>

namespace fnlint {

std::string uri_of(std::string_view path) {
  std::string out;
  bool first_segment = true;  // a colon in it would end a scheme
  for (const char c : path) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (c == '/') first_segment = false;
    const bool plain = letter || std::string_view("-._~!$&'()*+,;=@/").find(c) != std::string::npos;
    if (plain || (c == ':' && !first_segment)) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace fnlint
