// Services of the Serverless Framework, written as YAML, JSON or a program.
#pragma once

#include "model/code.h"
#include "model/template.h"

#include <string_view>

namespace fnlint {

// Whether a file of this name can be a service of the Serverless Framework.
[[nodiscard]] bool is_serverless_name(std::string_view name);

// A service for AWS, by its name and the keys of its outermost map. Services for other clouds are
// left alone.
[[nodiscard]] TemplateDialect recognise_serverless(std::string_view path, std::string_view text);

// A service, as one expression (TemplateFacts::fragment): its functions, events and resources may
// come from variables and other files, so that only link can tell them apart. Variables are
// functions, see serverless_variables.h; the files that they name are wanted. The conditions,
// mappings, outputs and parameters of its CloudFormation are in their sections.
[[nodiscard]] TemplateFacts read_serverless(std::string_view text);

// serverless-compose.yml, which names the services of a repository: as one expression, in which
// "${service.output}" is sls:output [output, service].
[[nodiscard]] bool is_serverless_compose(std::string_view path);
[[nodiscard]] TemplateFacts read_serverless_compose(std::string_view text);

// A service, or a file that one names, that is a program: see program_document.h. Files that it
// imports are wanted as "import MODULE", from its own folder.
[[nodiscard]] bool is_program(std::string_view path);
[[nodiscard]] TemplateFacts read_serverless_program(const CodeFacts& facts);

// A file that a variable of a service names: YAML and JSON as a service is read, with the sections
// of CloudFormation that its outermost map has; anything else as one text.
[[nodiscard]] TemplateFacts read_serverless_file(std::string_view path, std::string_view text);

}  // namespace fnlint
