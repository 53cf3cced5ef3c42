// Functions that only Amazon's .NET tools deploy, as templates.
#pragma once

#include "frontends/templates/handler_code.h"

#include <optional>
#include <string>
#include <string_view>

namespace fnlint {

// aws-lambda-tools-defaults.json: what Amazon's tools for .NET deploy a function with that no
// template names.
inline constexpr std::string_view kLambdaToolsFile = "aws-lambda-tools-defaults.json";

// The handler that it names; none where it names a template, or no function.
[[nodiscard]] std::optional<std::string> handler_of_lambda_tools(std::string_view text);

// A template of SAM that has the function as these settings have it, and leaves open the rest.
[[nodiscard]] TemplateFacts template_of_lambda_tools(std::string_view text,
                                                     const DeployedHandler& handler);

}  // namespace fnlint
