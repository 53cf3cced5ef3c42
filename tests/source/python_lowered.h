// Lowers and validates Python, and prints the code form.
#pragma once

#include "frontends/source/common/code_text.h"
#include "frontends/source/common/validate.h"
#include "frontends/source/python/python.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace fnlint {

inline CodeFacts python_facts(std::string_view source) {
  CodeFacts facts = lower_python(source);
  for (const std::string& fault : validate(facts)) ADD_FAILURE() << fault << " in\n" << source;
  return facts;
}

// The code form in words, with a newline before it as raw strings have. So may `source`.
inline std::string lowered(std::string_view source) {
  if (source.starts_with('\n')) source.remove_prefix(1);
  return "\n" + code_text(python_facts(source));
}

}  // namespace fnlint
