// Accessors without source code, because the compiler is told to generate them.
#pragma once

#include "flow/engine/engine.h"

#include <string>
#include <string_view>

namespace fnlint {

// "url" of `setUrl`, `getUrl`, `isUrl`; "": it is no such name.
std::string field_behind(std::string_view method, std::string_view verb);
// A method that an annotation makes: a setter sets, the others read or make.
CallResult call_generated(ValuePool& pool, const CallInput& invocation, std::string_view method);

}  // namespace fnlint
