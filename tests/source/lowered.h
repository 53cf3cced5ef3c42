// Lowers and validates a source of any language, and prints the code form.
#pragma once

#include "frontends/source/common/code_text.h"
#include "frontends/source/common/validate.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace fnlint {

// The code form in words, with a newline before it as raw strings have. So may `source`.
inline std::string lowered_by(CodeFacts (*lower)(std::string_view), std::string_view source) {
  if (source.starts_with('\n')) source.remove_prefix(1);
  const CodeFacts facts = lower(source);
  for (const std::string& fault : validate(facts)) ADD_FAILURE() << fault << " in\n" << source;
  return "\n" + code_text(facts);
}

}  // namespace fnlint
