#pragma once

#include <string>
#include <string_view>

namespace fnlint {

// A TypeScript text of the same length that the pinned grammars can read: syntax of types that they
// do not know (import types, `export type * from`, variance, type arguments of a tagged template)
// is blank, or an identifier. None of it is there at run time. Empty: there is no such syntax.
std::string typescript_masked(std::string_view text);

}  // namespace fnlint
