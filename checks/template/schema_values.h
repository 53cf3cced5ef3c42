// Validates one value against one shape of a resource schema, and words what is wrong with it.
#pragma once

#include "model/value.h"
#include "tables/schemas.h"
#include "values/pool.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What is wrong with a value, as the end of a sentence that begins with its property.
struct WrongValue {
  std::string_view rule = {};
  std::string words = {};
  bool by_form = false;  // a pattern says so
};

// Holds single values against the shapes of CloudFormation's schemas. What is not known, and what
// CloudFormation converts, is never wrong.
class SchemaValues {
 public:
  explicit SchemaValues(const ValuePool& pool);
  ~SchemaValues();
  SchemaValues(const SchemaValues&) = delete;
  SchemaValues& operator=(const SchemaValues&) = delete;

  // `value`: no OneOf. `exact`: the template writes the value in CloudFormation's own form, so that
  // a map in the place of a list is one.
  std::optional<WrongValue> wrong_type(ValueId value, const SchemaShape& shape, bool exact) const;
  // Options, patterns, ranges and lengths; of a list how many entries it has.
  std::optional<WrongValue> wrong_content(ValueId value, const SchemaShape& shape);

 private:
  bool has_form(std::string_view text, std::string_view pattern);

  const ValuePool& pool_;
  struct Forms;
  std::unique_ptr<Forms> forms_;  // patterns that were asked
};

// The name that a mistyped one stands for, or nothing.
std::string_view likeliest(std::string_view name, const std::vector<std::string_view>& names);
// A function of the template that was not evaluated: "Fn::Something", Ref, Condition.
bool is_intrinsic(const ValuePool& pool, ValueId value);

}  // namespace fnlint
