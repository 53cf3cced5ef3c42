// A small parser over a text with holes.

#include "link/effects/table_statement.h"

#include "core/text.h"
#include "values/compute.h"

#include <re2/re2.h>

#include <algorithm>
#include <string>

namespace fnlint {

namespace {

constexpr char kHole = '\x01';  // stands for a part of the text that is not known

// The text with a mark for each part that is not literal.
std::optional<std::string> text_with_holes(const ValuePool& pool, ValueId value) {
  if (pool.is(value, ValueKind::Text)) return std::string(pool.text(value));
  if (!pool.is(value, ValueKind::Pattern)) return std::nullopt;
  std::string text;
  for (const ValueId part : pool.operands(value)) {
    const auto literal = as_text(pool, part);
    text += literal ? std::string(*literal) : std::string(1, kHole);
  }
  return text;
}

// The characters from one to another again as a value.
ValueId part_of(ValuePool& pool, ValueId value, std::string_view before, std::string_view part) {
  std::vector<ValueId> holes;
  if (pool.is(value, ValueKind::Pattern))
    for (const ValueId one : pool.operands(value))
      if (!as_text(pool, one)) holes.push_back(one);
  auto next = static_cast<std::size_t>(std::count(before.begin(), before.end(), kHole));
  std::vector<ValueId> parts;
  while (!part.empty()) {
    const std::size_t hole = std::min(part.find(kHole), part.size());
    if (hole > 0) parts.push_back(pool.text_value(part.substr(0, hole)));
    if (hole < part.size() && next < holes.size()) parts.push_back(holes[next++]);
    part.remove_prefix(std::min(part.size(), hole + 1));
  }
  return pool.concat(parts);
}

}  // namespace

std::optional<TableStatement> table_statement(ValuePool& pool, ValueId value) {
  static const RE2 kPartiQl(
      R"re((?is)^\s*(INSERT\s+INTO|UPDATE|DELETE\s+FROM|SELECT\b.*?\bFROM|EXISTS\s*\(\s*SELECT\b.*?\bFROM)\s+(?:"([^"]+)"|'([^']+)'|([^\s."'\[(]+)))re");
  static const RE2 kAdds(R"((?i)=\s*"?[\w.]+"?\s*[+-]|list_append)");
  const std::optional<std::string> text = text_with_holes(pool, value);
  if (!text) return std::nullopt;
  const re2::StringPiece whole(*text);
  re2::StringPiece verb, quoted, single, bare;
  if (!RE2::PartialMatch(whole, kPartiQl, &verb, &quoted, &single, &bare)) return std::nullopt;
  const re2::StringPiece name = !quoted.empty() ? quoted : !single.empty() ? single : bare;
  const std::string_view before(text->data(), static_cast<std::size_t>(name.data() - text->data()));
  TableStatement statement;
  statement.table = part_of(pool, value, before, std::string_view(name.data(), name.size()));
  switch (lower(std::string(verb.data(), 1))[0]) {
    case 'i': statement.types = {"INSERT"}; break;
    case 'u': statement.types = {"MODIFY"}; break;
    case 'd': statement.types = {"REMOVE"}; break;
    default: break;
  }
  statement.adds = RE2::PartialMatch(whole, kAdds);
  return statement;
}

}  // namespace fnlint
