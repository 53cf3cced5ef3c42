// A scan for a few known patterns, each replaced by blanks or a name of the same length.

#include "frontends/source/javascript/typescript_masks.h"

#include "core/characters.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::size_t kReach = 500;  // bytes that one such piece of syntax may have

bool is_javascript_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || (c & 0x80) != 0;
}

class Masks {
 public:
  explicit Masks(std::string_view text) : masked_(text) {}

  // `typeof import("./real")`, `rows as import("./model").Row[]`
  void import_types() {
    constexpr std::string_view kImportType = "typeof import(", kImport = "import(";
    for (std::size_t at = find(kImportType, 0); at != npos; at = find(kImportType, at + 1)) {
      const std::size_t length = near(at).find(')');
      if (length == std::string_view::npos) continue;
      std::fill_n(masked_.begin() + static_cast<std::ptrdiff_t>(at), length + 1, '_');
      changed_ = true;
    }
    for (std::size_t at = find(kImport, 0); at != npos; at = find(kImport, at + 1)) {
      const std::size_t end = is_alone(at, kImport.size() - 1) ? end_of_import(at) : npos;
      if (end == npos || !names_type(end)) continue;
      std::fill(masked_.begin() + static_cast<std::ptrdiff_t>(at),
                masked_.begin() + static_cast<std::ptrdiff_t>(end), '_');
      changed_ = true;
    }
  }

  // `export type * from "./model"`, `export type * as model from "./model"`: types alone.
  void type_exports() {
    for (std::size_t at = find("export", 0); at != npos; at = find("export", at + 1)) {
      const std::size_t type = after_blanks(at + 6), star = after_blanks(type + 4);
      if (!is_alone(at, 6) || !has(type, "type") || !has(star, "*")) continue;
      const std::size_t open = near(star).find_first_of("\"'\n");
      if (open == std::string_view::npos || masked_[star + open] == '\n') continue;
      const std::size_t close = near(star + open + 1).find(masked_[star + open]);
      if (close != std::string_view::npos) blank(at, star + open + 1 + close + 1);
    }
  }

  // `interface Sink<in T>`, `<in out T>`, `<K, out V>`.
  void variance() {
    for (const std::string_view word : {"in", "out"})
      for (std::size_t at = find(word, 0); at != npos; at = find(word, at + 1)) {
        if (!is_alone(at, word.size())) continue;
        const std::size_t name = after_blanks(at + word.size());
        const bool names = name > at + word.size() && name < masked_.size() &&
                           is_javascript_word(masked_[name]) && !has_word(name, "extends");
        if (names && opens_parameter(at)) blank(at, at + word.size());
      }
  }

  // `sql<Row>`select …``.
  void tag_arguments() {
    for (std::size_t at = find(">`", 0); at != npos; at = find(">`", at + 1)) {
      const std::size_t first = at < kReach ? 0 : at - kReach;
      std::size_t depth = 0;
      for (std::size_t i = at + 1; i-- > first;) {
        const char c = masked_[i];
        if (c == '`' || c == ';') break;
        if (c == '>' && (i == 0 || masked_[i - 1] != '=')) ++depth;
        if (c != '<' || --depth > 0) continue;
        if (i > 0 && is_javascript_word(masked_[i - 1])) blank(i, at + 1);
        break;
      }
    }
  }

  // A field of the name `accessor`, which is a word of another form of field, too.
  void accessor_fields() {
    constexpr std::string_view kWord = "accessor";
    for (std::size_t at = find(kWord, 0); at != npos; at = find(kWord, at + 1)) {
      const std::size_t next = after_blanks(at + kWord.size());
      if (!is_alone(at, kWord.size()) || next >= masked_.size() ||
          std::string_view("=:?!;(}").find(masked_[next]) == std::string_view::npos)
        continue;
      masked_[at] = '_';
      changed_ = true;
    }
  }

  // `<p>Bed & breakfast</p>`: as good as another operator where it is one.
  void ampersands() {
    for (std::size_t at = find("&", 0); at != npos; at = find("&", at + 1)) {
      const bool is_alone =
          at > 0 && masked_[at - 1] != '&' && at + 1 < masked_.size() && is_blank(masked_[at + 1]);
      if (!is_alone) continue;
      masked_[at] = '|';
      changed_ = true;
    }
  }

  [[nodiscard]] std::string take() && { return changed_ ? std::move(masked_) : std::string(); }

 private:
  static constexpr std::size_t npos = std::string::npos;

  [[nodiscard]] std::size_t find(std::string_view what, std::size_t from) const {
    return masked_.find(what, from);
  }
  [[nodiscard]] std::string_view near(std::size_t at) const {
    return std::string_view(masked_).substr(std::min(at, masked_.size()), kReach);
  }
  [[nodiscard]] bool has(std::size_t at, std::string_view what) const {
    return near(at).starts_with(what);
  }
  [[nodiscard]] bool is_alone(std::size_t at, std::size_t length) const {
    return (at == 0 || !is_javascript_word(masked_[at - 1])) &&
           (at + length >= masked_.size() || !is_javascript_word(masked_[at + length]));
  }
  [[nodiscard]] bool has_word(std::size_t at, std::string_view word) const {
    return has(at, word) && is_alone(at, word.size());
  }
  [[nodiscard]] std::size_t after_blanks(std::size_t at) const {
    while (at < masked_.size() && is_blank(masked_[at])) ++at;
    return at;
  }
  // Behind `<` or `,`: nothing but a type parameter begins with such a word there.
  [[nodiscard]] bool opens_parameter(std::size_t at) const {
    while (at > 0 && is_blank(masked_[at - 1])) --at;
    return at > 0 && (masked_[at - 1] == '<' || masked_[at - 1] == ',');
  }
  // Behind `import("./model")`; npos: what is loaded is not written as a text.
  [[nodiscard]] std::size_t end_of_import(std::size_t at) const {
    const std::size_t open = after_blanks(at + std::string_view("import(").size());
    if (!has(open, "\"") && !has(open, "'")) return npos;
    const std::size_t length = near(open + 1).find(masked_[open]);
    if (length == std::string_view::npos) return npos;
    const std::size_t close = after_blanks(open + 1 + length + 1);
    return has(close, ")") ? close + 1 : npos;
  }
  // A promise has no other members than these.
  [[nodiscard]] bool names_type(std::size_t at) const {
    const std::size_t dot = after_blanks(at), name = after_blanks(dot + 1);
    return has(dot, ".") && name < masked_.size() && is_javascript_word(masked_[name]) &&
           !has_word(name, "then") && !has_word(name, "catch") && !has_word(name, "finally");
  }
  void blank(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      if (!is_blank(masked_[i])) masked_[i] = ' ';
    changed_ = true;
  }

  std::string masked_;
  bool changed_ = false;
};

}  // namespace

std::string typescript_masked(std::string_view text) {
  Masks masks(text);
  masks.import_types();
  masks.type_exports();
  masks.variance();
  masks.tag_arguments();
  masks.accessor_fields();
  return std::move(masks).take();
}

std::string markup_masked(std::string_view text) {
  Masks masks(text);
  masks.ampersands();
  return std::move(masks).take();
}

}  // namespace fnlint
