// The spellings of SDKs, and a checker for the small grammars in which library models are written.

#include "tables/naming.h"

#include <algorithm>
#include <cctype>
#include <span>

namespace fnlint::tables {

namespace {

bool is_upper(char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; }
char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

bool is_name_part(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '$';
}

// Parts between separators that stand outside quotes.
std::vector<std::string_view> parts_of(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '\'') quoted = !quoted;
    if (i < text.size() && (quoted || text[i] != separator)) continue;
    parts.push_back(text.substr(start, i - start));
    start = i + 1;
  }
  return parts;
}

bool is_literal(std::string_view text) {
  if (text.size() > 1 && text.front() == '#')
    return text.substr(1).find_first_not_of("0123456789") == text.npos;
  return text.size() >= 2 && text.front() == '\'' && text.back() == '\'' &&
         text.substr(1, text.size() - 2).find('\'') == text.npos;
}

// The length of "receiver", "0", "Bucket", "@event", "@beside", "@fresh", "?" or "result" at the
// start.
std::size_t base_length(std::string_view text) {
  if (text == "?") return 1;
  std::size_t at = text.starts_with('@') ? 1 : 0;
  const bool special = at == 1;
  while (at < text.size() && is_name_part(text[at])) ++at;
  const std::string_view word = text.substr(0, at);
  return special && word != "@event" && word != "@beside" && word != "@fresh" ? 0 : at;
}

bool is_path(std::string_view text) {
  std::size_t at = base_length(text);
  if (at == 0) return false;
  if (text.substr(at) == "+" || text.substr(at) == "*")
    return at == 1 && text[0] >= '0' && text[0] <= '9';
  while (at < text.size()) {
    if (text.substr(at).starts_with("[]")) {
      at += 2;
      continue;
    }
    if (text[at] != '.') return false;
    ++at;
    if (text.substr(at).starts_with('@')) ++at;  // what an annotation says of the class
    const std::size_t name = at;
    while (at < text.size() && is_name_part(text[at])) ++at;
    if (at == name && at != text.size()) return false;
  }
  return true;
}

}  // namespace

std::string snake_case(std::string_view operation) {
  std::string out;
  for (std::size_t i = 0; i < operation.size(); ++i) {
    if (is_upper(operation[i]) && i != 0) {
      const bool after_lower = !is_upper(operation[i - 1]);
      const bool before_lower = i + 1 < operation.size() && !is_upper(operation[i + 1]);
      if (after_lower || before_lower) out += '_';
    }
    out += lower(operation[i]);
  }
  return out;
}

std::string lower_first(std::string_view operation) {
  std::string out(operation);
  if (!out.empty()) out[0] = lower(out[0]);
  return out;
}

std::string member_form(std::string_view name) {
  std::string out;
  for (const char c : name)
    if (c != '_' && c != '-') out += lower(c);
  return out;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (const std::string_view part : parts_of(text, separator)) parts.emplace_back(part);
  return parts;
}

namespace {

// Where the brace that `text` begins with is closed; npos: nowhere.
std::size_t closing_brace(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}' && --depth == 0) return i;
  }
  return text.npos;
}

// What stands between the commas that no brace encloses.
std::vector<std::string_view> choices_of(std::string_view text) {
  std::vector<std::string_view> choices;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}') --depth;
    if (text[i] != ',' || depth != 0) continue;
    choices.push_back(text.substr(begin, i - begin));
    begin = i + 1;
  }
  choices.push_back(text.substr(begin));
  return choices;
}

}  // namespace

std::vector<std::string> expand_braces(std::string_view text) {
  const std::size_t open = text.find('{');
  if (open == text.npos)
    return text.find('}') == text.npos ? std::vector<std::string>{std::string(text)}
                                       : std::vector<std::string>();
  const std::size_t length = closing_brace(text.substr(open));
  if (length == text.npos || text.substr(0, open).find('}') != text.npos) return {};
  const std::vector<std::string> ends = expand_braces(text.substr(open + length + 1));
  std::vector<std::string> all;
  for (const std::string_view choice : choices_of(text.substr(open + 1, length - 1)))
    for (const std::string& middle : expand_braces(choice))
      for (const std::string& end : ends)
        all.push_back(std::string(text.substr(0, open)) + middle + end);
  return all;
}

std::string objection_to_selector(std::string_view text) {
  for (const std::string_view alternative : parts_of(text, '|'))
    if (alternative != "[]" && alternative != "{}" && !is_literal(alternative) &&
        !is_path(alternative))
      return "\"" + std::string(alternative) + "\" is no selector";
  return {};
}

std::string objection_to_selectors(std::string_view text) {
  for (const std::string_view one : parts_of(text, ','))
    if (std::string what = objection_to_selector(one); !what.empty()) return what;
  return {};
}

// "0,record=1": arguments by their place, or by a name.
std::string objection_to_arguments(std::string_view text) {
  for (const std::string_view one : parts_of(text, ',')) {
    const std::size_t equals = one.find('=');
    const bool is_named = equals != one.npos && equals != 0;
    if (std::string what = objection_to_returns(is_named ? one.substr(equals + 1) : one);
        !what.empty())
      return what;
  }
  return {};
}

std::string objection_to_named_selectors(std::string_view text) {
  for (const std::string_view one : parts_of(text, ',')) {
    const std::size_t equals = one.find('=');
    if (equals == 0 || equals == one.npos)
      return "\"" + std::string(one) + "\" is no name=selector";
    if (std::string what = objection_to_selector(one.substr(equals + 1)); !what.empty())
      return what;
  }
  return {};
}

std::string objection_to_condition(std::string_view text) {
  constexpr std::string_view kIs = " is ";
  return text.find(kIs) == text.npos ? "a condition without \" is \""
                                     : objection_to_selector(text.substr(0, text.find(kIs)));
}

namespace {

// "word=selector when selector is word|word,...", where the words before '=' are known.
std::string objection_to_uses(std::string_view text, std::span<const std::string_view> words,
                              bool alone) {
  constexpr std::string_view kWhen = " when ";
  for (std::string_view one : parts_of(text, ',')) {
    const std::size_t when = one.find(kWhen);
    const std::string_view use = one.substr(0, when);
    const std::size_t equals = std::min(use.find('='), use.size());
    if (std::ranges::find(words, use.substr(0, equals)) == words.end())
      return "\"" + std::string(one) + "\" begins with no word that is known";
    std::string what = alone && equals == use.size()
                           ? std::string()
                           : objection_to_selector(use.substr(std::min(equals + 1, use.size())));
    if (what.empty() && when != one.npos)
      what = objection_to_condition(one.substr(when + kWhen.size()));
    if (!what.empty()) return what;
  }
  return {};
}

}  // namespace

// "startup=on_startup,process=1 when 0 is exit|SIGTERM"
std::string objection_to_hooks(std::string_view text) {
  constexpr std::string_view kTimes[] = {"startup", "shutdown", "lifespan", "process"};
  return objection_to_uses(text, kTimes, false);
}

std::string objection_to_sinks(std::string_view text) {
  constexpr std::string_view kKinds[] = {"sql",    "command",    "code",     "path",        "html",
                                         "nosql",  "expression", "request",  "deserialize", "log",
                                         "tls",    "token",      "verified", "stacked",     "pool",
                                         "secret", "password",   "none"};
  return objection_to_uses(text, kKinds, true);
}

std::string objection_to_returns(std::string_view text) {
  for (const std::string_view how : {"new ", "provided "})
    if (text.starts_with(how)) return objection_to_selector(text.substr(how.size()));
  if (!text.starts_with('=')) return objection_to_selector(text);
  while (true) {
    const std::size_t open = text.find('{');
    if (open == text.npos)
      return text.find('}') == text.npos ? "" : "a brace is closed that was not opened";
    const std::size_t close = text.find('}', open);
    if (close == text.npos) return "a brace is not closed";
    std::string what = objection_to_selector(text.substr(open + 1, close - open - 1));
    if (!what.empty()) return what;
    text.remove_prefix(close + 1);
  }
}

}  // namespace fnlint::tables
