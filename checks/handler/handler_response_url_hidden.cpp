// CDK's Provider stands between CloudFormation and the function of a custom resource: it answers
// for it, and hides the address to which the answer goes.

#include "checks/handler/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "tables/models.h"
#include "values/pool.h"

#include <algorithm>
#include <array>
#include <map>

namespace fnlint {

namespace {

constexpr std::string_view kAddress = "ResponseURL";

// Where a framework is told its user's functions: of the construct, and of the function that CDK
// makes of it. Source: aws-cdk-lib/custom-resources, provider-framework/provider.ts and its
// runtime's consts.ts.
constexpr std::array<std::string_view, 2> kOfConstruct{"UserOnEventHandler",
                                                       "UserIsCompleteHandler"};
constexpr std::array<std::string_view, 2> kOfFunction{
    "Environment.Variables.USER_ON_EVENT_FUNCTION_ARN",
    "Environment.Variables.USER_IS_COMPLETE_FUNCTION_ARN"};

// Functions that a framework calls, and where that is said.
std::map<ResourceId, Span> behind_providers(const Project& project) {
  std::map<ResourceId, Span> found;
  const auto add = [&](ResourceId provider, std::string_view path) {
    const Property* const named = property_of(project, provider, path);
    if (named == nullptr) return;
    const ResourceId function = resource_meant(project, named->value);
    if (function.exists()) found.try_emplace(function, named->where);
  };
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
    const ResourceId id{i};
    if (type_of(project, id) == "Custom::Provider")
      for (const std::string_view path : kOfConstruct) add(id, path);
    if (project.stacks[id].kind == ResourceKind::Function)
      for (const std::string_view path : kOfFunction) add(id, path);
  }
  return found;
}

// A request to the address that the event says the answer is for.
bool answers_itself(const ValuePool& pool, const Effect& effect) {
  const ValueId to = effect.target_value;
  return is_request(operations()[effect.operation]) && pool.is(to, ValueKind::Hole) &&
         pool[to].origin == Origin::Event && pool.text(to) == kAddress;
}

}  // namespace

void handler_response_url_hidden(const Project& project, const Settings&, Findings& findings) {
  const std::map<ResourceId, Span> behind = behind_providers(project);
  for (const LambdaFunction& function : project.functions) {
    const auto row = behind.find(project.stacks.meant(function.resource));
    if (row == behind.end()) continue;
    const auto answer = std::ranges::find_if(
        function.effects, [&](const Effect& one) { return answers_itself(*project.pool, one); });
    if (answer == function.effects.end()) continue;
    const unsigned on_some_ways =
        (answer->flags & kUnderUnknownTest) != 0 ? unsigned{kConditional} : 0;
    findings.push_back(
        FindingBuilder("handler-response-url-hidden",
                       static_cast<std::uint8_t>(answer->uncertainty | on_some_ways))
            .about(function)
            .at(answer->where)
            .says("'", function.name,
                  "' sends its answer to the event's ResponseURL, but a Provider "
                  "calls it, and puts '...' there: the answer goes nowhere, and where the handler "
                  "returns, a failure of the resource counts as success.")
            .related(row->second, "The Provider is given the function here.")
            .along(answer->path, answer->where, "The answer is sent here."));
  }
}

}  // namespace fnlint
