// Takes regular expressions apart as text: literal prefixes and suffixes, groups, alternatives, and
// the length of what can match.

#include "values/regex_text.h"

#include "core/characters.h"

#include <algorithm>

namespace fnlint {
std::optional<LiteralRegex> literal_regex(std::string_view regex) {
  constexpr std::string_view kSpecial = ".^$*+?()[]{}|";
  LiteralRegex literal;
  if (regex.starts_with('^') || regex.starts_with("\\A")) {
    literal.at_start = true;
    regex.remove_prefix(regex[0] == '^' ? 1 : 2);
  }
  for (std::size_t i = 0; i < regex.size(); ++i) {
    const char c = regex[i];
    const std::string_view rest = regex.substr(i);
    if (rest == "$" || rest == "\\Z" || rest == "\\z") {
      literal.at_end = true;
      break;
    }
    if (c == '\\') {
      // A backslash before a letter or digit is a class, an anchor or a reference.
      if (i + 1 == regex.size() || is_letter_or_digit(regex[i + 1])) return std::nullopt;
      literal.text += regex[++i];
    } else if (kSpecial.find(c) != std::string_view::npos) {
      return std::nullopt;
    } else {
      literal.text += c;
    }
  }
  return literal;
}

namespace {

constexpr std::string_view kMeta = ".^$*+?()[]{}|\\";

bool repeats_or_leaves_out(char c) { return c == '*' || c == '?' || c == '{'; }

std::string literal_start(std::string_view regex) {
  std::string text;
  for (std::size_t i = 0; i < regex.size(); ++i) {
    const bool escaped = regex[i] == '\\';
    if (escaped && (i + 1 == regex.size() || is_letter_or_digit(regex[i + 1]))) break;
    if (!escaped && kMeta.find(regex[i]) != kMeta.npos) break;
    if (escaped) ++i;
    if (i + 1 < regex.size() && repeats_or_leaves_out(regex[i + 1])) break;
    text += regex[i];
    if (i + 1 < regex.size() && regex[i + 1] == '+') break;
  }
  return text;
}

std::string literal_end(std::string_view regex) {
  std::string text;
  while (!regex.empty()) {
    const char c = regex.back();
    std::size_t slashes = 0;
    while (slashes + 1 < regex.size() && regex[regex.size() - 2 - slashes] == '\\') ++slashes;
    const bool escaped = slashes % 2 == 1;
    if (escaped ? is_letter_or_digit(c) : kMeta.find(c) != kMeta.npos) break;
    text.insert(text.begin(), c);
    regex.remove_suffix(escaped ? 2 : 1);
  }
  return text;
}

// Reads an expression for the length of what it matches.
class LengthReader {
 public:
  explicit LengthReader(std::string_view regex) : rest_(regex) {}
  std::optional<std::size_t> run() {
    const std::size_t length = branches();
    return rest_.empty() && !endless_ ? std::optional(length) : std::nullopt;
  }

 private:
  std::size_t branches() {
    constexpr int kDepth = 16;
    if (++depth_ > kDepth) endless_ = true;
    std::size_t longest = 0, here = 0;
    while (!rest_.empty() && rest_[0] != ')' && !endless_) {
      if (rest_[0] == '|') {
        longest = std::max(longest, here);
        here = 0;
        rest_.remove_prefix(1);
        continue;
      }
      here += piece();
    }
    --depth_;
    return std::max(longest, here);
  }
  // One character, class or group, with what repeats it.
  std::size_t piece() {
    const char c = rest_[0];
    std::size_t length = 1;
    if (c == '^' || c == '$') {
      length = 0;
      rest_.remove_prefix(1);
    } else if (c == '\\') {
      if (rest_.size() < 2) endless_ = true;
      constexpr std::string_view kNoText = "AZz";
      constexpr std::string_view kOtherCharacter =
          "123456789bBkpPuxQEc";  // and what looks beyond it
      if (rest_.size() > 1 && kOtherCharacter.find(rest_[1]) != kOtherCharacter.npos)
        endless_ = true;
      if (rest_.size() > 1 && kNoText.find(rest_[1]) != kNoText.npos) length = 0;
      rest_.remove_prefix(std::min<std::size_t>(2, rest_.size()));
    } else if (c == '[') {
      skip_class();
    } else if (c == '(') {
      length = group();
    } else {
      if (c == '*' || c == '+' || c == '?' || c == '{') endless_ = true;
      rest_.remove_prefix(1);
    }
    if (rest_.starts_with('*') || rest_.starts_with('+') || rest_.starts_with('{')) endless_ = true;
    if (rest_.starts_with('?')) rest_.remove_prefix(1);
    return length;
  }
  void skip_class() {
    std::size_t at = rest_.starts_with("[^") ? 3 : 2;  // a first ] is no end
    while (at < rest_.size() && rest_[at] != ']') at += rest_[at] == '\\' ? 2 : 1;
    if (at >= rest_.size()) endless_ = true;
    rest_.remove_prefix(std::min(at + 1, rest_.size()));
  }
  std::size_t group() {
    rest_.remove_prefix(1);
    if (rest_.starts_with("?:")) {
      rest_.remove_prefix(2);
    } else if (rest_.starts_with("?P<") ||
               (rest_.starts_with("?<") && rest_.size() > 2 && is_letter_or_digit(rest_[2]))) {
      rest_.remove_prefix(std::min(rest_.find('>'), rest_.size() - 1) + 1);
    } else if (rest_.starts_with('?')) {  // it looks around, or sets flags
      endless_ = true;
    }
    const std::size_t length = branches();
    if (!rest_.starts_with(')')) endless_ = true;
    if (!rest_.empty()) rest_.remove_prefix(1);
    return length;
  }

  std::string_view rest_;
  bool endless_ = false;
  int depth_ = 0;
};

}  // namespace

bool has_branches(std::string_view regex) {
  int depth = 0;
  bool in_class = false;
  for (std::size_t i = 0; i < regex.size(); ++i) {
    const char c = regex[i];
    if (c == '\\')
      ++i;
    else if (in_class)
      in_class = c != ']';
    else if (c == '[')
      in_class = true;
    else if (c == '(')
      ++depth;
    else if (c == ')')
      --depth;
    else if (c == '|' && depth == 0)
      return true;
  }
  return false;
}

RegexEnds required_ends(std::string_view regex) {
  RegexEnds ends;
  if (has_branches(regex)) return ends;
  const bool by_letter = regex.starts_with("\\A");
  if (regex.starts_with('^') || by_letter) {
    ends.start = literal_start(regex.substr(by_letter ? 2 : 1));
  }
  const bool escaped = regex.size() > 1 && regex[regex.size() - 2] == '\\';
  if (regex.ends_with('$') && !escaped) ends.end = literal_end(regex.substr(0, regex.size() - 1));
  if (regex.ends_with("\\Z") || regex.ends_with("\\z"))
    ends.end = literal_end(regex.substr(0, regex.size() - 2));
  return ends;
}

std::optional<std::size_t> longest_match(std::string_view regex) {
  return LengthReader(regex).run();
}

FoundByRegex found_by_regex(std::string_view regex) {
  bool all_but_few = false;
  for (std::size_t at = 0; at < regex.size(); ++at) {
    if (regex[at] == '\\') {
      if (regex.substr(at).starts_with("\\S") || regex.substr(at).starts_with("\\W") ||
          regex.substr(at).starts_with("\\D"))
        return FoundByRegex::Anything;
      ++at;
    } else if (regex[at] == '.') {
      return FoundByRegex::Anything;
    } else if (regex[at] == '[') {
      all_but_few = all_but_few || regex.substr(at).starts_with("[^");
      const std::size_t end = regex.find(']', at + 2);
      const std::string_view letters = regex.substr(at, end - at);
      if (letters.find("\\S") != letters.npos || letters.find("\\W") != letters.npos ||
          letters.find("\\D") != letters.npos)
        return FoundByRegex::Anything;
      at = std::min(end, regex.size() - 1);
    }
  }
  return all_but_few ? FoundByRegex::AllButFew : FoundByRegex::Named;
}

std::vector<std::string_view> captures_of(std::string_view regex) {
  struct Open {
    std::size_t begin = 0, row = SIZE_MAX;  // SIZE_MAX: it is not counted
  };
  std::vector<Open> open;
  std::vector<std::string_view> found;
  for (std::size_t at = 0; at < regex.size(); ++at) {
    const std::string_view rest = regex.substr(at);
    if (rest[0] == '\\') {
      ++at;
    } else if (rest[0] == '[') {
      at = std::min(regex.find(']', at + 2), regex.size() - 1);
    } else if (rest[0] == '(') {
      const bool is_named =
          rest.starts_with("(?P<") ||
          (rest.starts_with("(?<") && !rest.starts_with("(?<=") && !rest.starts_with("(?<!"));
      const bool counts = !rest.starts_with("(?") || is_named;
      open.push_back({at + 1, counts ? found.size() : SIZE_MAX});
      if (counts) found.emplace_back();
    } else if (rest[0] == ')' && !open.empty()) {
      if (open.back().row != SIZE_MAX)
        found[open.back().row] = regex.substr(open.back().begin, at - open.back().begin);
      open.pop_back();
    }
  }
  return found;
}

std::optional<Regex> regex_of(const ValuePool& pool, ValueId value) {
  constexpr std::string_view kBegin = "regex /";
  const std::string_view text = pool.text(value);
  if (text.size() > kTextBytes) return std::nullopt;
  constexpr std::string_view kFolds = "(?i)";
  if (pool.is(value, ValueKind::Text))
    return text.starts_with(kFolds) ? Regex{std::string(text.substr(kFolds.size())), false}
                                    : Regex{std::string(text)};
  if (!pool.is(value, ValueKind::Unknown) || !text.starts_with(kBegin)) return std::nullopt;
  const std::size_t end = text.rfind('/');
  if (end < kBegin.size()) return std::nullopt;
  const bool folds = text.substr(end).find('i') != std::string_view::npos;
  return Regex{std::string(text.substr(kBegin.size(), end - kBegin.size())), !folds};
}

}  // namespace fnlint
