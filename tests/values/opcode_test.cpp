// Operation codes of computed values and their names.

#include "values/opcode.h"

#include "values/pool.h"

#include <gtest/gtest.h>

#include <array>

namespace fnlint::testing {
namespace {

TEST(Opcodes, EachHasItsName) {
  for (const std::string_view name : kOpcodeNames) EXPECT_EQ(name_of(opcode_of(name)), name);
  EXPECT_EQ(opcode_of("no such thing"), Opcode::None);
  EXPECT_EQ(opcode_of(""), Opcode::None);
}

TEST(Opcodes, AreThoseOfComputedValuesAlone) {
  ValuePool pool;
  const std::array operands{pool.text_value("a"), pool.text_value("b")};
  EXPECT_EQ(pool.opcode(pool.computed("equal", operands)), Opcode::Equal);
  EXPECT_EQ(pool.computed("equal", operands), pool.computed(Opcode::Equal, operands));
  EXPECT_EQ(pool.opcode(pool.computed("of somebody's own", operands)), Opcode::None);
  EXPECT_EQ(pool.opcode(pool.text_value("equal")), Opcode::None);
  EXPECT_EQ(pool.opcode(ValueId{}), Opcode::None);
}

TEST(Opcodes, AreTheSameInACopy) {
  ValuePool pool;
  const auto copy = pool.copy();
  const std::array operands{copy->text_value("a")};
  EXPECT_EQ(copy->opcode(copy->computed("not", operands)), Opcode::Not);
}

}  // namespace
}  // namespace fnlint::testing
