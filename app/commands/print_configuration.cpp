// Renders each configuration key with its value and the file, option or default that sets it.

#include "app/commands/print_configuration.h"

#include "app/configuration/configuration_keys.h"
#include "app/configuration/configurations.h"
#include "app/configuration/yaml_text.h"
#include "app/files/exit_code.h"
#include "app/files/paths.h"
#include "core/text.h"
#include "report/unicode.h"
#include "report/words.h"

#include <algorithm>
#include <ostream>
#include <variant>

namespace fnlint {

namespace {

constexpr std::string_view kDefault = "default";

// What a key holds: one value, or rows of a list or of a map.
struct KeyRows {
  struct Row {
    std::string name = {};  // of a map's; else empty
    std::string text = {};
    std::string from = {};
  };
  bool is_scalar = false;
  std::vector<Row> rows = {};

  // A later row of a name takes the place of an earlier one.
  void put(Row row) {
    if (!row.name.empty())
      std::erase_if(rows, [&](const Row& each) { return each.name == row.name; });
    rows.push_back(std::move(row));
  }
};

class ConfigurationPage {
 public:
  ConfigurationPage(const InEffect& own, const InEffect& root, const CommandLine& line,
                    const std::string& working_directory)
      : own_(own), root_(root), line_(line), working_directory_(working_directory) {}

  std::string write() {
    std::string out;
    for (const ConfigurationKey& key : configuration_keys()) {
      if (key.adds || std::holds_alternative<ExtendKey>(key.value)) continue;
      key_ = &key;
      of_ = key.of_run ? &root_ : &own_;
      out += lines(std::visit([this](auto value) { return rows(value); }, key.value));
    }
    return out;
  }

 private:
  KeyRows rows(ExtendKey) { return {}; }
  KeyRows rows(SelectorsKey list);
  KeyRows rows(LevelsKey list);
  KeyRows rows(PathIgnoresKey list);
  KeyRows rows(GlobsKey list);
  KeyRows rows(TextsKey list);
  KeyRows rows(PathsKey list);
  KeyRows rows(PathKey path);
  KeyRows rows(FormatKey format);
  KeyRows rows(LevelKey level) { return word("--fail-on", line_.fail_on, of_->content.*level); }
  KeyRows rows(ConfidenceKey confidence) {
    return word("--confidence", line_.confidence, of_->content.*confidence);
  }
  KeyRows rows(TruthKey truth) {
    if (key_->name == "fail-on-unread" && line_.fail_on_unread)
      return scalar("true", here("--fail-on-unread"));
    return scalar(of_->content.*truth ? "true" : "false", said(key_->name));
  }
  KeyRows rows(NumberKey number) {
    return scalar(std::to_string(of_->content.settings.*(number->field)), said(key_->name));
  }
  KeyRows rows(ListKey list) {
    return scalar(list_text(of_->content.settings.*(list->field)), said(key_->name));
  }

  template <class Value>
  KeyRows word(std::string_view option, const Value& here, const Value& configured) {
    if (here) return scalar(std::string(word_of(*here)), this->here(option));
    if (configured) return scalar(std::string(word_of(*configured)), said(key_->name));
    return scalar(std::string(key_->fallback), std::string(kDefault));
  }
  static KeyRows scalar(std::string text, std::string from) {
    return {.is_scalar = true, .rows = {{{}, std::move(text), std::move(from)}}};
  }
  static std::string list_text(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) out += cat(out.empty() ? "[" : ", ", text);
    return out + (out.empty() ? "[]" : "]");
  }
  // Of the command line, or of the variable in its place.
  std::string here(std::string_view option) const {
    const auto variable = line_.from_environment.find(std::string(option));
    return variable == line_.from_environment.end() ? cat("command line, ", option)
                                                    : variable->second;
  }
  std::string said(std::string_view key) const { return said_in(*of_, key); }
  std::string said_in(const InEffect& in, std::string_view key) const {
    const auto found = in.content.said.find(key);
    return found == in.content.said.end()
               ? std::string(kDefault)
               : cat(relative_path(found->second.file, working_directory_), ':',
                     found->second.line);
  }
  std::string lines(const KeyRows& shown) const;

  const InEffect& own_;
  const InEffect& root_;
  const CommandLine& line_;
  const std::string& working_directory_;
  const ConfigurationKey* key_ = nullptr;
  const InEffect* of_ = nullptr;
};

KeyRows ConfigurationPage::rows(SelectorsKey list) {
  KeyRows shown;
  const auto add = [&](const std::vector<std::string>& texts, std::string_view option) {
    for (const std::string& text : texts) shown.put({{}, text, here(option)});
  };
  const bool selects = key_->name == "select";
  if (selects && !line_.select.empty()) {
    add(line_.select, "--select");
  } else {
    for (const std::string& text : of_->content.*list)
      shown.put({{}, text, said(cat(key_->name, '.', text))});
    if (shown.rows.empty() && selects)
      shown.put({{}, std::string(key_->fallback), std::string(kDefault)});
  }
  if (selects) add(line_.extend_select, "--extend-select");
  if (!selects) add(line_.ignore, "--ignore");
  return shown;
}

KeyRows ConfigurationPage::rows(LevelsKey list) {
  KeyRows shown;
  for (const auto& [rule, level] : of_->content.*list)
    shown.put({rule, std::string(name_of(level)), said(cat(key_->name, '.', rule))});
  for (const auto& [rule, level] : line_.severity)
    shown.put({rule, std::string(name_of(level)), here("--severity")});
  return shown;
}

KeyRows ConfigurationPage::rows(PathIgnoresKey list) {
  KeyRows shown;
  for (const PathIgnore& row : of_->content.*list)
    shown.rows.push_back({yaml_text(row.glob.text), list_text(row.selectors),
                          said(cat(key_->name, '.', row.glob.text))});
  for (const auto& [glob, selectors] : line_.per_path_ignores)
    shown.rows.push_back({yaml_text(glob), list_text(selectors), here("--per-path-ignores")});
  return shown;
}

// What the configurations above leave out is left out, too.
KeyRows ConfigurationPage::rows(GlobsKey list) {
  KeyRows shown;
  for (const InEffect* each = of_; each != nullptr; each = each->above)
    for (const PlacedGlob& glob : each->content.*list)
      shown.put({{}, yaml_text(glob.text), said_in(*each, cat(key_->name, '.', glob.text))});
  for (const std::string& glob : line_.exclude) shown.put({{}, yaml_text(glob), here("--exclude")});
  return shown;
}

KeyRows ConfigurationPage::rows(TextsKey list) {
  KeyRows shown;
  for (const auto& [name, value] : of_->content.*list)
    shown.put({yaml_text(name), yaml_text(value), said(cat(key_->name, '.', name))});
  for (const auto& [name, value] : line_.parameters)
    shown.put({yaml_text(name), yaml_text(value), here("--parameter")});
  return shown;
}

KeyRows ConfigurationPage::rows(PathsKey list) {
  KeyRows shown;
  for (const PlacedPath& row : of_->content.*list)
    shown.put({{}, yaml_text(relative_path(row.path, working_directory_)), said(key_->name)});
  return shown;
}

KeyRows ConfigurationPage::rows(PathKey path) {
  if (key_->name == "baseline" && !line_.baseline.empty())
    return scalar(yaml_text(line_.baseline), here("--baseline"));
  const std::string& text = of_->content.*path;
  if (text.empty()) return scalar("\"\"", std::string(kDefault));
  return scalar(yaml_text(relative_path(text, working_directory_)), said(key_->name));
}

KeyRows ConfigurationPage::rows(FormatKey format) {
  const auto named = std::ranges::find_if(
      line_.outputs, [](const Output& each) { return each.format != nullptr; });
  if (named != line_.outputs.end())
    return scalar(std::string(named->format->name), here("--output-format"));
  const Format* const configured = of_->content.*format;
  if (configured == nullptr) return scalar(std::string(key_->fallback), std::string(kDefault));
  return scalar(std::string(configured->name), said(key_->name));
}

std::string ConfigurationPage::lines(const KeyRows& shown) const {
  std::string out = cat(key_->name, ':');
  const auto add = [&out](std::string_view text, std::string_view from) {
    out += cat(' ', text, "  # ", one_line(from), '\n');
  };
  if (shown.rows.empty()) {
    add(std::holds_alternative<SelectorsKey>(key_->value) ||
                std::holds_alternative<GlobsKey>(key_->value) ||
                std::holds_alternative<PathsKey>(key_->value)
            ? "[]"
            : "{}",
        said(key_->name));
    return out;
  }
  if (shown.is_scalar) {
    add(shown.rows[0].text, shown.rows[0].from);
    return out;
  }
  out += '\n';
  for (const KeyRows::Row& row : shown.rows) {
    out += row.name.empty() ? "  -" : cat("  ", row.name, ':');
    add(row.text, row.from);
  }
  return out;
}

}  // namespace

int print_configurations(std::span<const Target> targets, const CommandLine& line,
                         Console& console) {
  std::string out;
  for (const Target& target : targets) {
    Configurations configurations(target, line, console.working_directory);
    const auto print = [&](const std::string& path, const InEffect& own) {
      const std::string shown =
          relative_path(join_path(target.root, path), console.working_directory);
      out += cat(
          out.empty() ? "" : "---\n", "# ", one_line(shown.empty() ? "." : shown), '\n',
          ConfigurationPage(own, configurations.root(), line, console.working_directory).write());
    };
    for (const std::string& folder : target.folders)
      print(folder, configurations.of_folder(folder));
    for (const std::string& file : target.files) print(file, configurations.of(file));
    if (!configurations.error().empty()) {
      say(console, configurations.error());
      return kCouldNotRun;
    }
  }
  console.out << out;
  return kNothingFound;
}

}  // namespace fnlint
