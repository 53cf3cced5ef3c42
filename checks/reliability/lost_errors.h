// Does it matter that an error is swallowed? Only where the failed call was the work of the event,
// and where its source would have tried again.
#pragma once

#include "checks/idempotency/idempotency_view.h"

namespace fnlint {

// What a second delivery would do once more, as far as it is known what it is.
bool does_something(const Effect& effect);

// Whether the world is another one afterwards, as far as the operation's name tells.
bool changes_something(const Effect& effect);

// Of other things that the function does where it does this a failure is told: what it does beside
// them may be optional.
bool tells_of_others(const Project& project, const LambdaFunction& function, const Effect& effect);

// Of what no row of operations() describes: whether it changes something, by its name.
bool may_write(const Effect& request);

// Whether it is what the invocation is for, as far as the code shows: nothing else that it does
// where this is done is told of when it fails, and what it answers is no news but that this is
// done.
enum class AnswerRead : std::uint8_t { No, Yes };
bool is_the_work(const Project& project, const LambdaFunction& function, const Effect& effect,
                 AnswerRead read);
// Whether all that it does is known.
bool is_known_whole(const LambdaFunction& function);

// The work of the event itself, whatever else is done beside it: it is made of the event.
bool is_work_of_event(const ValuePool& pool, const Effect& effect);

// Those of the sources of a function that deliver again what fails.
std::vector<DeliverySource> told_by_failure(const Project& project, const RelationsTo& relations,
                                            const LambdaFunction& function,
                                            std::vector<DeliverySource> sources);

}  // namespace fnlint
