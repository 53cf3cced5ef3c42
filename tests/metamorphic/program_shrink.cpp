// Numbers all single changes of a program, and makes each in turn.

#include "tests/metamorphic/program_shrink.h"

#include <iterator>
#include <utility>

namespace fnlint::test {
namespace {

// Makes one change, the one with this number among all that can be made.
class Shrinking {
 public:
  explicit Shrinking(int number) : left_(number) {}
  bool change(GeneratedProgram& program);

 private:
  bool is_it() { return left_-- == 0; }
  bool shrink(Block& block);
  bool replace(Block& block, std::size_t at);
  bool shrink(Expression& one);

  int left_;
};

bool is_constant(const Expression& one) { return one.op < Op::Field; }

Expression least(Type type) {
  switch (type) {
    case Type::Flag: return {Op::Flag, type, {}, 1};
    case Type::Text: return {Op::Text, type, "a"};
    case Type::Number: return {Op::Number, type};
    case Type::Texts: return {Op::Texts, type};
    case Type::Entries: return {Op::Entries, type};
    default: return {Op::Nothing, type};
  }
}

bool Shrinking::shrink(Expression& one) {
  for (std::size_t i = 0; i < one.parts.size(); ++i) {
    if (one.parts[i].type != one.type || !is_it()) continue;
    Expression part = std::move(one.parts[i]);
    one = std::move(part);
    return true;
  }
  const bool can = one.type != Type::Helper && one.type != Type::Message;
  if (can && (!is_constant(one) || !one.parts.empty()) && is_it()) {
    one = least(one.type);
    return true;
  }
  if (one.type == Type::Flag && !is_constant(one) && is_it()) {
    one = {Op::Flag, Type::Flag, {}, 0};
    return true;
  }
  for (Expression& part : one.parts)
    if (shrink(part)) return true;
  return false;
}

bool Shrinking::replace(Block& block, std::size_t at) {
  for (Block Statement::* branch : {&Statement::then, &Statement::otherwise}) {
    if (block[at].act != Act::If || !is_it()) continue;
    Block inner = std::move(block[at].*branch);
    block.erase(block.begin() + static_cast<std::ptrdiff_t>(at));
    block.insert(block.begin() + static_cast<std::ptrdiff_t>(at),
                 std::make_move_iterator(inner.begin()), std::make_move_iterator(inner.end()));
    return true;
  }
  return false;
}

bool Shrinking::shrink(Block& block) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    if (is_it()) {
      block.erase(block.begin() + static_cast<std::ptrdiff_t>(i));
      return true;
    }
    if (replace(block, i)) return true;
  }
  for (Statement& one : block) {
    for (Expression& value : one.values)
      if (shrink(value)) return true;
    if (one.spread && is_it()) {
      one.spread = false;
      return true;
    }
    if (shrink(one.then) || shrink(one.otherwise)) return true;
  }
  return false;
}

bool Shrinking::change(GeneratedProgram& program) {
  for (std::size_t i = 0; i < program.helpers.size(); ++i) {
    if (!is_it()) continue;
    program.helpers.erase(program.helpers.begin() + static_cast<std::ptrdiff_t>(i));
    return true;
  }
  if (shrink(program.body)) return true;
  for (Helper& one : program.helpers)
    if (shrink(one.body)) return true;
  for (bool GeneratedProgram::* form :
       {&GeneratedProgram::in_loop, &GeneratedProgram::sends_apart}) {
    if (!(program.*form) || !is_it()) continue;
    program.*form = false;
    return true;
  }
  return false;
}

}  // namespace

std::vector<GeneratedProgram> smaller_programs(const GeneratedProgram& program) {
  std::vector<GeneratedProgram> all;
  for (int number = 0;; ++number) {
    GeneratedProgram copy = program;
    if (!Shrinking(number).change(copy)) return all;
    all.push_back(std::move(copy));
  }
}

}  // namespace fnlint::test
