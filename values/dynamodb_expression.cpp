// A lexer and a parser for the four kinds of DynamoDB expressions, which note the attributes and
// placeholders in use and the first error.

#include "values/dynamodb_expression.h"

#include "core/characters.h"
#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

enum class MarkKind : std::uint8_t { End, Word, Name, Value, Number, Sign, Other };
struct Mark {
  MarkKind kind = MarkKind::End;
  std::string_view text = {};
};

std::vector<Mark> marks_of(std::string_view text) {
  std::vector<Mark> tokens;
  std::size_t at = 0;
  const auto take = [&](MarkKind kind, std::size_t length) {
    tokens.push_back({kind, text.substr(at, length)});
    at += length;
  };
  const auto word_at = [&](std::size_t from) {
    std::size_t end = from;
    while (end < text.size() && is_word(text[end])) ++end;
    return end - at;
  };
  while (at < text.size()) {
    const char c = text[at];
    const std::string_view two = text.substr(at, 2);
    if (is_blank(c))
      ++at;
    else if (is_letter(c))
      take(MarkKind::Word, word_at(at));
    else if (c == '#' || c == ':')
      take(word_at(at + 1) == 1 ? MarkKind::Other : (c == '#' ? MarkKind::Name : MarkKind::Value),
           word_at(at + 1));
    else if (is_digit(c))
      take(MarkKind::Number, word_at(at));
    else if (two == "<>" || two == "<=" || two == ">=")
      take(MarkKind::Sign, 2);
    else
      take(std::string_view("=<>+-()[],.").find(c) == std::string_view::npos ? MarkKind::Other
                                                                             : MarkKind::Sign,
           1);
  }
  tokens.push_back({});
  return tokens;
}

class ExpressionReader {
 public:
  ExpressionReader(std::string_view text, ExpressionKind kind)
      : tokens_(marks_of(text)), kind_(kind) {}

  DynamoExpression parse() {
    if (tokens_.size() == 1)
      fail("it is empty");
    else if (kind_ == ExpressionKind::Update)
      parse_update();
    else if (kind_ == ExpressionKind::Projection)
      parse_list([&] { parse_path(); });
    else
      parse_or(0);
    if (sound() && here().kind != MarkKind::End) stray();
    return std::move(read_);
  }

 private:
  static constexpr int kDepth = 60;

  [[nodiscard]] bool sound() const { return read_.fault.empty(); }
  [[nodiscard]] const Mark& here() const { return tokens_[at_]; }
  [[nodiscard]] const Mark& next() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }
  void step() {
    if (at_ + 1 < tokens_.size()) ++at_;
  }
  void fail(std::string fault) {
    if (sound()) read_.fault = std::move(fault);
  }
  void stray() {
    if (here().kind == MarkKind::End)
      fail("something is missing at its end");
    else
      fail(cat('\'', here().text, "' cannot stand ",
               before_.empty() ? "at its beginning" : "behind '", before_,
               before_.empty() ? "" : "'"));
  }
  void take() {
    before_ = here().text;
    step();
  }
  bool take_sign(std::string_view sign) {
    if (here().kind != MarkKind::Sign || here().text != sign) return false;
    take();
    return true;
  }
  [[nodiscard]] bool is_word_here(std::string_view word) const {
    return here().kind == MarkKind::Word && lower(here().text) == word;
  }
  bool take_word(std::string_view word) {
    if (!is_word_here(word)) return false;
    take();
    return true;
  }
  void expect_sign(std::string_view sign) {
    if (sound() && !take_sign(sign)) stray();
  }
  static void note(std::vector<std::string_view>& list, std::string_view text) {
    if (std::ranges::find(list, text) == list.end()) list.push_back(text);
  }

  template <class Item>
  void parse_list(const Item& item) {
    do item();
    while (sound() && take_sign(","));
  }

  // `a.#b[1]`
  void parse_path() {
    if (!sound()) return;
    if (here().kind != MarkKind::Word && here().kind != MarkKind::Name) return stray();
    if (kind_ == ExpressionKind::KeyCondition) note(read_.keys, here().text);
    while (sound()) {
      if (here().kind == MarkKind::Word)
        note(read_.attributes, here().text);
      else if (here().kind == MarkKind::Name)
        note(read_.names, here().text);
      else
        return stray();
      take();
      while (sound() && take_sign("[")) {
        if (here().kind != MarkKind::Number || !is_digits(here().text)) return stray();
        take();
        expect_sign("]");
      }
      if (!take_sign(".")) return;
    }
  }

  // A path, a value, or a function of such.
  void parse_operand(int depth) {
    if (!sound()) return;
    if (depth > kDepth) return fail("it is too deep");
    if (here().kind == MarkKind::Value) {
      note(read_.values, here().text);
      return take();
    }
    const bool is_call =
        here().kind == MarkKind::Word && next().kind == MarkKind::Sign && next().text == "(";
    if (is_call) return parse_function(depth);
    if (take_sign("(")) {
      parse_sum(depth + 1);
      return expect_sign(")");
    }
    parse_path();
  }
  void parse_function(int depth) {
    constexpr std::array<std::string_view, 2> kOfUpdates{"if_not_exists", "list_append"};
    constexpr std::array<std::string_view, 6> kOfConditions{
        "attribute_exists", "attribute_not_exists",
        "attribute_type",   "begins_with",
        "contains",         "size"};
    const std::string_view name = here().text;
    const bool known = kind_ == ExpressionKind::Update      ? is_one_of(kOfUpdates, name)
                       : kind_ == ExpressionKind::Condition ? is_one_of(kOfConditions, name)
                                                            : name == "begins_with";
    if (!known) return fail(cat("'", name, "' is none of its functions"));
    take();
    expect_sign("(");
    std::size_t given = 0;
    parse_list([&] {
      parse_sum(depth + 1);
      ++given;
    });
    expect_sign(")");
    const std::size_t wanted =
        name == "size" || name.ends_with("_exists") ? (name == "if_not_exists" ? 2 : 1) : 2;
    if (sound() && given != wanted)
      fail(cat("'", name, "' takes ", wanted, wanted == 1 ? " operand" : " operands"));
  }
  void parse_sum(int depth) {
    parse_operand(depth);
    while (sound() && kind_ == ExpressionKind::Update && (take_sign("+") || take_sign("-")))
      parse_operand(depth);
  }

  void parse_update() {
    std::vector<std::string> clauses;
    while (sound() && here().kind != MarkKind::End) {
      const std::string clause = here().kind == MarkKind::Word ? lower(here().text) : "";
      if (!is_clause(clause)) return stray();
      if (std::ranges::find(clauses, clause) != clauses.end())
        return fail(cat("it has two clauses ", here().text));
      clauses.push_back(clause);
      take();
      parse_list([&] { parse_action(clause); });
    }
  }
  static bool is_clause(std::string_view word) {
    return word == "set" || word == "remove" || word == "add" || word == "delete";
  }
  void parse_action(std::string_view clause) {
    parse_path();
    if (clause == "set") {
      expect_sign("=");
      parse_sum(0);
    } else if (clause != "remove") {
      parse_operand(0);
    }
  }

  void parse_or(int depth) {
    parse_and(depth);
    while (sound() && kind_ == ExpressionKind::Condition && take_word("or")) parse_and(depth);
  }
  void parse_and(int depth) {
    parse_not(depth);
    while (sound() && take_word("and")) parse_not(depth);
  }
  void parse_not(int depth) {
    if (!sound()) return;
    if (depth > kDepth) return fail("it is too deep");
    if (kind_ == ExpressionKind::Condition && take_word("not")) return parse_not(depth + 1);
    if (!is_group()) return parse_comparison(depth);
    take_sign("(");
    parse_or(depth + 1);
    expect_sign(")");
  }
  // A parenthesis holds a condition, unless it is closed before a comparison.
  [[nodiscard]] bool is_group() const {
    if (here().text != "(" || here().kind != MarkKind::Sign) return false;
    int open = 0;
    for (std::size_t i = at_; i < tokens_.size(); ++i) {
      if (tokens_[i].kind != MarkKind::Sign && open > 0) {
        const std::string word = lower(tokens_[i].text);
        if (word == "and" || word == "or" || word == "not" || word == "between" || word == "in" ||
            word.starts_with("attribute_") || word == "begins_with" || word == "contains")
          return true;
        continue;
      }
      if (tokens_[i].text == "(") ++open;
      if (tokens_[i].text == ")" && --open == 0) return false;
      if (is_comparator(tokens_[i].text)) return true;
    }
    return true;
  }
  static bool is_comparator(std::string_view sign) {
    return sign == "=" || sign == "<>" || sign == "<" || sign == "<=" || sign == ">" ||
           sign == ">=";
  }
  void parse_comparison(int depth) {
    const bool is_call =
        here().kind == MarkKind::Word && next().kind == MarkKind::Sign && next().text == "(";
    const bool stands_alone = is_call && here().text != "size";
    parse_operand(depth);
    if (!sound() || stands_alone) return;
    if (take_word("between")) {
      parse_operand(depth);
      if (sound() && !take_word("and")) stray();
      return parse_operand(depth);
    }
    if (kind_ == ExpressionKind::Condition && take_word("in")) {
      expect_sign("(");
      parse_list([&] { parse_operand(depth); });
      return expect_sign(")");
    }
    const bool unlike = kind_ == ExpressionKind::KeyCondition && here().text == "<>";
    if (here().kind != MarkKind::Sign || !is_comparator(here().text) || unlike) return stray();
    take();
    parse_operand(depth);
  }

  std::vector<Mark> tokens_;
  ExpressionKind kind_;
  std::size_t at_ = 0;
  std::string_view before_ = {};
  DynamoExpression read_ = {};
};

}  // namespace

DynamoExpression dynamo_expression(std::string_view text, ExpressionKind kind) {
  return ExpressionReader(text, kind).parse();
}

bool begins_no_clause(std::string_view text) {
  const Mark first = marks_of(text).front();
  if (first.kind == MarkKind::End) return false;
  const std::string word = lower(first.text);
  const bool is_whole = first.text.data() + first.text.size() < text.data() + text.size();
  if (first.kind != MarkKind::Word) return true;
  return is_whole && word != "set" && word != "remove" && word != "add" && word != "delete";
}

}  // namespace fnlint
