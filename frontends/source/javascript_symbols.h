#pragma once

#include "frontends/source/javascript_nodes.h"
#include "frontends/source/syntax_nodes.h"

namespace fnlint {

enum class JsGrammar : std::uint8_t { JavaScript, TypeScript, Tsx };

// The grammar with its symbols in our terms. Tokens are kept only where a rule asks for them.
const Grammar& js_grammar(JsGrammar grammar);

}  // namespace fnlint
