// Architect's manifests as templates.
#pragma once

#include "model/template.h"

#include <string_view>

namespace fnlint {

// Architect: a manifest (app.arc, arc.json, arc.yaml) names routes, topics, queues, schedules and
// tables; the code of each lies in a folder that its pragma and its name give. Read as the SAM
// template that the tool makes of it.
[[nodiscard]] TemplateDialect recognise_architect(std::string_view path, std::string_view text);
[[nodiscard]] bool is_architect_name(std::string_view name);
[[nodiscard]] TemplateFacts read_architect(std::string_view path, std::string_view text);

}  // namespace fnlint
