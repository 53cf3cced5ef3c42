// Reads each key by the kind of its value, over what the extended files say, and stops at the first
// mistake.

#include "app/configuration/configuration_reading.h"

#include "app/configuration/choices.h"
#include "app/configuration/configuration_keys.h"
#include "app/configuration/outputs.h"
#include "core/lines.h"
#include "core/text.h"
#include "frontends/documents/document.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <variant>

namespace fnlint {

namespace {

// Thrown and caught inside this file.
struct Mistake {
  YAML::Mark mark = {};
  std::string message = {};
};

[[noreturn]] void refuse(const YAML::Node& node, std::string message) {
  throw Mistake{node.Mark(), std::move(message)};
}

std::string text_of(const YAML::Node& node, std::string_view what) {
  if (!node.IsScalar()) refuse(node, cat("'", what, "' must be one value"));
  return node.Scalar();
}

// Each of a list, or one value in its place.
template <class Take>
void each_text(const YAML::Node& node, std::string_view what, const Take& take) {
  if (node.IsNull()) return;
  if (!node.IsScalar() && !node.IsSequence()) refuse(node, cat("'", what, "' must be a list"));
  if (node.IsScalar()) return take(node);
  for (const YAML::Node& item : node) {
    text_of(item, what);
    take(item);
  }
}

void each_entry(const YAML::Node& node, std::string_view what,
                const std::function<void(const std::string&, const YAML::Node& key,
                                         const YAML::Node& value)>& take) {
  if (node.IsNull()) return;
  if (!node.IsMap()) refuse(node, cat("'", what, "' must be a map"));
  for (const auto& entry : node)
    take(text_of(entry.first, cat("a key of ", what)), entry.first, entry.second);
}

template <class Row, class Name>
void take_out(std::vector<Row>& rows, const std::string& name, const Name& name_of) {
  std::erase_if(rows, [&](const Row& row) { return name_of(row) == name; });
}

// Reads the values of keys, each as its kind is kept.
class ConfigurationReader {
 public:
  ConfigurationReader(std::span<const Rule> rules, const ConfigurationSource& source)
      : rules_(rules), source_(source) {}
  Configuration read(const YAML::Node& root);

 private:
  struct Entry {
    const ConfigurationKey* key = nullptr;
    YAML::Node value = {};
  };
  const ConfigurationKey& find(const std::string& name, const YAML::Node& where) const;
  void take(const ConfigurationKey& key, ExtendKey, const YAML::Node& node);
  void take(const ConfigurationKey& key, SelectorsKey list, const YAML::Node& node);
  void take(const ConfigurationKey& key, LevelsKey list, const YAML::Node& node);
  void take(const ConfigurationKey& key, PathIgnoresKey list, const YAML::Node& node);
  void take(const ConfigurationKey& key, GlobsKey list, const YAML::Node& node);
  void take(const ConfigurationKey& key, TextsKey list, const YAML::Node& node);
  void take(const ConfigurationKey& key, PathsKey list, const YAML::Node& node);
  void take(const ConfigurationKey& key, PathKey path, const YAML::Node& node);
  void take(const ConfigurationKey& key, FormatKey format, const YAML::Node& node);
  void take(const ConfigurationKey& key, LevelKey level, const YAML::Node& node);
  void take(const ConfigurationKey& key, ConfidenceKey confidence, const YAML::Node& node);
  void take(const ConfigurationKey& key, TruthKey truth, const YAML::Node& node);
  void take(const ConfigurationKey& key, NumberKey number, const YAML::Node& node);
  void take(const ConfigurationKey& key, ListKey list, const YAML::Node& node);

  // Each of a list, or one value in its place.
  template <class Take>
  void each_of(const ConfigurationKey& key, const YAML::Node& node, const Take& take_one);
  std::vector<std::string> selectors(const YAML::Node& node, std::string_view what) const;
  std::string selector(const YAML::Node& node, std::string_view what) const;
  static Severity severity(const YAML::Node& node, std::string_view what);
  static Level level(const YAML::Node& node, std::string_view what);
  // What an extended configuration says of the key does not hold any more.
  void forget(std::string_view key);
  void note(std::string key, const YAML::Node& node) {
    const YAML::Mark mark = node.Mark();
    result_.said[std::move(key)] = {source_.file, static_cast<std::size_t>(mark.line) + 1,
                                    static_cast<std::size_t>(mark.column) + 1};
  }
  [[nodiscard]] PlacedGlob placed(const std::string& glob) const {
    return {Glob(glob), glob, source_.base};
  }

  std::span<const Rule> rules_;
  const ConfigurationSource& source_;
  Configuration result_ = {};
};

const ConfigurationKey& ConfigurationReader::find(const std::string& name,
                                                  const YAML::Node& where) const {
  std::vector<std::string_view> known;
  for (const ConfigurationKey& key : configuration_keys()) {
    if (key.name == name) return key;
    known.push_back(key.name);
  }
  refuse(where, cat("unknown key '", name, '\'', suggestion(name, known)));
}

void ConfigurationReader::forget(std::string_view key) {
  std::erase_if(result_.said,
                [start = cat(key, '.')](const auto& row) { return row.first.starts_with(start); });
}

std::string ConfigurationReader::selector(const YAML::Node& node, std::string_view what) const {
  std::string text = text_of(node, what);
  if (const std::string error = selector_error(text, rules_); !error.empty()) refuse(node, error);
  return text;
}

std::vector<std::string> ConfigurationReader::selectors(const YAML::Node& node,
                                                        std::string_view what) const {
  std::vector<std::string> texts;
  each_text(node, what, [&](const YAML::Node& item) { texts.push_back(selector(item, what)); });
  return texts;
}

Severity ConfigurationReader::severity(const YAML::Node& node, std::string_view what) {
  const std::string word = text_of(node, what);
  if (const std::optional<Severity> severity = severity_of(word)) return *severity;
  refuse(node, cat("'", what, "' must be error, warning or note, not '", word, '\'',
                   suggestion(word, {"error", "warning", "note"})));
}

Level ConfigurationReader::level(const YAML::Node& node, std::string_view what) {
  const std::string word = text_of(node, what);
  if (const std::optional<Level> level = level_named(word)) return *level;
  refuse(node, cat("'", what, "' must be error, warning, note or off, not '", word, '\'',
                   suggestion(word, {"error", "warning", "note", "off"})));
}

template <class Take>
void ConfigurationReader::each_of(const ConfigurationKey& key, const YAML::Node& node,
                                  const Take& take_one) {
  const std::string_view name = key_that_is_meant(key);
  if (!key.adds) forget(name);
  each_text(node, key.name, [&](const YAML::Node& item) {
    take_one(item);
    note(cat(name, '.', item.Scalar()), item);
  });
}

void ConfigurationReader::take(const ConfigurationKey& key, ExtendKey, const YAML::Node& node) {
  const std::string path = text_of(node, key.name);
  if (!source_.extended) return;
  Result<Configuration> extended = source_.extended(path);
  if (!extended) refuse(node, cat("extends ", extended.error()));
  result_ = std::move(extended.value());
}

void ConfigurationReader::take(const ConfigurationKey& key, SelectorsKey list,
                               const YAML::Node& node) {
  std::vector<std::string>& rows = result_.*list;
  if (!key.adds) rows.clear();
  if (key.adds && rows.empty() && !key.fallback.empty()) rows.emplace_back(key.fallback);
  each_of(key, node, [&](const YAML::Node& item) { rows.push_back(selector(item, key.name)); });
}

void ConfigurationReader::take(const ConfigurationKey& key, LevelsKey list,
                               const YAML::Node& node) {
  auto& rows = result_.*list;
  each_entry(node, key.name, [&](const std::string& rule, const auto& where, const auto& level) {
    take_out(rows, selector(where, key.name), [](const auto& row) { return row.first; });
    rows.emplace_back(rule, this->level(level, cat(key.name, '.', rule)));
    note(cat(key.name, '.', rule), where);
  });
}

void ConfigurationReader::take(const ConfigurationKey& key, PathIgnoresKey list,
                               const YAML::Node& node) {
  std::vector<PathIgnore>& rows = result_.*list;
  each_entry(node, key.name, [&](const std::string& glob, const auto& where, const auto& ignored) {
    take_out(rows, glob, [](const PathIgnore& row) { return row.glob.text; });
    rows.push_back({placed(glob), selectors(ignored, cat(key.name, '.', glob))});
    note(cat(key.name, '.', glob), where);
  });
}

void ConfigurationReader::take(const ConfigurationKey& key, GlobsKey list, const YAML::Node& node) {
  std::vector<PlacedGlob>& rows = result_.*list;
  if (!key.adds) rows.clear();
  each_of(key, node, [&](const YAML::Node& item) { rows.push_back(placed(item.Scalar())); });
}

void ConfigurationReader::take(const ConfigurationKey& key, TextsKey list, const YAML::Node& node) {
  auto& rows = result_.*list;
  each_entry(node, key.name, [&](const std::string& name, const auto& where, const auto& given) {
    take_out(rows, name, [](const auto& row) { return row.first; });
    rows.emplace_back(name, text_of(given, cat(key.name, '.', name)));
    note(cat(key.name, '.', name), where);
  });
}

void ConfigurationReader::take(const ConfigurationKey& key, PathsKey list, const YAML::Node& node) {
  // The word of other linters for levels.
  if (node.IsMap())
    refuse(node, cat("'", key.name,
                     "' must be a list of files and folders; levels of rules stand "
                     "under 'severity'"));
  (result_.*list).clear();
  each_of(key, node, [&](const YAML::Node& item) {
    (result_.*list).push_back({join_path(source_.base, item.Scalar())});
  });
}

void ConfigurationReader::take(const ConfigurationKey& key, PathKey path, const YAML::Node& node) {
  result_.*path = text_of(node, key.name);
  if (!(result_.*path).empty()) result_.*path = join_path(source_.base, result_.*path);
}

void ConfigurationReader::take(const ConfigurationKey& key, FormatKey format,
                               const YAML::Node& node) {
  const std::string word = text_of(node, key.name);
  if (const std::string error = format_error(word); !error.empty())
    refuse(node, cat('\'', key.name, "' ", error));
  result_.*format = find_format(word);
}

void ConfigurationReader::take(const ConfigurationKey& key, LevelKey level,
                               const YAML::Node& node) {
  result_.*level = severity(node, key.name);
}

void ConfigurationReader::take(const ConfigurationKey& key, ConfidenceKey confidence,
                               const YAML::Node& node) {
  const std::string word = text_of(node, key.name);
  result_.*confidence = confidence_of(word);
  if (!(result_.*confidence))
    refuse(node, cat('\'', key.name, "' must be certain, likely or possible, not '", word, '\'',
                     suggestion(word, {"certain", "likely", "possible"})));
}

void ConfigurationReader::take(const ConfigurationKey& key, TruthKey truth,
                               const YAML::Node& node) {
  bool value = false;
  if (!node.IsScalar() || !YAML::convert<bool>::decode(node, value))
    refuse(node, cat('\'', key.name, "' must be true or false"));
  result_.*truth = value;
}

void ConfigurationReader::take(const ConfigurationKey& key, NumberKey number,
                               const YAML::Node& node) {
  const std::string text = text_of(node, key.name);
  std::int64_t value = 0;
  const bool is_switch = number->least == 0 && number->most == 1;
  if (bool is_on = false; is_switch && YAML::convert<bool>::decode(node, is_on)) {
    result_.settings.*(number->field) = is_on ? 1 : 0;
    return;
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < number->least ||
      value > number->most)
    refuse(node, cat('\'', key.name, "' must be a whole number from ", number->least, " to ",
                     number->most, ", not '", text, '\''));
  result_.settings.*(number->field) = value;
}

void ConfigurationReader::take(const ConfigurationKey& key, ListKey list, const YAML::Node& node) {
  std::vector<std::string>& rows = result_.settings.*(list->field);
  rows.clear();
  each_of(key, node, [&](const YAML::Node& item) { rows.push_back(item.Scalar()); });
}

Configuration ConfigurationReader::read(const YAML::Node& root) {
  if (!root.IsMap() && !root.IsNull()) refuse(root, "the configuration must be a map of keys");
  std::vector<Entry> entries;
  each_entry(root, "the configuration",
             [&](const std::string& name, const YAML::Node& where, const YAML::Node& value) {
               const ConfigurationKey& key = find(name, where);
               if (std::ranges::find(entries, &key, &Entry::key) != entries.end())
                 refuse(where, cat("'", name, "' is set twice"));
               entries.push_back({&key, value});
             });
  // What is extended comes first, and what adds to a list comes when the list is there.
  const auto turn_of = [](const Entry& entry) {
    return std::holds_alternative<ExtendKey>(entry.key->value) ? 0 : entry.key->adds ? 2 : 1;
  };
  for (const int turn : {0, 1, 2})
    for (const Entry& entry : entries) {
      if (turn_of(entry) != turn) continue;
      std::visit([&](auto value) { take(*entry.key, value, entry.value); }, entry.key->value);
      note(std::string(entry.key->name), entry.value);
    }
  return std::move(result_);
}

std::string at(const YAML::Mark& mark, std::string_view message) {
  return cat(mark.line + 1, ':', mark.column + 1, ": ", message);
}

}  // namespace

Result<Configuration> read_configuration(std::string_view text, std::span<const Rule> rules,
                                         const ConfigurationSource& source) {
  try {
    return ConfigurationReader(rules, source).read(YAML::Load(std::string(text)));
  } catch (const Mistake& mistake) {
    return Error{at(mistake.mark, mistake.message)};
  } catch (const YAML::Exception& error) {
    const Document document = read_yaml(text);  // which says it in plainer words
    if (document.problems.empty()) return Error{at(error.mark, error.msg)};
    const Problem& problem = document.problems.front();
    const Place place = Lines(text).place(problem.where.begin);
    return Error{cat(place.line, ':', place.column, ": ", problem.message)};
  }
}

}  // namespace fnlint
