// Loops that stop at the first bad element and leave the others unhandled.
#pragma once

#include "model/code.h"

namespace fnlint {

// Where a loop over elements is left (`break`) for what one of them is, or for an error on its way,
// and nothing is done there but that a log tells of it: it is no search, and those behind the
// element are not looked at. No id: nowhere, or what follows raises or looks at the element.
OpId left_for_one(const CodeFacts& code, OpId loop);

}  // namespace fnlint
