// Interprets a program on all messages that matter, and follows the chains of its own messages.

#include "tests/metamorphic/program_run.h"

#include "core/text.h"

#include <algorithm>
#include <exception>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <utility>
#include <variant>

namespace fnlint::test {
namespace {

// Lists and entries are shared by the variables that hold them, as in both languages.
using Texts = std::shared_ptr<std::vector<std::string>>;
using Entries = std::shared_ptr<std::map<std::string, std::string>>;
using Value = std::variant<std::monostate, bool, int, std::string, Texts, Entries>;

// One run of the program. What a program may not do ends in an exception of the library.
class ProgramRun {
 public:
  using Places = std::set<const Statement*>;
  ProgramRun(const GeneratedProgram& program, Sent message, Places& senders)
      : program_(program), message_(std::move(message)), senders_(senders) {}
  std::vector<Sent> sent() {
    run(program_.body);
    return std::move(sent_);
  }

 private:
  Value constant(const Expression& one);
  Value field(const std::string& name) const;
  Value call(const Expression& one);
  Value made(const Expression& one);
  Value of(const Expression& one);
  Value part(const Expression& one, std::size_t i) { return of(one.parts.at(i)); }
  std::string text(const Expression& one) { return std::get<std::string>(of(one)); }
  bool holds(const Expression& one);
  bool truth(const Value& value) const;

  enum class Then : std::uint8_t { GoOn, Skip, Leave, End };
  Then run(const Block& block);
  Then run(const Statement& one);
  Then run_each(const Statement& one);
  void set_field(const Statement& one);
  void assign(const Statement& one);

  const GeneratedProgram& program_;
  Sent message_;
  Places& senders_;
  std::vector<Sent> sent_ = {};
  std::map<std::string, Value> variables_ = {};
  std::set<std::string> declared_ = {};
  Value result_ = {};
};

Value ProgramRun::field(const std::string& name) const {
  if (name == "kind") return message_.kind;
  if (name == "flag") return message_.flag;
  return message_.n;
}

Value ProgramRun::constant(const Expression& one) {
  switch (one.op) {
    case Op::Flag: return one.number != 0;
    case Op::Number: return one.number;
    case Op::Nothing:
    case Op::Message: return {};
    case Op::Texts: {
      auto made = std::make_shared<std::vector<std::string>>();
      for (const Expression& each : one.parts) made->push_back(text(each));
      return made;
    }
    case Op::Entries: {
      auto made = std::make_shared<std::map<std::string, std::string>>();
      for (std::size_t i = 0; i + 1 < one.parts.size(); i += 2)
        (*made)[text(one.parts[i])] = text(one.parts[i + 1]);
      return made;
    }
    case Op::Field: return field(one.name);
    case Op::Variable: return variables_.at(one.name);
    default: return one.name;  // texts, and helpers
  }
}

Value ProgramRun::call(const Expression& one) {
  const auto held = variables_.find(one.name);
  const std::string name =
      held == variables_.end() ? one.name : std::get<std::string>(held->second);
  const auto helper = std::ranges::find(program_.helpers, name, &Helper::name);
  if (helper == program_.helpers.end() || helper->parameters.size() != one.parts.size())
    throw std::out_of_range(name);
  std::map<std::string, Value> inside;
  for (std::size_t i = 0; i < one.parts.size(); ++i)
    inside[helper->parameters[i].name] = part(one, i);
  std::swap(inside, variables_);
  auto outer_names = std::exchange(declared_, {});
  if (run(helper->body) != Then::End) throw std::out_of_range(name);  // without a result
  std::swap(inside, variables_);
  declared_ = std::move(outer_names);
  return std::exchange(result_, {});
}

bool ProgramRun::truth(const Value& value) const {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* list = std::get_if<Texts>(&value)) return !(*list)->empty();
  if (const auto* text = std::get_if<std::string>(&value)) return !text->empty();
  return std::get<int>(value.index() == 0 ? Value(0) : value) != 0;
}

bool ProgramRun::holds(const Expression& one) {
  switch (one.op) {
    case Op::Equal: return part(one, 0) == part(one, 1);
    case Op::Differs: return part(one, 0) != part(one, 1);
    case Op::Less: return std::get<int>(part(one, 0)) < std::get<int>(part(one, 1));
    case Op::And: return truth(part(one, 0)) && truth(part(one, 1));
    case Op::Or: return truth(part(one, 0)) || truth(part(one, 1));
    case Op::Not: return !truth(part(one, 0));
    case Op::Filled: return truth(part(one, 0));
    case Op::Among: {
      const std::string sought = text(one.parts[0]);
      const auto list = std::get<Texts>(part(one, 1));
      return std::ranges::find(*list, sought) != list->end();
    }
    case Op::HasKey: return std::get<Entries>(part(one, 0))->contains(text(one.parts[1]));
    case Op::Absent: return part(one, 0).index() == 0;
    default: return part(one, 0).index() != 0;
  }
}

Value ProgramRun::made(const Expression& one) {
  switch (one.op) {
    case Op::Choose: return part(one, truth(part(one, 0)) ? 1 : 2);
    case Op::Length: return static_cast<int>(std::get<Texts>(part(one, 0))->size());
    case Op::Plus: return std::get<int>(part(one, 0)) + one.number;
    case Op::Lookup: {
      const auto entries = std::get<Entries>(part(one, 0));
      const auto found = entries->find(text(one.parts[1]));
      return found == entries->end() ? Value{} : Value{found->second};
    }
    case Op::Else: {
      const Value first = part(one, 0);
      return truth(first) ? first : part(one, 1);
    }
    case Op::Call: return call(one);
    default: return holds(one);
  }
}

Value ProgramRun::of(const Expression& one) {
  return one.op < Op::Choose ? constant(one) : made(one);
}

void ProgramRun::set_field(const Statement& one) {
  const Value value = of(one.values.at(0));
  if (one.name == "kind") message_.kind = std::get<std::string>(value);
  if (one.name == "flag") message_.flag = std::get<bool>(value);
  if (one.name == "n") message_.n = std::get<int>(value);
}

void ProgramRun::assign(const Statement& one) {
  if (one.act == Act::SetField) return set_field(one);
  Value value = of(one.values.at(0));
  if (one.act == Act::Append)
    return std::get<Texts>(variables_.at(one.name))->push_back(std::get<std::string>(value));
  if (one.act == Act::SetEntry) {
    (*std::get<Entries>(variables_.at(one.name)))[one.key] = std::get<std::string>(value);
    return;
  }
  if (one.declares) declared_.insert(one.name);
  if (!declared_.contains(one.name)) throw std::out_of_range(one.name);
  variables_[one.name] = std::move(value);
}

ProgramRun::Then ProgramRun::run_each(const Statement& one) {
  constexpr std::size_t kMost = 50;  // a loop may fill its own list
  const Texts list = std::get<Texts>(of(one.values.at(0)));
  for (std::size_t i = 0; i < list->size(); ++i) {
    if (i == kMost) throw std::out_of_range(one.name);
    variables_[one.name] = list->at(i);
    const Then then = run(one.then);
    if (then == Then::Leave) break;
    if (then == Then::End) return then;
  }
  return Then::GoOn;
}

ProgramRun::Then ProgramRun::run(const Statement& one) {
  switch (one.act) {
    case Act::Declare: declared_.insert(one.name); return Then::GoOn;
    case Act::Each: return run_each(one);
    case Act::Leave: return Then::Leave;
    case Act::Skip: return Then::Skip;
    case Act::If: return run(truth(of(one.values.at(0))) ? one.then : one.otherwise);
    case Act::Return:
      if (!one.values.empty()) result_ = of(one.values[0]);
      return Then::End;
    case Act::Send:
      senders_.insert(&one);
      sent_.push_back({text(one.values.at(0)), std::get<bool>(of(one.values.at(1))),
                       std::get<int>(of(one.values.at(2)))});
      return Then::GoOn;
    default: assign(one); return Then::GoOn;
  }
}

ProgramRun::Then ProgramRun::run(const Block& block) {
  for (const Statement& one : block)
    if (const Then then = run(one); then != Then::GoOn) return then;
  return Then::GoOn;
}

// Programs compare numbers with such between 0 and 2, and change one by a few in a run. A chain
// that has come so far from these has passed more messages that differ in their number alone than
// there are others, and what it did between two of those it does again.
constexpr int kFar = 200;

class Chains {
 public:
  explicit Chains(const GeneratedProgram& program) : program_(program) {}
  // Whether a chain that begins here has no end; `chain` is it then.
  bool endless_from(const Sent& message) {
    chain.clear();
    return goes_on(message);
  }
  // The chain comes back to a message, and does not only count.
  [[nodiscard]] bool comes_back() const { return std::abs(chain.back().n) <= kFar; }

  std::vector<Sent> chain = {};
  ProgramRun::Places senders = {};  // that have sent

 private:
  bool goes_on(const Sent& message) {
    const auto on_path = std::ranges::find(chain, message);
    const bool again = on_path != chain.end();
    if (!again && ends_.contains(message)) return false;
    chain.push_back(message);
    if (again || std::abs(message.n) > kFar) return true;
    for (const Sent& next : ProgramRun(program_, message, senders).sent())
      if (goes_on(next)) return true;
    chain.pop_back();
    ends_.insert(message);
    return false;
  }

  const GeneratedProgram& program_;
  std::set<Sent> ends_ = {};  // every chain from these has an end
};

std::size_t sends_in(const Block& block) {
  std::size_t many = 0;
  for (const Statement& one : block)
    many += (one.act == Act::Send ? 1 : 0) + sends_in(one.then) + sends_in(one.otherwise);
  return many;
}

constexpr int kFirst = -1, kLast = 5;

// Every text that programs name, one that they do not, and the one that is not true; every number
// that they name or count to, and those beyond.
std::vector<Sent> all_messages() {
  std::vector<Sent> all;
  for (const char* kind : {"a", "b", "c", "d", "", "one", "two"})
    for (const bool flag : {false, true})
      for (int n = kFirst; n <= kLast; ++n) all.push_back({kind, flag, n});
  return all;
}

}  // namespace

std::string sent_text(const Sent& message) {
  return cat("{kind: \"", message.kind, "\", flag: ", message.flag ? "true" : "false",
             ", n: ", message.n, '}');
}

std::optional<Truth> truth_of(const GeneratedProgram& program) {
  Truth truth;
  // By what does not count, from how many numbers a chain counts without an end.
  std::map<std::pair<std::string, bool>, int> counting;
  const auto whatever_number = [&](const Sent& from) {
    return ++counting[{from.kind, from.flag}] > kLast - kFirst;
  };
  try {
    Chains chains(program);
    for (const Sent& message : all_messages()) {
      if (!chains.endless_from(message)) continue;
      const bool never = whatever_number(message) || chains.comes_back();
      const End end = never ? End::Never : End::Counted;
      if (end > truth.end) truth = {end, chains.chain};
    }
    truth.sends_by_all = chains.senders.size() == sends_in(program.body);
  } catch (const std::exception&) {
    return {};
  }
  return truth;
}

}  // namespace fnlint::test
