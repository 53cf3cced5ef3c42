// Parses without fetching or expanding anything, and recovers an element's range from its pointers
// into the text.

#include "frontends/packages/xml.h"

#include "core/limits.h"
#include "core/text.h"

#include <algorithm>

namespace fnlint {

XmlDocument::XmlDocument(std::string_view text, Problems& problems) : text_(text) {
  if (text.size() > kSourceBytes) {
    add_problem(problems, {}, cat("larger than ", kSourceBytes >> 20U, " MB: not read"));
    return;
  }
  const pugi::xml_parse_result result =
      document_.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  complete_ = result.status == pugi::status_ok;
  if (complete_) return;
  const auto at = static_cast<std::uint32_t>(
      std::clamp<std::ptrdiff_t>(result.offset, 0, static_cast<std::ptrdiff_t>(text.size())));
  add_problem(problems, {at, at}, cat("not readable as XML: ", result.description()));
}

Range XmlDocument::range(const pugi::xml_node& node) const {
  const std::ptrdiff_t tag = node.offset_debug();
  if (tag < 0 || static_cast<std::size_t>(tag) >= text_.size()) return {};
  const auto begin = static_cast<std::size_t>(tag);
  const std::string_view value = trim(node.child_value());
  const std::size_t close = text_.find('>', begin);
  if (!value.empty() && close != text_.npos) {
    const std::size_t first = text_.find(value, close);
    const std::size_t next = text_.find('<', close);
    if (first != text_.npos && first < next)
      return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(first + value.size())};
  }
  const std::size_t length = std::string_view(node.name()).size();
  return {static_cast<std::uint32_t>(begin),
          static_cast<std::uint32_t>(std::min(begin + length, text_.size()))};
}

}  // namespace fnlint
