// Works around TypeScript syntax that is newer than the pinned grammars.
#pragma once

#include <string>
#include <string_view>

namespace fnlint {

// A TypeScript text of the same length that the pinned grammars can read: syntax of types that they
// do not know (import types, `export type * from`, variance, type arguments of a tagged template,
// `accessor`) is blank, or an identifier. None of it is there at run time. Empty: there is no such
// syntax.
std::string typescript_masked(std::string_view text);
// The same for a single `&` in the text of an element, which is `|` then. Not for a text that the
// grammar has read.
std::string markup_masked(std::string_view text);

}  // namespace fnlint
