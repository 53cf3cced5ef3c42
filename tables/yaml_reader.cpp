// Typed access to YAML maps in which every unknown, missing or malformed key is an error.

#include "tables/yaml_reader.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <fstream>

namespace fnlint::tables {

namespace {

std::string in_plain_quotes(std::string_view text) { return '"' + std::string(text) + '"'; }

[[noreturn]] void fail(const std::string& file, int line, std::string_view what) {
  throw Mistake(file + ':' + std::to_string(line + 1) + ": " + std::string(what));
}

template <class T>
bool parse(std::string_view text, T& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

Entry::Entry(std::string file, const YAML::Node& node) : file_(std::move(file)), node_(node) {
  if (!node.IsMap()) object("a map is expected here");
  std::vector<std::string> seen;
  for (const auto& pair : node) {
    const std::string key = scalar(pair.first, "key");
    if (std::ranges::find(seen, key) != seen.end())
      object(pair.first, "the key " + in_plain_quotes(key) + " stands here twice");
    seen.push_back(key);
  }
}

YAML::Node Entry::take(std::string_view key) {
  known_.emplace_back(key);
  return std::as_const(node_)[std::string(key)];
}

YAML::Node Entry::node(std::string_view key) { return take(key); }

bool Entry::has(std::string_view key) const {
  return std::as_const(node_)[std::string(key)].IsDefined();
}

std::string Entry::scalar(const YAML::Node& value, std::string_view key) const {
  if (!value.IsScalar()) object(value, in_plain_quotes(key) + " takes one value");
  return value.Scalar();
}

std::string Entry::optional_text(std::string_view key) {
  const YAML::Node value = take(key);
  return !value.IsDefined() || value.IsNull() ? std::string() : scalar(value, key);
}

std::string Entry::text(std::string_view key) {
  std::string value = optional_text(key);
  if (value.empty()) object("the key " + in_plain_quotes(key) + " is missing or empty");
  return value;
}

bool Entry::flag(std::string_view key) {
  const std::string value = optional_text(key);
  if (value.empty() || value == "false") return false;
  if (value != "true") object(take(key), in_plain_quotes(key) + " takes true or false");
  return true;
}

std::optional<std::int64_t> Entry::number(std::string_view key) {
  const std::string value = optional_text(key);
  if (value.empty()) return std::nullopt;
  std::int64_t number = 0;
  if (!parse(value, number)) object(take(key), in_plain_quotes(key) + " takes a whole number");
  return number;
}

std::optional<std::int32_t> Entry::day(std::string_view key) {
  const std::string value = optional_text(key);
  if (value.empty()) return std::nullopt;
  int year = 0;
  unsigned month = 0, day = 0;
  if (value.size() == 10 && value[4] == '-' && value[7] == '-' && parse(value.substr(0, 4), year) &&
      parse(value.substr(5, 2), month) && parse(value.substr(8, 2), day)) {
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                           std::chrono::day(day)};
    if (date.ok()) return std::chrono::sys_days(date).time_since_epoch().count();
  }
  object(take(key), in_plain_quotes(key) + " takes a date, YYYY-MM-DD");
}

std::vector<std::string> Entry::texts(std::string_view key) {
  const YAML::Node list = take(key);
  std::vector<std::string> values;
  if (!list.IsDefined() || list.IsNull()) return values;
  if (!list.IsSequence()) object(list, in_plain_quotes(key) + " takes a list");
  for (const auto& item : list) values.push_back(scalar(item, key));
  return values;
}

std::vector<Entry> Entry::entries(std::string_view key) {
  const YAML::Node list = take(key);
  std::vector<Entry> values;
  if (!list.IsDefined() || list.IsNull()) return values;
  if (!list.IsSequence()) object(list, in_plain_quotes(key) + " takes a list");
  for (const auto& item : list) values.emplace_back(file_, item);
  return values;
}

std::optional<Entry> Entry::entry(std::string_view key) {
  const YAML::Node value = take(key);
  if (!value.IsDefined() || value.IsNull()) return std::nullopt;
  return Entry(file_, value);
}

std::size_t Entry::word(std::string_view key, const std::vector<std::string_view>& words) {
  const std::string value = text(key);
  const auto found = std::ranges::find(words, value);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  std::string all;
  for (const std::string_view word : words) all += (all.empty() ? "" : ", ") + std::string(word);
  object(take(key), in_plain_quotes(key) + " takes one of: " + all);
}

void Entry::finish() const {
  for (const auto& pair : node_) {
    const std::string key = pair.first.Scalar();
    if (std::ranges::find(known_, key) == known_.end())
      object(pair.first, "unknown key " + in_plain_quotes(key));
  }
}

void Entry::object(std::string_view what) const { object(node_, what); }

void Entry::object(const YAML::Node& where, std::string_view what) const {
  fail(file_, where.Mark().line, what);
}

Entry read_file(const std::string& path, const std::string& shown) {
  std::ifstream stream(path);
  if (!stream) throw Mistake(shown + ": cannot be read");
  try {
    return Entry(shown, YAML::Load(stream));
  } catch (const YAML::Exception& error) {
    fail(shown, error.mark.line, error.msg);
  }
}

}  // namespace fnlint::tables
