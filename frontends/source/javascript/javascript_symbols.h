#pragma once

#include "frontends/source/common/syntax_nodes.h"
#include "frontends/source/javascript/javascript_nodes.h"

// The symbols of the grammars of JavaScript and TypeScript, in one set of names.
namespace fnlint {

enum class JsGrammar : std::uint8_t { JavaScript, TypeScript, Tsx };

// The grammar with its symbols in our terms. Tokens are kept only where a rule asks for them.
const Grammar& js_grammar(JsGrammar grammar);

}  // namespace fnlint
