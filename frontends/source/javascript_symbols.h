#pragma once

#include "frontends/source/javascript_tree.h"

#include <tree_sitter/api.h>

#include <vector>

namespace fnlint {

enum class JsGrammar : std::uint8_t { JavaScript, TypeScript, Tsx };

// One grammar's symbol and field numbers in our terms.
struct JsSymbols {
  const TSLanguage* language = nullptr;
  std::vector<Js> kinds = {};
  std::vector<JsField> fields = {};

  [[nodiscard]] Js kind(TSSymbol symbol) const {
    return symbol < kinds.size() ? kinds[symbol] : Js::Error;  // the error symbol is the largest
  }
};
const JsSymbols& js_symbols(JsGrammar grammar);

}  // namespace fnlint
