// Quotes and escapes a text for YAML.

#include "app/configuration/yaml_text.h"

#include "core/text.h"

#include <fmt/format.h>

namespace fnlint {

std::string yaml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out += cat('\\', c);
    else if (byte < 0x20 || byte == 0x7F)
      out += fmt::format("\\x{:02X}", byte);
    else
      out += c;
  }
  return out + '"';
}

}  // namespace fnlint
