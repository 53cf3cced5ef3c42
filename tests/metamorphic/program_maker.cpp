// Makes helpers, branches, loops and sends around random expressions.

#include "tests/metamorphic/program_maker.h"

#include "tests/metamorphic/expression_maker.h"

#include <optional>
#include <string>
#include <utility>

namespace fnlint::test {
namespace {

constexpr int kDeepestBlock = 3;

class Maker : private ExpressionMaker {
 public:
  explicit Maker(std::uint64_t number) : ExpressionMaker(number) {}
  GeneratedProgram program();

 private:
  std::string fresh(const std::string& stem) { return stem + std::to_string(++names_); }

  void block(Block& out, int depth, bool may_end);
  void statement(Block& out, int depth);
  void declare(Block& out);
  void declare_by_branches(Block& out);
  bool change(Block& out);
  Statement set_field();
  Statement condition(int depth);
  Statement each(int depth);
  Statement send();
  Statement end(int depth);
  std::optional<Statement> way_out();
  Helper helper();

  int names_ = 0, sends_left_ = 2;
  int loops_ = 0;  // around what is being made
  bool in_handler_loop_ = false;
  bool alike_ = false;  // both helpers can be called in the same way
};

void Maker::declare(Block& out) {
  static constexpr Type kTypes[] = {Type::Flag,    Type::Flag,   Type::Text,
                                    Type::Text,    Type::Number, Type::Texts,
                                    Type::Entries, Type::Maybe,  Type::Maybe};
  Type type = any(kTypes);
  if (alike_ && !result_ && !variable(Type::Helper) && chance(30)) type = Type::Helper;
  static constexpr const char* kStems[] = {"flag",  "text",  "number", "list",
                                           "table", "maybe", "chosen"};
  Statement made{Act::Assign, fresh(kStems[static_cast<int>(type)]), {}, true};
  made.values.push_back(value(type, 0));
  scope_.push_back({made.name, type});
  out.push_back(std::move(made));
}

// A variable that has its first value from one branch or the other.
void Maker::declare_by_branches(Block& out) {
  static constexpr Type kTypes[] = {Type::Flag, Type::Text, Type::Maybe, Type::Texts};
  const Type type = any(kTypes);
  const std::string name = fresh("one");
  out.push_back({Act::Declare, name});
  Statement choice{Act::If};
  choice.values.push_back(test(0));
  for (Block* branch : {&choice.then, &choice.otherwise}) {
    Statement made{Act::Assign, name};
    made.values.push_back(value(type, 1));
    branch->push_back(std::move(made));
  }
  out.push_back(std::move(choice));
  scope_.push_back({name, type});
}

bool Maker::change(Block& out) {
  std::vector<Variable> able;
  for (const Variable& one : scope_)
    if (!one.fixed && one.type != Type::Helper) able.push_back(one);
  if (able.empty()) return false;
  const Variable one = any(able);
  Statement made{Act::Assign, one.name};
  if (one.type == Type::Texts && chance(75)) made.act = Act::Append;
  if (one.type == Type::Entries) {
    made.act = Act::SetEntry;
    made.key = chance(50) ? any(kKeys) : any(kTexts);
  }
  const bool takes_text = made.act != Act::Assign;
  made.values.push_back(value(takes_text ? Type::Text : one.type, 1));
  out.push_back(std::move(made));
  return true;
}

Statement Maker::set_field() {
  static constexpr Type kTypes[] = {Type::Text, Type::Flag, Type::Number};
  const Expression place = field(any(kTypes));
  Statement made{Act::SetField, place.name};
  made.values.push_back(value(place.type, 1));
  return made;
}

Statement Maker::condition(int depth) {
  Statement made{Act::If};
  made.values.push_back(test(0));
  const std::size_t outside = scope_.size();
  const Expression& asked = made.values[0];
  if (asked.op == Op::Present) scope_.push_back({asked.parts[0].name, Type::Text, true});
  block(made.then, depth + 1, true);
  scope_.resize(outside);
  if (chance(30) && depth < kDeepestBlock) {
    made.otherwise.push_back(condition(depth + 1));  // elif
  } else if (chance(50)) {
    block(made.otherwise, depth + 1, true);
    scope_.resize(outside);
  }
  return made;
}

Statement Maker::each(int depth) {
  Statement made{Act::Each, fresh("each")};
  const auto list = variable(Type::Texts);
  made.values.push_back(list && chance(50) ? *list : texts_constant(1));
  const std::size_t outside = scope_.size();
  scope_.push_back({made.name, Type::Text, true});
  ++loops_;
  made.then.push_back(condition(depth + 1));
  if (chance(30)) statement(made.then, depth + 1);
  --loops_;
  scope_.resize(outside);
  return made;
}

// What ends a block: the end of the function, of the loop or of its round.
std::optional<Statement> Maker::way_out() {
  if (loops_ > 0 && chance(40)) return Statement{chance(50) ? Act::Leave : Act::Skip};
  // In the handler's own loop a return is `continue`, which would be of the inner loop there.
  if (loops_ > 0 && in_handler_loop_ && !result_) return {};
  return chance(result_ ? 60 : 25) ? std::optional(end(1)) : std::nullopt;
}

Statement Maker::send() {
  --sends_left_;
  Statement made{Act::Send};
  made.spread = chance(50);
  for (const Type type : {Type::Text, Type::Flag, Type::Number})
    made.values.push_back(chance(20) ? field(type) : value(type, 1));
  return made;
}

Statement Maker::end(int depth) {
  Statement made{Act::Return};
  if (result_) made.values.push_back(value(*result_, depth));
  return made;
}

void Maker::statement(Block& out, int depth) {
  const bool may_send = !result_ && sends_left_ > 0;
  if (may_send && chance(4 + 8 * depth)) return out.push_back(send());
  if (depth < kDeepestBlock && chance(35)) return out.push_back(condition(depth));
  if (depth < kDeepestBlock && chance(8)) return out.push_back(each(depth));
  if (chance(depth == 0 ? 30 : 80) && change(out)) return;
  if (chance(15)) return declare_by_branches(out);
  if (!result_ && chance(6)) return out.push_back(set_field());
  declare(out);
}

void Maker::block(Block& out, int depth, bool may_end) {
  const int many = depth == 0 ? 3 + pick(4) : 1 + pick(2);
  for (int i = 0; i < many; ++i) statement(out, depth);
  if (!may_end) return;
  if (auto last = way_out()) out.push_back(std::move(*last));
}

Helper Maker::helper() {
  static constexpr Type kResults[] = {Type::Text, Type::Text, Type::Flag, Type::Maybe};
  static constexpr Type kTypes[] = {Type::Text, Type::Text, Type::Flag, Type::Number};
  Helper made{fresh("helper"), any(kResults)};
  if (!helpers_.empty() && chance(60)) {
    made.result = helpers_[0].result;
    made.parameters = helpers_[0].parameters;
    alike_ = true;
  } else if (chance(40)) {
    made.parameters = {{"message", Type::Message}};
  } else {
    for (int i = 1 + pick(2); i > 0; --i) made.parameters.push_back({fresh("given"), any(kTypes)});
  }
  sees_message_ = made.parameters[0].type == Type::Message;
  result_ = made.result;
  for (const Parameter& one : made.parameters)
    if (one.type != Type::Message) scope_.push_back({one.name, one.type, true});
  for (int i = 1 + pick(2); i > 0; --i)
    made.body.push_back(chance(70) ? condition(1) : each(1));
  made.body.push_back(end(0));
  scope_.clear();
  result_.reset();
  sees_message_ = true;
  return made;
}

GeneratedProgram Maker::program() {
  GeneratedProgram made;
  made.in_loop = in_handler_loop_ = chance(40);
  made.sends_apart = chance(50);
  for (int i = pick(3); i > 0; --i) {
    Helper one = helper();
    helpers_.push_back(std::move(one));
  }
  block(made.body, 0, false);
  made.helpers = helpers_;
  if (sends_left_ < 2 && chance(40)) return made;
  // What the code before has made known decides about a last one.
  Statement last{Act::If};
  last.values.push_back(test(0));
  (chance(75) ? last.then : last.otherwise).push_back(send());
  made.body.push_back(chance(85) ? std::move(last) : send());
  return made;
}

}  // namespace

GeneratedProgram make_program(std::uint64_t number) { return Maker(number).program(); }

}  // namespace fnlint::test
