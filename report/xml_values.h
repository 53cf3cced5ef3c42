// Values for XML formats.
#pragma once

#include <pugixml.hpp>

#include <string>
#include <string_view>

namespace fnlint {

// One line of text that XML 1.0 has characters for: of controls and what is no character it has
// none, not even as a reference.
std::string xml_line(std::string_view text);

void set_attribute(pugi::xml_node node, const char* name, std::string_view value);
void set_attribute(pugi::xml_node node, const char* name, std::size_t value);

// The document with its declaration, as UTF-8.
std::string written(const pugi::xml_document& document);

}  // namespace fnlint
