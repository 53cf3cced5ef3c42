// Chalice's apps as templates: program, settings and extra template in one.
#pragma once

#include "model/template.h"

#include <string_view>

namespace fnlint {

// Chalice: an app is the decorators of its app.py, the settings of its .chalice/config.json and a
// template that is merged over both. They are read as parts of one SAM template, which is what
// `chalice package` makes of them: the program declares functions with their events, the settings
// are its Globals and the properties of single functions. What the program says of Globals holds
// where there are no settings. Resources without a type are functions, by Chalice's names for them.
[[nodiscard]] TemplateDialect recognise_chalice(std::string_view path, std::string_view text);
[[nodiscard]] bool is_chalice_name(std::string_view name);
[[nodiscard]] TemplateFacts read_chalice(std::string_view path, std::string_view text);

}  // namespace fnlint
