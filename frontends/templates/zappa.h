// Zappa's settings as templates.
#pragma once

#include "model/template.h"

#include <string_view>

namespace fnlint {

// Zappa: zappa_settings has the stages of a web application. A stage is one function, and a handler
// of Zappa's own in it hands each event on: to the application, or to the function that `events`
// names for its source. It is read as a SAM template with a function for each of these, since each
// has its own code and its own events.
[[nodiscard]] TemplateDialect recognise_zappa(std::string_view path, std::string_view text);
[[nodiscard]] bool is_zappa_name(std::string_view name);
[[nodiscard]] TemplateFacts read_zappa(std::string_view path, std::string_view text);

}  // namespace fnlint
