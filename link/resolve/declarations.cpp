// A scanner of words and braces, with a table of each language's declaring words.

#include "link/resolve/declarations.h"

#include "core/limits.h"
#include "core/text.h"

#include <algorithm>
#include <span>
#include <utility>

namespace fnlint {

namespace {

// What differs by dialect. Words that stand before a declared name, at the outermost level.
struct DeclarationStyle {
  SourceDialect dialect{};
  std::span<const std::string_view> spaces = {};     // "package", "namespace"
  std::span<const std::string_view> types = {};      // "class"
  std::span<const std::string_view> functions = {};  // "fun"
  std::span<const std::string_view> values = {};     // "val"
  bool values_in_groups = false;                     // Go: `var ( a = 1 ... )`
  bool receiver_first = false;                       // Go: `func (s *Store) Put(`
  bool names_before_brackets = false;                // C++: `int put(int key)`
  bool backtick_texts = false;                       // Go; Kotlin has names in them
  bool directives = false;                           // lines that begin with #
};

constexpr std::string_view kPackage[] = {"package"};
constexpr std::string_view kNamespace[] = {"namespace"};
constexpr std::string_view kJavaTypes[] = {"class", "interface", "enum", "record"};
constexpr std::string_view kKotlinTypes[] = {"class", "interface", "object", "typealias"};
constexpr std::string_view kKotlinFunctions[] = {"fun"};
constexpr std::string_view kKotlinValues[] = {"val", "var"};
constexpr std::string_view kGoTypes[] = {"type"};
constexpr std::string_view kGoFunctions[] = {"func"};
constexpr std::string_view kGoValues[] = {"var", "const"};
constexpr std::string_view kCSharpTypes[] = {"class", "interface", "enum", "record", "struct"};
constexpr std::string_view kRustTypes[] = {"struct", "enum", "trait", "type", "union", "mod"};
constexpr std::string_view kRustFunctions[] = {"fn"};
constexpr std::string_view kRustValues[] = {"static", "const"};
constexpr std::string_view kCppTypes[] = {"class", "struct", "enum", "union"};

constexpr DeclarationStyle kStyles[] = {
    {.dialect = SourceDialect::Java, .spaces = kPackage, .types = kJavaTypes},
    {.dialect = SourceDialect::Kotlin,
     .spaces = kPackage,
     .types = kKotlinTypes,
     .functions = kKotlinFunctions,
     .values = kKotlinValues},
    {.dialect = SourceDialect::Go,
     .spaces = kPackage,
     .types = kGoTypes,
     .functions = kGoFunctions,
     .values = kGoValues,
     .values_in_groups = true,
     .receiver_first = true,
     .backtick_texts = true},
    {.dialect = SourceDialect::CSharp,
     .spaces = kNamespace,
     .types = kCSharpTypes,
     .directives = true},
    {.dialect = SourceDialect::Rust,
     .types = kRustTypes,
     .functions = kRustFunctions,
     .values = kRustValues},
    {.dialect = SourceDialect::Cpp,
     .spaces = kNamespace,
     .types = kCppTypes,
     .names_before_brackets = true,
     .directives = true},
};

bool is_declared_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

// The words and signs of a text, without comments and texts.
class DeclarationWords {
 public:
  DeclarationWords(std::string_view text, const DeclarationStyle& style)
      : text_(text), style_(style) {}

  // Empty: the end. A text counts as the sign `"`.
  std::string_view next();
  [[nodiscard]] bool begins_line() const { return begins_line_; }
  std::string_view peek() {
    const DeclarationWords before = *this;
    const std::string_view word = next();
    at_ = before.at_;
    begins_line_ = before.begins_line_;
    return word;
  }

 private:
  bool skip_blank();
  void skip_past(std::string_view end, std::size_t from);
  void skip_text(char quote);
  [[nodiscard]] bool at(std::string_view start) const {
    return text_.substr(at_).starts_with(start);
  }

  std::string_view text_;
  const DeclarationStyle& style_;
  std::size_t at_ = 0;
  bool begins_line_ = true;
};

void DeclarationWords::skip_past(std::string_view end, std::size_t from) {
  const std::size_t found = text_.find(end, std::min(from, text_.size()));
  at_ = found == std::string_view::npos ? text_.size() : found + end.size();
}

void DeclarationWords::skip_text(char quote) {
  for (++at_; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
    if (text_[at_] == '\\') {
      ++at_;
    } else if (text_[at_] == quote) {
      ++at_;
      return;
    }
  }
}

// Spaces, comments, directives. False: something else stands here.
bool DeclarationWords::skip_blank() {
  const char c = text_[at_];
  if (c == '\n') begins_line_ = true;
  if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
    ++at_;
  } else if (at("//") || (style_.directives && begins_line_ && c == '#')) {
    skip_past("\n", at_);
    begins_line_ = true;
  } else if (at("/*")) {
    skip_past("*/", at_ + 2);
  } else {
    return false;
  }
  return true;
}

std::string_view DeclarationWords::next() {
  begins_line_ = at_ == 0;
  while (at_ < text_.size()) {
    if (skip_blank()) continue;
    const std::size_t from = at_;
    const char c = text_[at_];
    if (is_declared_word(c)) {
      while (at_ < text_.size() && is_declared_word(text_[at_])) ++at_;
      const std::string_view word = text_.substr(from, at_ - from);
      if (word == "R" && style_.names_before_brackets && at("\"")) {  // R"x(...)x"
        const std::size_t open = text_.find('(', at_);
        if (open == std::string_view::npos) return word;
        skip_past(cat(')', text_.substr(at_ + 1, open - at_ - 1), '"'), open);
        return "\"";
      }
      return word;
    }
    if (at("\"\"\"")) {
      skip_past("\"\"\"", at_ + 3);
      return "\"";
    }
    if (at("@\"") || at("$@\"") || at("@$\"")) {  // C#: a doubled quote stands for one
      skip_past("\"", text_.find('"', at_) + 1);
      while (at("\"")) skip_past("\"", at_ + 1);
      return "\"";
    }
    if (c == '`' && style_.backtick_texts) {
      skip_past("`", at_ + 1);
      return "\"";
    }
    if (c == '\'' && style_.dialect == SourceDialect::Rust && text_.substr(at_).size() > 2 &&
        text_[at_ + 1] != '\\' && text_[at_ + 2] != '\'') {
      ++at_;  // a lifetime
      continue;
    }
    if (c == '"' || c == '\'') {
      skip_text(c);
      return "\"";
    }
    ++at_;
    return text_.substr(from, 1);
  }
  return {};
}

class Scan {
 public:
  Scan(std::string_view text, const DeclarationStyle& style) : words_(text, style), style_(style) {}

  Declarations run() {
    for (std::string_view word = words_.next(); !word.empty(); word = words_.next()) {
      take(word);
      before_ = word;
    }
    return std::move(found_);
  }

 private:
  void take(std::string_view word);
  void take_sign(std::string_view sign);
  void take_space();
  void take_using();
  void take_type(std::string_view kind);
  void take_function();
  void take_definition(std::string_view word);
  void take_values(bool is_type);
  [[nodiscard]] bool is_double_colon() const;
  std::string path();
  void skip_brackets(std::string_view open, std::string_view close);
  void add(std::string_view name, bool is_type) {
    if (!name.empty() && is_declared_word(name.front()) &&
        (name.front() < '0' || name.front() > '9'))
      found_.names.push_back({space(), std::string(name), is_type});
  }
  [[nodiscard]] std::string space() const {
    std::string joined = file_space_;
    for (const Level& level : levels_)
      if (!level.space.empty()) joined += joined.empty() ? level.space : cat('.', level.space);
    return joined;
  }

  struct Level {  // an open brace
    std::string space = {};
  };
  DeclarationWords words_;
  const DeclarationStyle& style_;
  Declarations found_;
  std::vector<Level> levels_;     // of namespaces only
  std::string file_space_;        // package, or C#'s namespace of a whole file
  std::string pending_space_;     // of the brace that comes next
  bool has_pending_ = false;
  bool only_declares_ = false;  // C++: the declaration began with `extern` or the like
  std::size_t bodies_ = 0;        // open braces of anything else
  std::size_t brackets_ = 0;      // open ( and [
  std::string_view before_ = {};
};

bool Scan::is_double_colon() const {
  DeclarationWords ahead = words_;
  return ahead.next() == ":" && ahead.next() == ":";
}

// "a.b.C", "a::b".
std::string Scan::path() {
  std::string joined;
  for (;;) {
    const std::string_view word = words_.peek();
    const bool is_name = !word.empty() && is_declared_word(word.front());
    if (is_name && (joined.empty() || joined.back() == '.')) {
      joined += words_.next();
    } else if (word == "." || is_double_colon()) {
      words_.next();
      if (word == ":") words_.next();
      if (!joined.empty() && joined.back() != '.') joined += '.';
    } else {
      break;
    }
  }
  while (!joined.empty() && joined.back() == '.') joined.pop_back();
  return joined;
}

void Scan::skip_brackets(std::string_view open, std::string_view close) {
  if (words_.peek() != open) return;
  std::size_t depth = 0;
  for (std::string_view word = words_.next(); !word.empty(); word = words_.next()) {
    if (word == open) ++depth;
    if (word == close && --depth == 0) return;
  }
}

void Scan::take_sign(std::string_view sign) {
  if (sign == ";" || sign == "}" || sign == "{") only_declares_ = false;
  if (sign == "(" || sign == "[") ++brackets_;
  if ((sign == ")" || sign == "]") && brackets_ > 0) --brackets_;
  if (sign == "{") {
    if (has_pending_ && bodies_ == 0)
      levels_.push_back({std::exchange(pending_space_, {})});
    else
      ++bodies_;
    has_pending_ = false;
  }
  if (sign == "}") {
    if (bodies_ > 0)
      --bodies_;
    else if (!levels_.empty())
      levels_.pop_back();
  }
}

void Scan::take_space() {
  std::string name = path();
  if (found_.package.empty()) found_.package = name;
  if (words_.peek() == "{") {
    pending_space_ = std::move(name);
    has_pending_ = true;
  } else if (style_.dialect != SourceDialect::Cpp) {  // there: an alias
    file_space_ = std::move(name);
  }
}

// `global using A.B;`
void Scan::take_using() {
  if (words_.peek() != "using") return;
  words_.next();
  const bool is_static = words_.peek() == "static";
  if (is_static) words_.next();
  std::string name = path();
  if (words_.peek() == ";") found_.stars.push_back(std::move(name));
}

void Scan::take_type(std::string_view kind) {
  const bool is_abstract = kind == "interface" || before_ == "abstract" || before_ == "sealed";
  std::string_view word = words_.peek();
  while (is_one_of(style_.types, word)) {  // "enum class", "record struct"
    words_.next();
    word = words_.peek();
  }
  if (word.empty() || !is_declared_word(word.front())) return;
  std::string_view name = words_.next();
  // `class EXPORT Name {`
  if (style_.names_before_brackets)
    while (!words_.peek().empty() && is_declared_word(words_.peek().front()) &&
           words_.peek() != "final")
      name = words_.next();
  if (style_.names_before_brackets && words_.peek() == ";") return;  // declared, not defined
  const std::size_t before = found_.names.size();
  add(name, true);
  if (found_.names.size() > before) found_.names.back().is_abstract = is_abstract;
}

void Scan::take_function() {
  if (is_one_of(style_.types, words_.peek())) return;  // `fun interface Name`
  if (style_.receiver_first && words_.peek() == "(") return;  // a method: found by its type
  skip_brackets("<", ">");
  std::string name = path();
  while (words_.peek() == "<" || words_.peek() == "?") {  // of what an extension function extends
    skip_brackets("<", ">");
    if (words_.peek() == "?") words_.next();
    if (words_.peek() != ".") break;
    words_.next();
    name = path();
  }
  const std::size_t dot = name.rfind('.');  // an extension function
  add(dot == std::string::npos ? std::string_view(name) : std::string_view(name).substr(dot + 1),
      false);
}

void Scan::take_values(bool is_type) {
  if (style_.values_in_groups && words_.peek() == "(") {
    words_.next();
    std::size_t depth = 1;
    bool names = false, in_values = false;
    while (depth > 0) {
      const std::string_view word = words_.next();
      if (word.empty()) return;
      if (depth == 1 && words_.begins_line()) {
        names = true;
        in_values = false;
      }
      in_values = in_values || (depth == 1 && word == "=");
      if (word == "(" || word == "{" || word == "[") ++depth;
      if (word == ")" || word == "}" || word == "]") --depth;
      if (depth == 1 && names && is_declared_word(word.front())) add(word, is_type);
      names = depth == 1 && word == "," && !in_values;
    }
    return;
  }
  if (words_.peek() == "mut") words_.next();
  skip_brackets("<", ">");
  const std::string first = path();
  const std::size_t dot = first.rfind('.');
  add(dot == std::string::npos ? std::string_view(first) : std::string_view(first).substr(dot + 1),
      is_type);
  while (style_.values_in_groups && words_.peek() == ",") {
    words_.next();
    add(words_.next(), is_type);
  }
}

// `int put(int key) const {`, `int Store::put(int key) {`: one that ends in a semicolon only says
// that there is such a function.
void Scan::take_definition(std::string_view word) {
  std::string name(word), owner;
  while (is_double_colon()) {
    words_.next();
    words_.next();
    if (words_.peek().empty() || !is_declared_word(words_.peek().front())) return;
    owner += owner.empty() ? name : cat('.', name);
    name = words_.next();
  }
  const bool is_variable = words_.peek() == ";" || words_.peek() == "=";
  if (is_variable && !only_declares_ && owner.empty()) return add(name, false);
  if (words_.peek() != "(") return;
  skip_brackets("(", ")");
  while (!words_.peek().empty() && words_.peek() != "{" && words_.peek() != ";" &&
         words_.peek() != "}")
    words_.next();
  if (words_.peek() != "{") return;
  const std::string around = space();
  if (!owner.empty()) {  // it completes a class that another file declares
    const std::size_t dot = owner.rfind('.');
    add(dot == std::string::npos ? owner : owner.substr(dot + 1), true);
    if (dot != std::string::npos)
      found_.names.back().space = cat(around, around.empty() ? "" : ".", owner.substr(0, dot));
  }
  add(name, false);
  if (!found_.names.empty() && found_.names.back().name == name && !owner.empty())
    found_.names.back().space = around.empty() ? owner : cat(around, '.', owner);
}

void Scan::take(std::string_view word) {
  if (!is_declared_word(word.front())) {
    take_sign(word);
    return;
  }
  if (bodies_ > 0 || brackets_ > 0 || before_ == ".") return;
  if (word == "extern" || word == "using" || word == "typedef") only_declares_ = true;
  if (is_one_of(style_.spaces, word))
    take_space();
  else if (word == "global" && style_.dialect == SourceDialect::CSharp)
    take_using();
  else if (is_one_of(style_.types, word) && !style_.values_in_groups)
    take_type(word);
  else if (is_one_of(style_.types, word))
    take_values(true);
  else if (is_one_of(style_.functions, word))
    take_function();
  else if (is_one_of(style_.values, word))
    take_values(false);
  else if (style_.names_before_brackets && !before_.empty() &&
           (is_double_colon() || is_declared_word(before_.front()) || before_ == "*" ||
            before_ == "&" || before_ == ">"))
    take_definition(word);
}

// Ruby has no braces: a line's indentation says in which class or module it stands. Methods count
// where they are outermost. A global variable is of no class, wherever it is set.
Declarations scan_ruby(std::string_view text) {
  struct Around {
    std::size_t indent = 0;
    std::string path = {};
  };
  Declarations found;
  std::vector<Around> around;
  bool in_comment = false;
  for (std::string_view line : split(text, '\n')) {
    if (line.starts_with("=begin")) in_comment = true;
    if (line.starts_with("=end")) in_comment = false;
    const std::size_t indent = line.find_first_not_of(" \t\r");
    if (in_comment || indent == std::string_view::npos || line[indent] == '#') continue;
    while (!around.empty() && around.back().indent >= indent) around.pop_back();
    const bool outermost = around.empty() && indent == 0;
    line.remove_prefix(indent);
    const auto* const after = std::ranges::find_if_not(line, is_declared_word);
    const auto end = static_cast<std::size_t>(after - line.begin());
    const std::string_view word = line.substr(0, end);
    const bool is_type = word == "class" || word == "module";
    std::string_view name = is_type || word == "def" ? trim(line.substr(end)) : word;
    const std::string_view rest = trim(line.substr(end));
    const bool is_constant = !word.empty() && word.front() >= 'A' && word.front() <= 'Z' &&
                             rest.starts_with('=') && !rest.starts_with("==");
    const bool is_set =
        (rest.starts_with('=') && !rest.starts_with("==")) || rest.starts_with("||=");
    if (word.starts_with('$') && is_set) found.names.push_back({{}, std::string(word), false});
    const bool of_file = outermost && word == "def";
    if (!is_type && !is_constant && !of_file) continue;
    if (!is_type && !outermost && around.empty()) continue;
    name = name.substr(0, name.find_first_of(" (<;=#\r"));
    std::string space = around.empty() ? std::string() : around.back().path;
    for (;;) {  // `class A::B`
      const std::size_t colons = name.find("::");
      if (colons == std::string_view::npos) break;
      if (!space.empty()) space += '.';
      space += name.substr(0, colons);
      name.remove_prefix(colons + 2);
    }
    if (name.empty() || name.find(':') != std::string_view::npos) continue;
    found.names.push_back({space, std::string(name), is_type});
    if (is_type && around.size() < kNestingDepth)
      around.push_back({indent, space.empty() ? std::string(name) : cat(space, '.', name)});
  }
  return found;
}

}  // namespace

Declarations scan_declarations(std::string_view text, SourceDialect dialect) {
  if (dialect == SourceDialect::Ruby) return scan_ruby(text);
  const auto* const style = std::ranges::find(kStyles, dialect, &DeclarationStyle::dialect);
  if (style == std::end(kStyles)) return {};
  return Scan(text, *style).run();
}

bool is_interface_name(std::string_view name) {
  const auto is_capital = [](char letter) { return letter >= 'A' && letter <= 'Z'; };
  return name.size() > 2 && name[0] == 'I' && is_capital(name[1]) && !is_capital(name[2]);
}

}  // namespace fnlint
