#include "checks/code_calls.h"

#include "core/text.h"

#include <utility>

namespace fnlint {

void place_call(const LambdaFunction& function, const CodeCall& call, std::string what,
                Finding& finding) {
  finding.where = call.where;
  finding.function = function.name;
  finding.identity = cat(function.name, ':', call.name);
  finding.flow.push_back({function.handler_where, cat("'", function.name, "' begins here.")});
  for (const PlacedText& step : call.path)
    finding.flow.push_back({step.where, "The handler goes on here."});
  finding.flow.push_back({call.where, std::move(what)});
}

}  // namespace fnlint
