// Snapshots of an account (answers of the Lambda API) as templates.
#pragma once

#include "model/template.h"

#include <string_view>

namespace fnlint {

// Answers of the Lambda API, as `aws lambda get-function` and its kin print them, and requests to
// it, as --cli-input-json takes them. By their content alone, which has to be of exactly such a
// form: JSON that only speaks of functions is none.
[[nodiscard]] TemplateDialect recognise_lambda_api(std::string_view text);

// The resources that an answer or request speaks of, with CloudFormation's types and property
// names. A function is called by its name, what belongs to one by that name and its own:
// "resize:live", "resize permission s3". An answer that does not say which function it is about has
// the address of what it is: "(reserved concurrency)", and no FunctionName. Never fails.
[[nodiscard]] TemplateFacts read_lambda_api(std::string_view text);

}  // namespace fnlint
