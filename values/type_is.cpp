#include "values/functions.h"
#include "values/type_names.h"

#include <algorithm>
#include <iterator>
#include <string>

// Whether a value is of a type that a language names.
namespace fnlint {
namespace {

enum class Family : std::uint8_t { Text, Number, Bool, List, Record, Function, None };
struct TypeName {
  std::string_view name;
  Family family;
};
// What languages call the families, last word of the path. Not here: unknown, so no answer.
constexpr TypeName kTypeNames[] = {
    {"str", Family::Text},
    {"string", Family::Text},
    {"String", Family::Text},
    {"int", Family::Number},
    {"float", Family::Number},
    {"number", Family::Number},
    {"Number", Family::Number},
    {"Integer", Family::Number},
    {"Long", Family::Number},
    {"Double", Family::Number},
    {"Decimal", Family::Number},
    {"bool", Family::Bool},
    {"boolean", Family::Bool},
    {"Boolean", Family::Bool},
    {"list", Family::List},
    {"tuple", Family::List},
    {"Array", Family::List},
    {"List", Family::List},
    {"ArrayList", Family::List},
    {"Collection", Family::List},
    {"IList", Family::List},
    {"ICollection", Family::List},
    {"Dictionary", Family::Record},
    {"IDictionary", Family::Record},
    {"IReadOnlyDictionary", Family::Record},
    {"dict", Family::Record},
    {"Map", Family::Record},
    {"HashMap", Family::Record},
    {"Hash", Family::Record},
    {"function", Family::Function},
    {"Function", Family::Function},
    {"NoneType", Family::None},
    {"undefined", Family::None},
    {"null", Family::None},
};

std::optional<Family> family_named(std::string_view type) {
  const std::string_view word = type.substr(type.rfind('.') + 1);
  for (const TypeName& known : kTypeNames)
    if (known.name == word) return known.family;
  return std::nullopt;
}

// Of one size, or of any: no language's word for another family.
constexpr std::string_view kSizedNumbers[] = {
    "BigDecimal", "BigInteger", "Float",  "Int",    "Int16",  "Int32",  "Int64",   "Integral",
    "bigint",     "decimal",    "int8",   "int16",  "int32",  "int64",  "float32", "float64",
    "uint",       "uint8",      "uint16", "uint32", "uint64", "UInt16", "UInt32",  "UInt64"};

std::optional<Family> family_of(const ValuePool& pool, ValueId value) {
  switch (pool[value].kind) {
    case ValueKind::Absent:
    case ValueKind::Null: return Family::None;
    case ValueKind::Bool: return Family::Bool;
    case ValueKind::Number: return Family::Number;
    case ValueKind::Text:
    case ValueKind::Pattern:
    case ValueKind::Reference: return Family::Text;
    case ValueKind::List: return Family::List;
    case ValueKind::Record: return Family::Record;
    case ValueKind::Function: return Family::Function;
    case ValueKind::Computed:
      switch (gives(pool.opcode(value))) {
        case Gives::Text: return Family::Text;
        case Gives::Test: return Family::Bool;
        default: return std::nullopt;
      }
    default: return std::nullopt;
  }
}

// "instance:0:2": an object of the project is told by its class.
std::string class_of(const ValuePool& pool, ValueId object) {
  const std::string_view path = pool.text(object);
  return std::string(path.substr(path.find(':') + 1));
}
bool is_of_project(const ValuePool& pool, ValueId object) {
  const std::string_view path = pool.text(object);
  return path.starts_with("instance:") || path.starts_with("class:");
}

}  // namespace

bool is_number_type(std::string_view type) {
  const std::string_view word = type.substr(type.rfind('.') + 1);
  return family_named(type) == Family::Number ||
         std::ranges::find(kSizedNumbers, word) != std::end(kSizedNumbers);
}

bool is_plain_type(std::string_view type) { return family_named(type).has_value(); }

ValueId compute_type_is(ValuePool& pool, Operands operands) {
  const std::optional<std::string_view> type = as_text(pool, operands[1]);
  if (!type) return {};
  if (pool.is(operands[0], ValueKind::Object) && operands.size() > 2 &&
      is_of_project(pool, operands[0])) {
    const ValueId mine = pool.text_value(class_of(pool, operands[0]));
    return pool.boolean(std::ranges::find(pool.operands(operands[2]), mine) !=
                        pool.operands(operands[2]).end());
  }
  if (pool.is(operands[0], ValueKind::Object))  // another class may be derived from the one asked
    return pool.text(operands[0]) == *type ? pool.boolean(true) : ValueId{};
  const std::optional<Family> wanted = family_named(*type), actual = family_of(pool, operands[0]);
  if (!actual || (!wanted && *actual != Family::None)) return {};
  // A whole number may be called an int or a float: the same family says nothing.
  const bool loose = *actual == Family::Number && wanted == Family::Number;
  if (loose && *type != "number" && *type != "Number") return {};
  return pool.boolean(wanted == actual);
}

ValueId name_of_type(ValuePool& pool, ValueId value) {
  // Null stands for both null, which is an object, and undefined.
  if (pool.is(value, ValueKind::Null)) return {};
  if (pool.is(value, ValueKind::Object) && pool.text(value).starts_with("instance:"))
    return pool.text_value("object");
  const std::optional<Family> family = family_of(pool, value);
  if (!family) return {};
  switch (*family) {
    case Family::Text: return pool.text_value("string");
    case Family::Number: return pool.text_value("number");
    case Family::Bool: return pool.text_value("boolean");
    case Family::List:
    case Family::Record: return pool.text_value("object");
    case Family::Function: return pool.text_value("function");
    case Family::None: return pool.text_value("undefined");
  }
  return {};
}

}  // namespace fnlint
