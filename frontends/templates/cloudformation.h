// CloudFormation's and SAM's templates, the dialect to which the others are canonicalised.
#pragma once

#include "model/template.h"

#include <string_view>

namespace fnlint {

// Whether a text is a CloudFormation or SAM template, by its content alone and without parsing it:
// made to be asked of every YAML and JSON file there is. May say yes to a text that read_cloudformation()
// then finds to be none, or to be broken; says Unknown only where there is no Resources section.
[[nodiscard]] TemplateDialect recognise_cloudformation(std::string_view text);

// The template form of a CloudFormation or SAM template, YAML or JSON. Never fails: see
// TemplateFacts::problems and ::complete. Text that still has to go through a template engine
// (Jinja, cookiecutter, Handlebars) gives one problem and nothing else.
[[nodiscard]] TemplateFacts read_cloudformation(std::string_view text);

// A file that a template includes (Wanted::kind Include): `section` is Wanted::section, "Resources"
// for resources, "" for whole sections. Without a section the file's content becomes
// TemplateFacts::fragment.
[[nodiscard]] TemplateFacts read_fragment(std::string_view text, std::string_view section);
[[nodiscard]] TemplateFacts read_fragment(std::string_view text);

}  // namespace fnlint
