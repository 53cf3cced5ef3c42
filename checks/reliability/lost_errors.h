#pragma once

#include "checks/idempotency/idempotency_view.h"

namespace fnlint {

// What a second delivery would do once more, as far as it is known what it is.
bool does_something(const Effect& effect);

// Done where something else has failed: what becomes of the event is decided there.
bool is_after_failure(const ValuePool& pool, const Effect& effect);

// Of other things that the function does a failure is told: what it does beside them may be
// optional.
bool tells_of_others(const LambdaFunction& function);

// Those of the sources of a function that deliver again what fails.
std::vector<DeliverySource> told_by_failure(const Project& project, const RelationsTo& relations,
                                            const LambdaFunction& function,
                                            std::vector<DeliverySource> sources);

}  // namespace fnlint
