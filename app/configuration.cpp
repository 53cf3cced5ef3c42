#include "app/configuration.h"

#include "app/outputs.h"
#include "app/selection.h"
#include "core/text.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>

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

std::string meant(std::string_view word, const std::vector<std::string_view>& known) {
  const std::string_view close = nearest(word, known);
  return close.empty() ? std::string{} : cat("; did you mean '", close, "'?");
}

std::string text_of(const YAML::Node& node, std::string_view what) {
  if (!node.IsScalar()) refuse(node, cat("'", what, "' must be one value"));
  return node.Scalar();
}

// A list, or one value in its place.
std::vector<std::string> texts_of(const YAML::Node& node, std::string_view what) {
  std::vector<std::string> texts;
  if (node.IsNull()) return texts;
  if (node.IsScalar()) return {node.Scalar()};
  if (!node.IsSequence()) refuse(node, cat("'", what, "' must be a list"));
  for (const YAML::Node& item : node) texts.push_back(text_of(item, what));
  return texts;
}

void each_entry(const YAML::Node& node, std::string_view what,
                const std::function<void(const std::string&, const YAML::Node& key,
                                         const YAML::Node& value)>& take) {
  if (node.IsNull()) return;
  if (!node.IsMap()) refuse(node, cat("'", what, "' must be a map"));
  for (const auto& entry : node)
    take(text_of(entry.first, cat("a key of ", what)), entry.first, entry.second);
}

class ConfigurationReader {
 public:
  explicit ConfigurationReader(std::span<const Rule> rules) : rules_(rules) {}
  Configuration read(const YAML::Node& root);

 private:
  void key(const std::string& name, const YAML::Node& key, const YAML::Node& value);
  bool threshold(const std::string& name, const YAML::Node& value);
  std::vector<std::string> selectors(const YAML::Node& node, std::string_view what) const;
  void check_selector(const std::string& selector, const YAML::Node& node) const {
    if (std::string error = selector_error(selector, rules_); !error.empty()) refuse(node, error);
  }
  static Severity severity(const YAML::Node& node, std::string_view what);
  static Confidence confidence(const YAML::Node& node);
  static const Format* format(const YAML::Node& node);
  static bool truth(const YAML::Node& node, std::string_view what);

  std::span<const Rule> rules_;
  Configuration result_ = {};
};

constexpr std::array<std::string_view, 13> kKeys{
    "select",         "ignore",        "severity",          "per-path-ignores", "exclude",
    "parameters",     "fail-on",       "baseline",          "confidence",       "compile-commands",
    "fail-on-unread", "output-format", "other-suppressions"};

std::vector<std::string> ConfigurationReader::selectors(const YAML::Node& node,
                                                        std::string_view what) const {
  std::vector<std::string> texts = texts_of(node, what);
  if (node.IsScalar()) {
    check_selector(texts[0], node);
  } else {
    for (std::size_t i = 0; i < texts.size(); ++i) check_selector(texts[i], node[i]);
  }
  return texts;
}

Severity ConfigurationReader::severity(const YAML::Node& node, std::string_view what) {
  const std::string word = text_of(node, what);
  if (const std::optional<Severity> severity = severity_of(word)) return *severity;
  refuse(node, cat("'", what, "' must be error, warning or note, not '", word, '\'',
                   meant(word, {"error", "warning", "note"})));
}

Confidence ConfigurationReader::confidence(const YAML::Node& node) {
  const std::string word = text_of(node, "confidence");
  if (const std::optional<Confidence> confidence = confidence_of(word)) return *confidence;
  refuse(node, cat("'confidence' must be certain, likely or possible, not '", word, '\'',
                   meant(word, {"certain", "likely", "possible"})));
}

const Format* ConfigurationReader::format(const YAML::Node& node) {
  const std::string word = text_of(node, "output-format");
  if (const std::string error = format_error(word); !error.empty())
    refuse(node, cat("'output-format' ", error));
  return find_format(word);
}

bool ConfigurationReader::truth(const YAML::Node& node, std::string_view what) {
  bool value = false;
  if (!node.IsScalar() || !YAML::convert<bool>::decode(node, value))
    refuse(node, cat("'", what, "' must be true or false"));
  return value;
}

bool ConfigurationReader::threshold(const std::string& name, const YAML::Node& value) {
  for (const Threshold& row : kThresholds) {
    if (row.key != name) continue;
    const std::string text = text_of(value, name);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < row.least ||
        number > row.most)
      refuse(value, cat("'", name, "' must be a whole number from ", row.least, " to ", row.most,
                        ", not '", text, '\''));
    result_.settings.*row.field = number;
    return true;
  }
  return false;
}

void ConfigurationReader::key(const std::string& name, const YAML::Node& key,
                              const YAML::Node& value) {
  if (name == "select") {
    result_.select = selectors(value, name);
  } else if (name == "ignore") {
    result_.ignore = selectors(value, name);
  } else if (name == "severity") {
    each_entry(value, name, [&](const std::string& rule, const auto& where, const auto& level) {
      check_selector(rule, where);
      result_.severity.emplace_back(rule, severity(level, cat("severity.", rule)));
    });
  } else if (name == "per-path-ignores") {
    each_entry(value, name, [&](const std::string& glob, const auto&, const auto& ignored) {
      result_.per_path_ignores.push_back(
          {Glob(glob), selectors(ignored, cat("per-path-ignores.", glob))});
    });
  } else if (name == "exclude") {
    for (const std::string& glob : texts_of(value, name)) result_.exclude.emplace_back(glob);
  } else if (name == "parameters") {
    each_entry(value, name, [&](const std::string& parameter, const auto&, const auto& given) {
      result_.parameters.emplace_back(parameter, text_of(given, cat("parameters.", parameter)));
    });
  } else if (name == "compile-commands") {
    result_.compile_commands = text_of(value, name);
  } else if (name == "baseline") {
    result_.baseline = text_of(value, name);
  } else if (name == "output-format") {
    result_.output_format = format(value);
  } else if (name == "fail-on") {
    result_.fail_on = severity(value, name);
  } else if (name == "fail-on-unread") {
    result_.fail_on_unread = truth(value, name);
  } else if (name == "other-suppressions") {
    result_.other_suppressions = truth(value, name);
  } else if (name == "confidence") {
    result_.confidence = confidence(value);
  } else if (!threshold(name, value)) {
    std::vector<std::string_view> known(kKeys.begin(), kKeys.end());
    for (const Threshold& row : kThresholds) known.push_back(row.key);
    refuse(key, cat("unknown key '", name, '\'', meant(name, known)));
  }
}

Configuration ConfigurationReader::read(const YAML::Node& root) {
  std::vector<std::string> seen;
  if (!root.IsMap() && !root.IsNull()) refuse(root, "the configuration must be a map of keys");
  each_entry(root, "the configuration",
             [&](const std::string& name, const YAML::Node& where, const YAML::Node& value) {
               if (std::ranges::find(seen, name) != seen.end())
                 refuse(where, cat("'", name, "' is set twice"));
               seen.push_back(name);
               key(name, where, value);
             });
  return std::move(result_);
}

std::string at(const YAML::Mark& mark, std::string_view message) {
  return cat(mark.line + 1, ':', mark.column + 1, ": ", message);
}

}  // namespace

std::optional<Severity> severity_of(std::string_view word) {
  if (word == "error") return Severity::Error;
  if (word == "warning") return Severity::Warning;
  if (word == "note") return Severity::Note;
  return {};
}

std::optional<Confidence> confidence_of(std::string_view word) {
  if (word == "certain") return Confidence::Certain;
  if (word == "likely") return Confidence::Likely;
  if (word == "possible") return Confidence::Possible;
  return {};
}

Result<Configuration> read_configuration(std::string_view text, std::span<const Rule> rules) {
  try {
    return ConfigurationReader(rules).read(YAML::Load(std::string(text)));
  } catch (const Mistake& mistake) {
    return Error{at(mistake.mark, mistake.message)};
  } catch (const YAML::Exception& error) {
    return Error{at(error.mark, error.msg)};
  }
}

}  // namespace fnlint
