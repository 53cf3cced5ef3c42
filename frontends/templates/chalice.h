#pragma once

#include "model/template.h"

#include <string_view>

namespace fnlint {

// Chalice: an app is the decorators of its app.py and the settings of its .chalice/config.json. Both
// are read as parts of one SAM template, which is what `chalice package` makes of them: the program
// declares functions with their events, the settings are its Globals and the properties of single
// functions.
[[nodiscard]] TemplateDialect recognise_chalice(std::string_view path, std::string_view text);
[[nodiscard]] bool is_chalice_name(std::string_view name);
[[nodiscard]] TemplateFacts read_chalice(std::string_view path, std::string_view text);

}  // namespace fnlint
