// Termination of chains of events by a counter that they carry along.
#pragma once

#include "values/compute.h"

namespace fnlint {

// One test, asked in one round of a chain of events (`before`) and in the next (`after`), has to
// come out as `holds` in each for the chain to go on. Does every round bring it nearer to the other
// outcome? So it is with a counter that each round raises and a bound that stays.
bool runs_out(const ValuePool& pool, ValueId before, ValueId after, bool holds);

}  // namespace fnlint
