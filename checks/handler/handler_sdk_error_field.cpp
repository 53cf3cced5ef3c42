// The AWS SDK for JavaScript v3 tells errors by other fields than v2 did: what decides by the old
// ones finds them undefined and takes the wrong way, in silence.

#include "checks/handler/rules.h"
#include "checks/view/finding_builder.h"
#include "core/text.h"

#include <set>

namespace fnlint {

namespace {

std::string_view field_instead(std::string_view field) {
  if (field == "code") return "name";
  return field == "statusCode" ? "$metadata.httpStatusCode" : "$retryable";
}

Finding error_field_finding(const LambdaFunction& function, const Effect& effect) {
  FindingBuilder finding("handler-sdk-error-field", effect.misread.uncertainty);
  finding.about(function)
      .at(effect.misread.where)
      .identified(function.name, ' ', effect.misread.field)
      .says("Errors of the AWS SDK for JavaScript v3 have no '", effect.misread.field,
            "', as those of v2 had: this is undefined");
  if (!effect.misread.value.empty()) finding.adds(", and never '", effect.misread.value, '\'');
  finding.adds(". They have '", field_instead(effect.misread.field), "'.");
  return std::move(finding).with_steps(effect.path, effect.where, "This call may raise it.");
}

}  // namespace

void handler_sdk_error_field(const Project& project, const Settings&, Findings& findings) {
  std::set<Span> told;  // a helper serves many functions
  for (const LambdaFunction& function : project.functions)
    for (const std::vector<Effect>* all :
         {&function.effects, &function.unknown_calls, &function.requests})
      for (const Effect& effect : *all)
        if (!effect.misread.field.empty() && told.insert(effect.misread.where).second)
          findings.push_back(error_field_finding(function, effect));
}

}  // namespace fnlint
