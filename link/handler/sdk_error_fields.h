// Error handlers that were written for version 2 of the AWS SDK for JavaScript.
#pragma once

#include "model/project.h"
#include "model/summary.h"

#include <span>

namespace fnlint {

// Notes on the effect a field of an error that decides something where what raises is a client of
// the AWS SDK for JavaScript v3, whose errors do not have it: v2's had. In the nearest handler that
// answers a failure of the step: "code", "statusCode", "retryable".
void note_error_field(std::span<const ModuleInfo> modules, const Step& step, Effect& effect);

}  // namespace fnlint
