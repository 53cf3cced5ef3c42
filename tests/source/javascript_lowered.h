// Lowers and validates JavaScript and TypeScript, and prints the code form.
#pragma once

#include "frontends/source/common/code_text.h"
#include "frontends/source/common/validate.h"
#include "frontends/source/javascript/javascript.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace fnlint {

inline CodeFacts javascript_facts(std::string_view source,
                                  JavaScriptDialect dialect = JavaScriptDialect::JavaScript) {
  CodeFacts facts = lower_javascript(source, dialect);
  for (const std::string& fault : validate(facts)) ADD_FAILURE() << fault << " in\n" << source;
  return facts;
}

// The code form in words, with a newline before it as raw strings have. So may `source`.
inline std::string lowered_as(JavaScriptDialect dialect, std::string_view source) {
  if (source.starts_with('\n')) source.remove_prefix(1);
  return "\n" + code_text(javascript_facts(source, dialect));
}
inline std::string lowered_javascript(std::string_view source) {
  return lowered_as(JavaScriptDialect::JavaScript, source);
}
inline std::string lowered_typescript(std::string_view source) {
  return lowered_as(JavaScriptDialect::TypeScript, source);
}
inline std::string lowered_tsx(std::string_view source) {
  return lowered_as(JavaScriptDialect::Tsx, source);
}

}  // namespace fnlint
