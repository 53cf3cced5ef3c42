// Ranks the commands' settings, and splits parameter overrides into names and values as SAM does.

#include "frontends/documents/samconfig.h"

#include "core/characters.h"
#include "core/text.h"
#include "frontends/documents/samconfig_settings.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace fnlint {

Range LocatedText::part(std::size_t begin, std::size_t end) const {
  const auto offset = [&](std::size_t at) {
    const auto after = std::upper_bound(
        places.begin(), places.end(), at,
        [](std::size_t wanted, const Segment& row) { return wanted < row.text_begin; });
    const Segment* row = after == places.begin() ? nullptr : &*std::prev(after);
    const std::size_t place =
        row == nullptr ? range.begin + at : row->file_begin + (at - row->text_begin);
    return std::min(static_cast<std::uint32_t>(place), range.end);
  };
  const std::uint32_t first = offset(begin);
  return {first, std::max(first, offset(end))};
}

namespace {

// Whose settings count before all others, in this order; "global" comes after all.
constexpr std::array<std::string_view, 3> kOverrideCommands{"deploy", "sync", "build"};
// `deploy` often names what `build` or `package` made, so the source template is sought elsewhere
// first.
constexpr std::array<std::string_view, 3> kTemplateCommands{"build", "sync", "validate"};
constexpr std::string_view kGlobal = "global", kBuildFolder = ".aws-sam/";

template <std::size_t size>
std::vector<std::string> in_order(const std::array<std::string_view, size>& first,
                                  const std::vector<std::string>& all) {
  std::vector<std::string> names(first.begin(), first.end());
  for (const std::string& name : all) {
    if (name != kGlobal && std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  names.emplace_back(kGlobal);
  return names;
}

// One word of "Key=Value Other=\"a value\"": blanks inside quotes do not end it.
struct Word {
  std::size_t begin = 0, end = 0;
};

std::vector<Word> label_of(std::string_view text) {
  std::vector<Word> words;
  char quote = 0;
  bool open = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote == 0 && is_blank(c)) {
      open = false;
      continue;
    }
    if (!open) words.push_back({i, i});
    open = true;
    if (c == '\\' && i + 1 < text.size()) {
      ++i;
    } else if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == quote) {
      quote = 0;
    }
    words.back().end = i + 1;
  }
  return words;
}

// Without quotes around it; of escapes only those of a quote and a blank are undone, as SAM does.
std::string unquoted(std::string_view value) {
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
      value.front() == value.back()) {
    value = value.substr(1, value.size() - 2);
  }
  std::string result;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool escape = value[i] == '\\' && i + 1 < value.size() &&
                        (value[i + 1] == '"' || value[i + 1] == ' ' || value[i + 1] == '\'');
    if (!escape) result += value[i];
  }
  return result;
}

class OverrideReader {
 public:
  explicit OverrideReader(SamConfig& config) : config_(config) {}

  void read(const Setting& setting) {
    for (const LocatedText& text : setting.texts) read_text(text);
    for (const auto& [name, value] : setting.table) set(name, value.text, value.range);
    if (!setting.well_formed) {
      problem(setting.range, "parameter_overrides takes a text, a list of texts or a table");
    }
  }

 private:
  void read_text(const LocatedText& located) {
    for (const Word& word : label_of(located.text)) {
      const std::string_view text =
          std::string_view(located.text).substr(word.begin, word.end - word.begin);
      const Range where = located.part(word.begin, word.end);
      if (!text.starts_with(kLongKey)) {
        read_short(text, word, located);
        continue;
      }
      const std::size_t comma = text.find(kLongValue);
      if (comma == std::string_view::npos) {
        problem(where, "ParameterKey=... without ,ParameterValue=...");
        continue;
      }
      const std::size_t value = comma + kLongValue.size();
      set(unquoted(text.substr(kLongKey.size(), comma - kLongKey.size())),
          unquoted(text.substr(value)),
          value < text.size() ? located.part(word.begin + value, word.end) : where);
    }
  }
  void read_short(std::string_view text, const Word& word, const LocatedText& located) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0) {
      problem(located.part(word.begin, word.end),
              "parameter_overrides: expected Name=Value or ParameterKey=Name,ParameterValue=Value");
      return;
    }
    const bool has_value = equals + 1 < text.size();
    set(unquoted(text.substr(0, equals)), unquoted(text.substr(equals + 1)),
        located.part(word.begin + (has_value ? equals + 1 : 0), word.end));
  }
  void set(std::string name, std::string value, Range where) {
    const auto [known, added] = rows_.emplace(name, config_.overrides.size());
    if (added) config_.overrides.emplace_back();
    config_.overrides[known->second] = {std::move(name), std::move(value), where};
  }
  void problem(Range where, std::string_view message) {
    config_.problems.push_back({where, std::string(message)});
  }

  static constexpr std::string_view kLongKey = "ParameterKey=", kLongValue = ",ParameterValue=";
  SamConfig& config_;
  std::unordered_map<std::string, std::size_t> rows_;  // of config_.overrides, by name
};

void find_template(const SamSettings& settings, SamConfig& config) {
  for (const std::string& command : in_order(kTemplateCommands, settings.commands())) {
    for (const std::string_view name : {"template_file", "template"}) {
      const Setting setting = settings.find(command, name);
      if (setting.texts.size() != 1 || setting.texts[0].text.empty()) continue;
      if (setting.texts[0].text.starts_with(kBuildFolder)) continue;
      config.template_path = setting.texts[0].text;
      config.template_range = setting.texts[0].range;
      return;
    }
  }
}

}  // namespace

SamConfig read_samconfig(std::string_view text, SamConfigFormat format,
                         std::string_view environment) {
  SamConfig config;
  const std::unique_ptr<SamSettings> settings =
      format == SamConfigFormat::Toml ? open_toml_settings(text, environment, config.problems)
                                      : open_yaml_settings(text, environment, config.problems);
  if (settings == nullptr) return config;
  config.has_environment = settings->has_environment();
  for (const std::string& command : in_order(kOverrideCommands, settings->commands())) {
    const Setting setting = settings->find(command, "parameter_overrides");
    if (!setting.exists) continue;
    OverrideReader(config).read(setting);
    break;
  }
  find_template(*settings, config);
  return config;
}

}  // namespace fnlint
