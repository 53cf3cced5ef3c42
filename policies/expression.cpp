// A recursive-descent parser for expressions, paths and message templates, which checks types and
// names as it reads.

#include "policies/expression.h"

#include "core/limits.h"
#include "core/text.h"
#include "model/settings.h"
#include "values/number_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace fnlint {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

struct NamedKind {
  std::string_view name = {};
  ExpressionKind kind{};
  std::size_t least = 1, most = 1;  // operands
};
constexpr std::array kFunctions{NamedKind{"count", ExpressionKind::Count},
                                NamedKind{"sum", ExpressionKind::Sum},
                                NamedKind{"min", ExpressionKind::Least, 1, 8},
                                NamedKind{"max", ExpressionKind::Most, 1, 8},
                                NamedKind{"lower", ExpressionKind::Lower},
                                NamedKind{"length", ExpressionKind::Length},
                                NamedKind{"part", ExpressionKind::Part, 3, 3},
                                NamedKind{"setting", ExpressionKind::Setting},
                                NamedKind{"without", ExpressionKind::Without, 2, 2}};

// What is wrong with the operands of a function beside their number; empty: nothing.
std::string fault_of(const NamedKind& function, const std::vector<Expression>& operands) {
  const bool counts =
      function.kind == ExpressionKind::Count || function.kind == ExpressionKind::Sum;
  if (counts && operands[0].kind != ExpressionKind::Path)
    return cat(function.name, "() takes a path");
  if (function.kind != ExpressionKind::Setting) return {};
  if (operands[0].kind != ExpressionKind::Text) return "setting() takes a key in '...'";
  std::vector<std::string_view> known;
  for (const Threshold& row : kThresholds) known.push_back(row.key);
  for (const SettingList& row : kSettingLists) known.push_back(row.key);
  if (std::ranges::find(known, operands[0].text) != known.end()) return {};
  const std::string_view close = nearest(operands[0].text, known);
  return cat("there is no setting '", operands[0].text, "'",
             close.empty() ? std::string() : cat("; did you mean '", close, "'?"));
}

// One text at a time; the first mistake ends it.
class Parser {
 public:
  Parser(std::string_view text, const PathTypes& types) : text_(text), types_(types) {}

  std::optional<Expression> sum();
  std::optional<ItemPath> path();
  bool ends() {
    skip();
    if (at_ == text_.size()) return true;
    return fail(cat("'", text_.substr(at_, 12), "' is not expected here"));
  }
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  bool fail(std::string why) {
    if (error_.empty()) error_ = std::move(why);
    return false;
  }
  void skip() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  bool take(char c) {
    skip();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  [[nodiscard]] char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  std::string_view word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
    return text_.substr(begin, at_ - begin);
  }
  std::optional<std::string> quoted();
  std::optional<Expression> product();
  std::optional<Expression> primary();
  std::optional<Expression> call(const NamedKind& function);
  std::optional<Expression> number();
  bool step(ItemPath& path, ItemType& type, KnownNames& names);
  static Expression both(ExpressionKind kind, Expression a, Expression b) {
    Expression made{.kind = kind};
    made.operands.push_back(std::move(a));
    made.operands.push_back(std::move(b));
    return made;
  }

  std::string_view text_;
  PathTypes types_;
  std::size_t at_ = 0, depth_ = 0;
  std::string error_ = {};
};

std::optional<std::string> Parser::quoted() {
  const char mark = text_[at_++];
  const std::size_t end = text_.find(mark, at_);
  if (end == text_.npos) {
    fail("a quote is not closed");
    return std::nullopt;
  }
  std::string inside(text_.substr(at_, end - at_));
  at_ = end + 1;
  return inside;
}

std::optional<Expression> Parser::sum() {
  if (++depth_ > 32) {
    fail("this is nested too deeply");
    return std::nullopt;
  }
  std::optional<Expression> left = product();
  while (left) {
    const bool adds = take('+');
    if (!adds && !take('-')) break;
    std::optional<Expression> right = product();
    if (!right) return right;
    left = both(adds ? ExpressionKind::Add : ExpressionKind::Subtract, std::move(*left),
                std::move(*right));
  }
  --depth_;
  return left;
}

std::optional<Expression> Parser::product() {
  std::optional<Expression> left = primary();
  while (left) {
    const bool multiplies = take('*');
    if (!multiplies && !take('/')) break;
    std::optional<Expression> right = primary();
    if (!right) return right;
    left = both(multiplies ? ExpressionKind::Multiply : ExpressionKind::Divide, std::move(*left),
                std::move(*right));
  }
  return left;
}

std::optional<Expression> Parser::number() {
  const std::size_t begin = at_;
  while (is_digit(next()) || next() == '.') ++at_;
  const auto value = double_of(text_.substr(begin, at_ - begin));
  if (!value) {
    fail(cat("'", text_.substr(begin, at_ - begin), "' is no number"));
    return std::nullopt;
  }
  return Expression{.kind = ExpressionKind::Number, .number = *value};
}

std::optional<Expression> Parser::call(const NamedKind& function) {
  Expression made{.kind = function.kind};
  do {
    std::optional<Expression> operand = sum();
    if (!operand) return operand;
    made.operands.push_back(std::move(*operand));
  } while (take(','));
  if (!take(')')) {
    fail("')' is missing");
    return std::nullopt;
  }
  if (made.operands.size() < function.least || made.operands.size() > function.most) {
    fail(function.least == 1 ? cat(function.name, "() takes one value")
                             : cat(function.name, "() takes ", function.least, " values"));
    return std::nullopt;
  }
  if (std::string fault = fault_of(function, made.operands); !fault.empty()) {
    fail(std::move(fault));
    return std::nullopt;
  }
  if (made.kind == ExpressionKind::Setting) made.text = made.operands[0].text;
  return made;
}

std::string no_such_function(std::string_view name) {
  std::vector<std::string_view> known;
  for (const NamedKind& function : kFunctions) known.push_back(function.name);
  const std::string_view close = nearest(name, known);
  return cat("there is no function '", name, "'",
             close.empty() ? std::string() : cat("; did you mean '", close, "'?"));
}

std::optional<Expression> Parser::primary() {
  skip();
  if (is_digit(next())) return number();
  if (take('(')) {
    std::optional<Expression> inside = sum();
    if (inside && !take(')')) {
      fail("')' is missing");
      return std::nullopt;
    }
    return inside;
  }
  if (next() == '\'') {
    std::optional<std::string> text = quoted();
    if (!text) return std::nullopt;
    return Expression{.kind = ExpressionKind::Text, .text = std::move(*text)};
  }
  for (const NamedKind& function : kFunctions) {
    const std::string_view rest = text_.substr(at_);
    if (!rest.starts_with(function.name) || !rest.substr(function.name.size()).starts_with('('))
      continue;
    at_ += function.name.size() + 1;
    return call(function);
  }
  const std::size_t begin = at_;
  if (const std::string_view name = word(); next() == '(' && !name.empty()) {
    fail(no_such_function(name));
    return std::nullopt;
  }
  at_ = begin;
  std::optional<ItemPath> inside = path();
  if (!inside) return std::nullopt;
  return Expression{.kind = ExpressionKind::Path, .path = std::move(*inside)};
}

std::string no_such_name(std::string_view name, ItemType type) {
  std::vector<std::string_view> known;
  for (const Attribute& attribute : attributes())
    if (attribute.of == type) known.push_back(attribute.name);
  const std::string_view close = nearest(name, known);
  return cat(word_of(type), " has no '", name, "'",
             close.empty() ? std::string() : cat("; did you mean '", close, "'?"));
}

bool Parser::step(ItemPath& path, ItemType& type, KnownNames& names) {
  PathStep made;
  const bool is_quoted = made.quoted = next() == '"';
  if (is_quoted) {
    std::optional<std::string> name = quoted();
    if (!name) return false;
    made.name = std::move(*name);
  } else {
    made.name = word();
  }
  if (made.name.empty()) return fail(cat("a name is missing in '", text_, "'"));
  if (path.steps.empty() && !path.of_subject && !is_quoted && made.name == "subject") {
    path.of_subject = true;
    type = types_.subject;
    names = types_.of_subject;
    return true;
  }
  if (path.steps.empty() && !path.of_subject && !is_quoted && made.name == "item") return true;
  if (!is_quoted) made.attribute = find_attribute(type, made.name);
  const bool is_entry =
      type == ItemType::Value ||
      (type == ItemType::Resource && (is_quoted || (made.name[0] >= 'A' && made.name[0] <= 'Z')));
  if (made.attribute == nullptr && !is_entry) return fail(no_such_name(made.name, type));
  if (text_.substr(at_).starts_with("[*]")) {
    made.each = true;
    at_ += 3;
  } else if (const std::string_view rest = text_.substr(at_); rest.size() > 2 && rest[0] == '[' &&
                                                              rest[1] >= '0' && rest[1] <= '9' &&
                                                              rest[2] == ']') {
    made.each = true;
    made.only = static_cast<std::size_t>(rest[1] - '0');
    at_ += 3;
  }
  if (made.attribute != nullptr && made.attribute->many != made.each)
    return fail(made.each ? cat("'", made.name, "' is one: without [*]")
                          : cat("'", made.name, "' are several: '", made.name, "[*]'"));
  if (std::string why = wrong_name(names, made); !why.empty()) return fail(std::move(why));
  names = names_below(names, made);
  type = made.attribute != nullptr ? made.attribute->gives : ItemType::Value;
  path.steps.push_back(std::move(made));
  return true;
}

std::optional<ItemPath> Parser::path() {
  skip();
  ItemPath made;
  ItemType type = types_.item;
  KnownNames names = types_.of_item;
  do
    if (!step(made, type, names)) return std::nullopt;
  while (next() == '.' && ++at_ != 0);
  return made;
}

template <class T>
Result<T> result_of(std::optional<T> made, Parser& parser) {
  if (!made || !parser.ends()) return Error{parser.error()};
  return std::move(*made);
}

}  // namespace

Result<Expression> parse_expression(std::string_view text, const PathTypes& types) {
  Parser parser(text, types);
  return result_of(parser.sum(), parser);
}

Result<ItemPath> parse_path(std::string_view text, const PathTypes& types) {
  Parser parser(text, types);
  return result_of(parser.path(), parser);
}

ItemType type_at(const ItemPath& path, const PathTypes& types) {
  if (path.steps.empty()) return path.of_subject ? types.subject : types.item;
  const PathStep& last = path.steps.back();
  return last.attribute != nullptr ? last.attribute->gives : ItemType::Value;
}

KnownNames names_at(const ItemPath& path, const PathTypes& types) {
  KnownNames names = path.of_subject ? types.of_subject : types.of_item;
  for (const PathStep& step : path.steps) names = names_below(names, step);
  return names;
}

std::string text_written(std::string_view text) {
  std::string written;
  for (std::size_t at = 0; at < text.size(); ++at) {
    written += text[at];
    const bool is_brace = text[at] == '{' || text[at] == '}';
    if (is_brace && text.substr(at + 1).starts_with(text[at])) ++at;
  }
  return written;
}

Result<TextTemplate> parse_template(std::string_view text, const PathTypes& types) {
  TextTemplate made;
  std::string literal;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool is_brace = c == '{' || c == '}';
    if (is_brace && text.substr(at + 1).starts_with(c)) {
      literal += c;
      ++at;
      continue;
    }
    if (c == '}') return Error{"'}' without '{': write '}}' for a brace"};
    if (c != '{') {
      literal += c;
      continue;
    }
    const std::size_t end = text.find('}', at);
    if (end == text.npos) return Error{"'{' is not closed: write '{{' for a brace"};
    Result<Expression> part = parse_expression(text.substr(at + 1, end - at - 1), types);
    if (!part) return Error{part.error()};
    made.texts.push_back(std::exchange(literal, {}));
    made.parts.push_back(std::move(part.value()));
    at = end;
  }
  made.texts.push_back(std::move(literal));
  return made;
}

}  // namespace fnlint
