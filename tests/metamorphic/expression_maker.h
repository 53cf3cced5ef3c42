// Expressions of random programs, always well typed.
#pragma once

#include "tests/metamorphic/program_tree.h"

#include <cstdint>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace fnlint::test {

// Makes random expressions of the variables, helpers and fields that can be seen.
class ExpressionMaker {
 protected:
  struct Variable {
    std::string name = {};
    Type type = Type::Text;
    bool fixed = false;  // not to be assigned: a parameter, or a Maybe that is known to be a text
  };
  static constexpr int kDeepestExpression = 2;
  static constexpr const char* kTexts[] = {"a", "b", "c"};
  static constexpr const char* kKeys[] = {"one", "two"};

  explicit ExpressionMaker(std::uint64_t number) : random_(number) {}

  // One of so many; the library's distributions differ from one system to the next.
  int pick(int many) { return static_cast<int>(random_() % static_cast<unsigned>(many)); }
  bool chance(int percent) { return pick(100) < percent; }
  template <class List>
  const auto& any(const List& list) {
    return list[static_cast<std::size_t>(pick(static_cast<int>(std::size(list))))];
  }

  // A variable that can be seen, if there is one.
  std::optional<Expression> variable(Type type);
  Expression field(Type type);
  Expression value(Type type, int depth);
  Expression texts_constant(int least);
  // A test; as a value it is true or false in every language.
  Expression test(int depth, bool as_value = false);

  std::vector<Helper> helpers_ = {};
  std::vector<Variable> scope_ = {};
  std::optional<Type> result_ = {};  // of the helper that is being made
  bool sees_message_ = true;

 private:
  std::optional<Expression> call(Type type, int depth);
  Expression subject(Type type, int depth);
  Expression text_constant() { return {Op::Text, Type::Text, any(kTexts)}; }
  Expression entries_constant();
  Expression choice(Type type, int depth);
  Expression flag(int depth);
  Expression text(int depth);
  Expression number(int depth);
  Expression maybe(int depth);
  Expression helper_choice(int depth);
  Expression compound_test(int depth, bool as_value);
  Expression comparison(int depth);
  std::optional<Expression> collection_test(bool as_value);
  std::optional<Expression> maybe_test(bool as_value);

  std::mt19937_64 random_;
};

}  // namespace fnlint::test
