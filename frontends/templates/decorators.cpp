// A scanner of the text that finds decorators, and evaluates their arguments where these are
// literal.

#include "frontends/templates/decorators.h"

#include "core/characters.h"
#include "core/limits.h"

#include <algorithm>
#include <map>

namespace fnlint {

namespace {

using Constants = std::map<std::string, PythonValue, std::less<>>;

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}
  std::vector<Decorated> read();

 private:
  [[nodiscard]] char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
  [[nodiscard]] bool holds(std::string_view word) const {
    return text_.substr(at_).starts_with(word);
  }
  void skip_blanks();  // and line ends, and comments
  void skip_line();
  std::string word();
  PythonValue value(std::size_t depth);
  PythonValue text_value();
  PythonValue list_value(std::size_t depth);
  PythonValue named_value();
  void skip_expression(std::size_t depth);
  bool environment(PythonValue& value);
  void decorator(std::vector<Decorator>& decorators);
  void arguments(Decorator& decorator);
  void constant();
  [[nodiscard]] Range range_from(std::size_t begin) const {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Constants constants_ = {};
};

void Scanner::skip_blanks() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '#')
      while (at_ < text_.size() && text_[at_] != '\n') ++at_;
    else if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\\')
      ++at_;
    else
      return;
  }
}

void Scanner::skip_line() {
  while (at_ < text_.size() && text_[at_] != '\n') ++at_;
  if (at_ < text_.size()) ++at_;
}

std::string Scanner::word() {
  const std::size_t begin = at_;
  while (is_word(at(at_)) || at(at_) == '.') ++at_;
  return std::string(text_.substr(begin, at_ - begin));
}

PythonValue Scanner::text_value() {
  const std::size_t begin = at_;
  const char quote = text_[at_];
  const bool triple = at(at_ + 1) == quote && at(at_ + 2) == quote;
  at_ += triple ? 3 : 1;
  PythonValue value{.kind = PythonValue::Kind::Text};
  while (at_ < text_.size()) {
    const bool ends = triple ? at(at_) == quote && at(at_ + 1) == quote && at(at_ + 2) == quote
                             : text_[at_] == quote || text_[at_] == '\n';
    if (ends) break;
    if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
    value.text += text_[at_++];
  }
  at_ = std::min(at_ + (triple ? 3 : 1), text_.size());
  value.where = range_from(begin);
  return value;
}

PythonValue Scanner::list_value(std::size_t depth) {
  const std::size_t begin = at_++;
  PythonValue list{.kind = PythonValue::Kind::List};
  for (skip_blanks(); at_ < text_.size() && at(at_) != ']' && at(at_) != ')'; skip_blanks()) {
    list.items.push_back(value(depth + 1));
    skip_blanks();
    if (at(at_) != ',') break;
    ++at_;
  }
  if (at(at_) == ']' || at(at_) == ')')
    ++at_;
  else
    list.kind = PythonValue::Kind::Unknown;
  list.where = range_from(begin);
  return list;
}

// Up to the "," or ")" that ends it.
void Scanner::skip_expression(std::size_t depth) {
  std::size_t open = 0;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '\'' || c == '"') {
      text_value();
      continue;
    }
    if (open == 0 && (c == ',' || c == ')' || c == ']' || c == '}')) return;
    if (c == '(' || c == '[' || c == '{') ++open;
    if (c == ')' || c == ']' || c == '}') --open;
    if (open + depth > kNestingDepth) {
      at_ = text_.size();
      return;
    }
    ++at_;
  }
}

// os.environ["A"], os.environ.get("A"), os.getenv("A"): after the name.
bool Scanner::environment(PythonValue& value) {
  if (at(at_) != '[' && at(at_) != '(') return false;
  ++at_;
  skip_blanks();
  if (at(at_) != '\'' && at(at_) != '"') return false;
  const PythonValue name = text_value();
  value.kind = PythonValue::Kind::Environment;
  value.text = name.text;
  skip_expression(0);
  while (at(at_) == ',') {
    ++at_;
    skip_expression(0);
  }
  if (at(at_) == ']' || at(at_) == ')') ++at_;
  return true;
}

PythonValue Scanner::named_value() {
  const std::size_t begin = at_;
  const std::string name = word();
  PythonValue value;
  const bool variable = name == "os.environ" || name == "os.environ.get" || name == "os.getenv" ||
                        name == "environ" || name == "getenv";
  if (!variable || !environment(value)) {
    const auto known = constants_.find(name);
    if (known != constants_.end()) value = known->second;
    if (name == "None") value.text = name;
  }
  value.where = range_from(begin);
  return value;
}

PythonValue Scanner::value(std::size_t depth) {
  skip_blanks();
  const std::size_t begin = at_;
  PythonValue result;
  const char c = at(at_);
  if (depth > kNestingDepth) {
    at_ = text_.size();
    return result;
  }
  if (c == '\'' || c == '"') {
    result = text_value();
  } else if (c == '[' || c == '(') {
    result = list_value(depth);
  } else if (is_digit(c)) {
    result = {.kind = PythonValue::Kind::Number, .text = word()};
    result.where = range_from(begin);
  } else if (is_word(c)) {
    result = named_value();
  }
  skip_blanks();
  if (at(at_) != ',' && at(at_) != ')' && at(at_) != ']' && at(at_) != '\n' && at_ < text_.size()) {
    const bool ends = depth == 0 && at_ > begin && text_[at_ - 1] == '\n';
    if (!ends) {  // more of an expression than its first part
      skip_expression(depth);
      result = {};
      result.where = range_from(begin);
    }
  }
  return result;
}

void Scanner::arguments(Decorator& decorator) {
  ++at_;
  for (skip_blanks(); at_ < text_.size() && at(at_) != ')'; skip_blanks()) {
    PythonArgument argument;
    const std::size_t begin = at_;
    if (is_word(at(at_)) && !is_digit(at(at_))) {
      argument.name = word();
      skip_blanks();
      if (at(at_) == '=' && at(at_ + 1) != '=') {
        ++at_;
      } else {
        argument.name.clear();
        at_ = begin;
      }
    }
    argument.value = value(1);
    decorator.arguments.push_back(std::move(argument));
    skip_blanks();
    if (at(at_) == ',') ++at_;
    if (at_ == begin) break;
  }
  if (at(at_) == ')') ++at_;
}

void Scanner::decorator(std::vector<Decorator>& decorators) {
  const std::size_t begin = at_++;
  const std::string path = word();
  Decorator found;
  const std::size_t dot = path.rfind('.');
  if (dot != std::string::npos) found.method = path.substr(dot + 1);
  if (at(at_) == '(') arguments(found);
  found.where = range_from(begin);
  if (!found.method.empty()) decorators.push_back(std::move(found));
}

// NAME = 'text' at the begin of a line.
void Scanner::constant() {
  const std::string name = word();
  while (at(at_) == ' ') ++at_;
  if (at(at_) != '=' || at(at_ + 1) == '=') return;
  ++at_;
  while (at(at_) == ' ') ++at_;
  const char c = at(at_);
  PythonValue found;
  if (c == '\'' || c == '"')
    found = text_value();
  else if (holds("os.environ") || holds("os.getenv"))
    found = named_value();
  while (at(at_) == ' ' || at(at_) == '\t') ++at_;
  const bool whole = at_ >= text_.size() || at(at_) == '\n' || at(at_) == '\r' || at(at_) == '#';
  if (!whole) found = {};
  constants_.insert_or_assign(name, std::move(found));
}

std::vector<Decorated> Scanner::read() {
  std::vector<Decorated> functions;
  std::vector<Decorator> pending;
  while (at_ < text_.size()) {
    if (holds("'''") || holds("\"\"\"")) {
      text_value();
    } else if (at(at_) == '@') {
      decorator(pending);
    } else if (holds("def ") || holds("async def ")) {
      at_ += holds("def ") ? 4 : 10;
      const std::size_t begin = at_;
      const std::string name = word();
      if (!pending.empty()) functions.push_back({name, range_from(begin), std::move(pending)});
      pending.clear();
    } else if (is_word(at(at_)) && !is_digit(at(at_))) {
      constant();
    }
    skip_line();
  }
  return functions;
}

}  // namespace

const PythonValue* Decorator::argument(std::string_view name, std::size_t position) const {
  for (const PythonArgument& row : arguments)
    if (row.name == name) return &row.value;
  if (position < arguments.size() && arguments[position].name.empty())
    return &arguments[position].value;
  return nullptr;
}

std::vector<Decorated> read_decorated_functions(std::string_view text) {
  return Scanner(text).read();
}

}  // namespace fnlint
