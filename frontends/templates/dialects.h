// Is a file a template, of which tool, and what does it say? All dialects behind three functions.
#pragma once

#include "model/template.h"

#include <string_view>

namespace fnlint {

// Which template a file is: by its path (relative to the root) and its content, without parsing it;
// made to be asked of every file there is. May name a dialect whose reader then finds the text to
// be none, or to be broken.
[[nodiscard]] TemplateDialect recognise(std::string_view path, std::string_view text);

// Whether a file of that name can be a template of a dialect that goes by names. Others are asked
// by content (recognise()), where their ending does not rule it out.
[[nodiscard]] bool is_template_name(std::string_view name);

// The template form of a file in the words of its own tool: types, properties and functions are the
// tool's, and link knows them by TemplateFacts::dialect. Never fails: see TemplateFacts::problems
// and ::complete. A file that is no template gives one problem.
[[nodiscard]] TemplateFacts read_template(std::string_view path, std::string_view text);

}  // namespace fnlint
