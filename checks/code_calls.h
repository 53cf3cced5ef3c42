#pragma once

#include "model/finding.h"
#include "model/project.h"

#include <string>

namespace fnlint {

// Puts a finding about a call where the call stands, with the way from the handler to it.
void place_call(const LambdaFunction& function, const CodeCall& call, std::string what,
                Finding& finding);

}  // namespace fnlint
