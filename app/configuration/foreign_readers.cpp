#include "app/configuration/foreign_reading.h"
#include "core/text.h"
#include "frontends/documents/document.h"
#include "frontends/templates/hcl_blocks.h"

#include <algorithm>
#include <array>

// Configurations of other linters: which of their rules a project switches off, and where, in the
// words of our own configuration.
namespace fnlint {

namespace {

bool is_foreign_true(const Document& document, NodeId node) {
  return node.exists() && document[node].text == "true";
}

NodeId foreign_root(const Document& document) {
  return document.roots.empty() ? NodeId{} : document.roots[0];
}

std::span<const MapEntry> foreign_keys(const Document& document, NodeId map) {
  return map.exists() ? document.entries_of(document[map]) : std::span<const MapEntry>{};
}

// checkov's paths are regular expressions; most are names.
std::optional<std::string> glob_of_expression(std::string text) {
  for (const std::string_view end : {"/.*", "/*", ".*", "$"})
    if (text.ends_with(end)) {
      text.resize(text.size() - end.size());
      break;
    }
  if (text.starts_with('^')) text.erase(0, 1);
  if (text.starts_with("./")) text.erase(0, 2);
  text = replace_all(text, "\\.", ".");
  const bool plain = text.find_first_of("*+?()[]{}|^$\\") == std::string::npos;
  return plain && !text.empty() ? std::optional(text) : std::nullopt;
}

}  // namespace

std::optional<Error> read_checkov(std::string_view text, ForeignReading& reading) {
  const Document document = read_yaml(text);
  if (auto error = reading.broken(document)) return error;
  for (const MapEntry& entry : foreign_keys(document, foreign_root(document))) {
    const std::vector<ForeignText> texts = foreign_texts(document, entry.value);
    if (entry.key == "skip-check") {
      reading.ignore("skip-check", texts);
    } else if (entry.key == "check") {
      reading.select("check", texts);
    } else if (entry.key == "skip-path") {
      for (const ForeignText& path : texts)
        if (auto glob = glob_of_expression(path.text))
          reading.exclude({std::move(*glob), path.where});
        else
          reading.without(path.where, cat("skip-path ", path.text, ": no glob can express it"));
    } else if (entry.key == "soft-fail" && is_foreign_true(document, entry.value)) {
      reading.without(entry.key_range, "soft-fail: use --exit-zero on the command line");
    } else if (entry.key != "soft-fail") {
      reading.own_setting(entry.key);
    }
  }
  return {};
}

std::optional<Error> read_cfn_lint(std::string_view text, ForeignReading& reading) {
  const Document document = read_yaml(text);
  if (auto error = reading.broken(document)) return error;
  for (const MapEntry& entry : foreign_keys(document, foreign_root(document))) {
    const std::string key = replace_all(entry.key, "-", "_");
    const std::vector<ForeignText> texts = foreign_texts(document, entry.value);
    if (key == "ignore_checks")
      reading.ignore(key, texts);
    else if (key == "include_checks")
      reading.select(key, texts);
    else if (key == "ignore_templates")
      for (const ForeignText& glob : texts) reading.exclude(glob);
    else
      reading.own_setting(entry.key);
  }
  return {};
}

std::optional<Error> read_tflint(std::string_view text, ForeignReading& reading) {
  const HclFile file = read_hcl_blocks(text);
  if (!file.problems.empty())
    return reading.error(file.problems[0].where, file.problems[0].message);
  for (const HclBlock& block : file.blocks) {
    if (block.type != "rule" || block.labels.size() != 1) {
      reading.own_setting(block.labels.empty() ? block.type
                                               : cat(block.type, " \"", block.labels[0], '"'));
      continue;
    }
    const auto enabled = std::ranges::find(block.settings, "enabled", &HclSetting::name);
    const std::vector<ForeignText> id{{block.labels[0], block.where}};
    if (enabled != block.settings.end() && enabled->value == "false")
      reading.ignore("rule", id);
    else
      reading.select("rule", id);
  }
  return {};
}

std::optional<Error> read_semgrep_ignore(std::string_view text, ForeignReading& reading) {
  const Lines lines(text);
  for (std::uint32_t number = 1; number <= lines.count(); ++number) {
    const std::string_view line = trim(lines.line(number));
    const Range where{lines.start(number), lines.start(number)};
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with('!'))
      reading.without(where, cat(line, ": an excluded file cannot be included again"));
    else if (line.starts_with(':'))
      reading.without(where, cat(line, ": a .gitignore is obeyed anyway; no other file is read"));
    else
      reading.exclude({std::string(line), where});
  }
  return {};
}

// Rules of the project's own: where one has a counterpart, its excluded paths have, too.
std::optional<Error> read_semgrep_rules(std::string_view text, ForeignReading& reading) {
  const Document document = read_yaml(text);
  if (auto error = reading.broken(document)) return error;
  const NodeId rules = document.find(foreign_root(document), "rules");
  if (!rules.exists()) return {};
  for (const NodeId rule : document.items_of(document[rules])) {
    const std::vector<ForeignText> id = foreign_texts(document, document.find(rule, "id"));
    if (id.empty()) continue;
    const std::vector<ForeignText> excluded =
        foreign_texts(document, document.find(document.find(rule, "paths"), "exclude"));
    for (const ForeignText& glob : excluded) reading.ignore_in(glob.text, id);
    if (excluded.empty()) reading.own_setting(cat("rule ", id[0].text));
  }
  return {};
}

namespace {

void read_ruff_key(const Document& document, const MapEntry& entry, ForeignReading& reading) {
  constexpr std::array<std::string_view, 2> kIgnores{"ignore", "extend-ignore"};
  constexpr std::array<std::string_view, 2> kExcludes{"exclude", "extend-exclude"};
  constexpr std::array<std::string_view, 2> kPerFile{"per-file-ignores", "extend-per-file-ignores"};
  const std::vector<ForeignText> texts = foreign_texts(document, entry.value);
  if (is_one_of(kIgnores, entry.key)) {
    reading.ignore(entry.key, texts);
  } else if (is_one_of(kExcludes, entry.key)) {
    for (const ForeignText& glob : texts) reading.exclude(glob);
  } else if (is_one_of(kPerFile, entry.key)) {
    for (const MapEntry& file : document.entries_of(document[entry.value]))
      if (file.key.starts_with('!'))
        reading.without(file.key_range, cat(file.key, ": no glob can express all other files"));
      else
        reading.ignore_in(file.key, foreign_texts(document, file.value));
  } else {
    reading.own_setting(entry.key);
  }
}

void read_ruff_table(const Document& document, NodeId table, ForeignReading& reading) {
  for (const MapEntry& entry : foreign_keys(document, table)) {
    if (entry.key != "lint" || document[entry.value].kind != NodeKind::Map) {
      read_ruff_key(document, entry, reading);
      continue;
    }
    for (const MapEntry& inner : foreign_keys(document, entry.value))
      read_ruff_key(document, inner, reading);
  }
}

}  // namespace

std::optional<Error> read_ruff(std::string_view text, ForeignReading& reading) {
  const Document document = read_toml(text);
  if (auto error = reading.broken(document)) return error;
  read_ruff_table(document, foreign_root(document), reading);
  return {};
}

std::optional<Error> read_pyproject(std::string_view text, ForeignReading& reading) {
  const Document document = read_toml(text);
  if (auto error = reading.broken(document)) return error;
  const NodeId ruff = document.find(document.find(foreign_root(document), "tool"), "ruff");
  if (!ruff.exists()) return reading.error({}, "there is no table [tool.ruff]");
  read_ruff_table(document, ruff, reading);
  return {};
}

}  // namespace fnlint
