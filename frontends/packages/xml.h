// XML manifests with positions; pugixml is included through here.
#pragma once

#include "core/problem.h"

#include <pugixml.hpp>

#include <string_view>

namespace fnlint {

// An XML text as pugixml reads it: no entities but XML's own, nothing is fetched.
class XmlDocument {
 public:
  XmlDocument(std::string_view text, Problems& problems);
  [[nodiscard]] const pugi::xml_document& root() const { return document_; }
  [[nodiscard]] bool complete() const { return complete_; }
  // Of an element: its text where it has one, else its tag's name.
  [[nodiscard]] Range range(const pugi::xml_node& node) const;

 private:
  std::string_view text_;
  pugi::xml_document document_;
  bool complete_ = false;
};

}  // namespace fnlint
