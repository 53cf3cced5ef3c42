// From a template's handler string to a file.
#pragma once

#include "link/resolve/languages.h"

namespace fnlint {

// The file of a function's handler, as the languages that its runtime may stand for find it.
HandlerFile find_handler(const FileSystem& files, Languages& languages, const HandlerQuery& query,
                         DialectSet readable);

// "src/index.handler" in two: the path of a module and what it names inside. Empty: not of that
// form.
struct HandlerParts {
  std::string module = {}, symbol = {};
};
enum class HandlerDot : std::uint8_t { First, Last };  // after the last slash
HandlerParts split_handler(std::string_view handler, HandlerDot dot);

// A folder as messages name it.
std::string folder_words(std::string_view folder);
// For a handler that is not of the form that its language has.
void lacks_form(HandlerFile& found, std::string_view handler, std::string_view form);

}  // namespace fnlint
