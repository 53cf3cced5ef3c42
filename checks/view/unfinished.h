#pragma once

#include "model/project.h"
#include "values/pool.h"

#include <string_view>

namespace fnlint {

// What may still run when the handler has returned.

// What is waited for together: the name under which `starts` and `waits` of library models meet.
std::string_view group_of(const CodeCall& call);
// Whether a library's function around the handler tells the runtime's callback, so that all that is
// left running is waited for.
Answer answers_when_idle(const LambdaFunction& function);
// Whether a call of LambdaFunction::left leaves something that nothing waits for.
bool is_unfinished(const LambdaFunction& function, const CodeCall& call);
// Of which the reason is that its request is not even sent.
bool is_never_sent(const CodeCall& call);
// The first of such calls whose work surely reads what is changed; none: nothing does.
const CodeCall* unfinished_reader(const LambdaFunction& function, const StateChange& change);

}  // namespace fnlint
