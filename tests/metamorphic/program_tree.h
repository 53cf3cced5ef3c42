// The syntax tree of random programs, of no particular language.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace fnlint::test {

// What a variable or an expression holds. Maybe is a text or nothing.
enum class Type : std::uint8_t { Flag, Text, Number, Texts, Entries, Maybe, Helper, Message };

enum class Op : std::uint8_t {
  // Constants. The parts of Texts are texts; those of Entries are keys and texts in turn.
  Flag,
  Text,
  Number,
  Nothing,
  Texts,
  Entries,
  // What has a name.
  Field,
  Variable,
  Helper,
  Message,
  // Made of parts.
  Choose,  // a test, the value if it holds, the other one
  Equal,
  Differs,
  Less,
  And,
  Or,
  Not,
  Filled,  // a list that is not empty, a text that is there; only where a test stands
  Length,
  Among,  // a text, a list
  Absent,
  Present,
  Else,    // a Maybe, the text for nothing
  HasKey,  // entries, a text
  Lookup,  // entries, a text: a Maybe
  Plus,    // a number, by `number`
  Call     // of the helper, or of the variable that holds one
};

struct Expression {
  Op op = Op::Nothing;
  Type type = Type::Maybe;
  std::string name = {};
  int number = 0;  // the constant of numbers and flags; of a field: in which form it is read
  std::vector<Expression> parts = {};
};

enum class Act : std::uint8_t {
  Declare,
  Assign,
  Append,
  SetEntry,
  SetField,
  If,
  Each,   // `name` is each of a list of texts in turn
  Leave,  // the loop
  Skip,   // the rest of the round
  Return,
  Send
};

struct Statement {
  Act act = Act::Return;
  std::string name = {};  // of the variable or of the field
  std::string key = {};
  bool declares = false;                // of an assignment: it is the variable's first one
  bool spread = false;                  // of a send: a copy of the message, with what differs
  std::vector<Expression> values = {};  // a test; a list; what is returned; the three fields that are sent
  std::vector<Statement> then = {}, otherwise = {};
};
using Block = std::vector<Statement>;

struct Parameter {
  std::string name = {};
  Type type = Type::Text;
};

struct Helper {
  std::string name = {};
  Type result = Type::Text;
  std::vector<Parameter> parameters = {};
  Block body = {};
};

// A function that takes the messages of a queue, and may send to the same one.
struct GeneratedProgram {
  std::vector<Helper> helpers = {};
  Block body = {};
  bool in_loop = false;      // the body stands in the handler's loop, not in a function of its own
  bool sends_apart = false;  // sending is a function of its own
};

}  // namespace fnlint::test
