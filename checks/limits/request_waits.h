// Requests of the code itself that can outlast the function that makes them.
#pragma once

#include "model/finding.h"
#include "model/project.h"

#include <optional>

namespace fnlint {

// How long a request may wait, as the code says or, where it says nothing, its library does.
struct RequestWait {
  double ms = 0;
  bool by_default = false;
};
std::optional<RequestWait> request_wait_of(const ValuePool& pool, const Effect& effect);

// Requests that may wait as long as their function may run, one alone or those for a batch, one
// after the other: of rule limits-timeout-chain.
void limits_request_waits(const Project& project, Findings& findings);

}  // namespace fnlint
