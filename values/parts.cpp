#include "values/functions.h"

// The parts of a text of which not all is known, and what such a part cannot hold.
namespace fnlint {
namespace {

constexpr std::string_view kCapitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kSmall = "abcdefghijklmnopqrstuvwxyz";

// An item of split(s, sep) holds no sep, where that is one byte.
std::string_view excludes_of_item(const ValuePool& pool, ValueId list) {
  if (!pool.is(list, ValueKind::Computed)) return {};
  if (pool.opcode(list) != Opcode::Split && pool.opcode(list) != Opcode::Rsplit) return {};
  const auto operands = pool.operands(list);
  if (operands.size() != 2 || !is_text(pool, operands[1])) return {};
  const std::string_view separator = pool.text(operands[1]);
  return separator.size() == 1 ? separator : std::string_view();
}

}  // namespace

bool is_text_like(ValueKind kind) {
  switch (kind) {
    case ValueKind::Text:
    case ValueKind::Pattern:
    case ValueKind::Hole:
    case ValueKind::Reference:
    case ValueKind::Computed:
    case ValueKind::Unknown: return true;
    default: return false;
  }
}

bool is_nullish(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Absent) || pool.is(value, ValueKind::Null);
}

bool is_text(const ValuePool& pool, ValueId value) { return pool.is(value, ValueKind::Text); }

std::optional<std::string_view> known_text(const ValuePool& pool, ValueId value) {
  if (!is_text(pool, value) || pool.text(value).size() > kTextInput) return std::nullopt;
  return pool.text(value);
}

Operands parts_of(const ValuePool& pool, const ValueId& value) {
  if (pool.is(value, ValueKind::Pattern)) return pool.operands(value);
  return {&value, 1};
}

std::string_view excludes_of(const ValuePool& pool, ValueId part) {
  const Value& row = pool[part];
  const std::string_view text = pool[row.text];
  if (row.kind == ValueKind::Hole && row.origin == Origin::Pseudo) {
    const bool plain = text == "AWS::AccountId" || text == "AWS::Region" ||
                       text == "AWS::Partition" || text == "SecretSuffix";
    return plain ? "/:.*_ " : "";
  }
  if (row.kind == ValueKind::Reference && text.ends_with("Name")) return "/:";
  if (row.kind != ValueKind::Computed) return {};
  if (text == "basename" || text == "stem" || text == "extension") return "/";
  if (text == "lower") return kCapitals;
  if (text == "upper") return kSmall;
  const auto operands = pool.operands(part);
  if (operands.empty()) return {};
  if (text == "index" || text == "element") return excludes_of_item(pool, operands[0]);
  // What only takes away holds nothing new.
  const bool shortens = text == "without_extension" || text == "part" || text == "strip" ||
                        text == "lstrip" || text == "rstrip" || text == "strip_prefix" ||
                        text == "strip_suffix" || text == "trim";
  return shortens ? excludes_of(pool, operands[0]) : std::string_view();
}

bool may_hold(const ValuePool& pool, ValueId part, std::string_view text) {
  return text.find_first_of(excludes_of(pool, part)) == std::string_view::npos;
}

bool same_part(ValuePool& pool, ValueId a, ValueId b) {
  return pool.plain(a) == pool.plain(b) && pool.identified(a);
}

ValueId call(ValuePool& pool, std::string_view name, std::initializer_list<ValueId> operands) {
  return compute(pool, name, std::span(operands.begin(), operands.size()));
}
ValueId call(ValuePool& pool, Opcode opcode, std::initializer_list<ValueId> operands) {
  return compute(pool, opcode, std::span(operands.begin(), operands.size()));
}

}  // namespace fnlint
