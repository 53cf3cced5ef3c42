#pragma once

#include "link/serverless/serverless_service.h"

#include <optional>
#include <string>
#include <string_view>

// What a service is given from beside it: environment files, serverless-compose.yml, the outputs
// of other services and stacks.
namespace fnlint::stacks {

// Whether it is a serverless-compose.yml, which is no stack.
[[nodiscard]] bool is_serverless_compose(const TemplateSource& source);
// The value that .env files give to an environment variable, where the service reads them.
[[nodiscard]] std::optional<std::string> dotenv_value(LinkContext& build, ScopeId scope,
                                                      std::string_view name);
// The framework's major version: what the service says, else what the nearest package.json asks
// for; 0: nobody says.
[[nodiscard]] int framework_major(LinkContext& build, const Service& service);
// Whether the service reads .env files; then it packages none.
[[nodiscard]] bool reads_dotenv(LinkContext& build, ScopeId scope);
// A parameter that serverless-compose.yml gives to the service; nothing where none does.
[[nodiscard]] Followed compose_parameter(LinkContext& build, ScopeId scope, std::string_view name);
// "service.output" in serverless-compose.yml; `at` is in that file. No id: it has none.
[[nodiscard]] ValueId compose_output(LinkContext& build, const ExprClosure& at,
                                     std::string_view service, std::string_view output);
// An output of a service's stack, one that the framework makes too. No id: it has none.
[[nodiscard]] ValueId service_output(LinkContext& build, ScopeId service, std::string_view output);
// "stack.Output" of another service or stack of the run; no id where none of them can be meant.
[[nodiscard]] ValueId output_of_stack(LinkContext& build, ScopeId asking, ValueId address);

}  // namespace fnlint::stacks
