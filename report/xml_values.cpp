// Writes only characters that XML allows, whatever the project's texts contain.

#include "report/xml_values.h"

#include "core/encoding.h"
#include "core/text.h"
#include "report/unicode.h"

#include <utility>

namespace fnlint {

namespace {

class TextSink : public pugi::xml_writer {
 public:
  explicit TextSink(std::string begun) : text(std::move(begun)) {}
  void write(const void* data, std::size_t size) override {
    text.append(static_cast<const char*>(data), size);
  }
  std::string text;
};

}  // namespace

std::string xml_line(std::string_view text) {
  const std::string line = one_line(text);
  std::string out;
  for (std::string_view rest = line; !rest.empty();) {
    const char32_t point = take_code_point(rest);
    append_utf8(out, point == 0xFFFE || point == 0xFFFF ? kReplacement : point);
  }
  return out;
}

void set_attribute(pugi::xml_node node, const char* name, std::string_view value) {
  node.append_attribute(name).set_value(xml_line(value).c_str());
}
void set_attribute(pugi::xml_node node, const char* name, std::size_t value) {
  set_attribute(node, name, cat(value));
}

std::string written(const pugi::xml_document& document) {
  TextSink sink{"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"};
  document.save(sink, "  ", pugi::format_indent | pugi::format_no_declaration, pugi::encoding_utf8);
  return std::move(sink.text);
}

}  // namespace fnlint
