// Prints values in full, so that different ones have different texts.

#include "values/whole_text.h"

#include "core/text.h"
#include "values/compute.h"

namespace fnlint {

namespace {

std::string whole_text(const ValuePool& pool, ValueId value) {
  if (const auto text = as_text(pool, value)) return std::string(*text);
  if (!pool.is(value, ValueKind::Pattern)) return cat("${", value.index, "}");
  std::string whole;
  for (const ValueId part : pool.operands(value)) whole += whole_text(pool, part);
  return whole;
}

}  // namespace

std::vector<std::string> whole_texts(const ValuePool& pool, ValueId value) {
  std::vector<std::string> texts;
  if (!value.exists()) return texts;
  if (!pool.is(value, ValueKind::OneOf)) return {whole_text(pool, value)};
  for (const ValueId one : pool.operands(value))
    for (std::string& text : whole_texts(pool, one)) texts.push_back(std::move(text));
  return texts;
}

std::string known_parts(const ValuePool& pool, ValueId value) {
  std::string known(as_text(pool, value).value_or(""));
  if (pool.is(value, ValueKind::Pattern))
    for (const ValueId part : pool.operands(value)) known += as_text(pool, part).value_or("");
  return known;
}

}  // namespace fnlint
