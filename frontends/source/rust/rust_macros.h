// Makes the arguments of macros visible to the lowering as ordinary syntax.
#pragma once

#include "frontends/source/common/syntax_nodes.h"

#include <string_view>

namespace fnlint {

// Puts what macros are given below their Tokens, as far as it can be read as Rust: arguments
// (`format!("{}", a)`), an array (`vec![a]`), an object as an array of pairs (`json!({"a": b})`), a
// match (`matches!(a, b)`) or items (`thread_local! { static X: T = e; }`). Nodes' ranges are those
// of `text`. What does not parse stays empty.
void expand_macros(SyntaxNodes& nodes, std::string_view text);

}  // namespace fnlint
