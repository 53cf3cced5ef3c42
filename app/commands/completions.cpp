// Scripts for bash, zsh and fish, generated from the declared options, so that none is forgotten.

#include "app/commands/completions.h"

#include "app/commands/command_parser.h"
#include "app/files/exit_code.h"
#include "core/text.h"
#include "model/rule.h"
#include "report/formats.h"
#include "tables/tables.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <ostream>
#include <set>

namespace fnlint {

namespace {

enum class Takes : std::uint8_t { Nothing, Words, Files, Rules, Anything };

// An option, or what a command takes without one.
struct OptionRow {
  std::vector<std::string> names = {};  // "-q", "--quiet"; none: a positional
  Takes takes = Takes::Nothing;
  std::string words = {};  // of Takes::Words, parted by blanks
  std::string value = {};  // what the help calls it
  std::string help = {};
  bool repeated = false;
};

struct CommandRow {
  std::string name = {}, help = {};
  std::vector<OptionRow> options = {}, positionals = {};
};

using CommandRows = std::vector<CommandRow>;

std::string format_words() {
  std::string words;
  for (const Format& each : formats()) words += cat(words.empty() ? "" : " ", each.name);
  return words;
}

// What a selector may be, apart from other tools' ids.
std::string rule_words() {
  std::set<std::string_view> categories;
  for (const Rule& rule : rules()) categories.insert(rule.category);
  std::string words = "ALL default strict security cost observability";
  for (const std::string_view each : categories)
    if (cat(" ", words, " ").find(cat(" ", each, " ")) == std::string::npos)
      words += cat(" ", each);
  for (const Rule& rule : rules()) words += cat(" ", rule.id);
  return words;
}

// The name of a value in the help says what it is.
void set_value(OptionRow& row, const std::string& value) {
  row.value = value;
  if (value.find('|') != std::string::npos) {
    row.takes = Takes::Words;
    row.words = replace_all(value, "|", " ");
    row.value = "WORD";
  } else if (value == "FORMAT") {
    row.takes = Takes::Words;
    row.words = format_words();
  } else if (value == "RULE,..." || value == "RULE") {
    row.takes = Takes::Rules;
    row.value = "RULE";
  } else {
    row.takes = value == "FILE" || value == "PATH" ? Takes::Files : Takes::Anything;
  }
}

OptionRow row_of(const CLI::Option& option) {
  OptionRow row{.help = option.get_description(),
          .repeated = option.get_multi_option_policy() != CLI::MultiOptionPolicy::TakeLast};
  for (const std::string& name : option.get_snames()) row.names.push_back(cat("-", name));
  for (const std::string& name : option.get_lnames()) row.names.push_back(cat("--", name));
  const std::string type = option.get_type_name();
  if (option.get_items_expected_max() > 0)
    set_value(row, type.empty() ? option.get_name(true) : type);
  return row;
}

CommandRows command_rows() {
  CommandRows rows;
  std::string names;
  visit_commands([&](std::string_view name, const CLI::App& app) {
    CommandRow row{.name = std::string(name), .help = app.get_description()};
    for (const CLI::Option* const option : app.get_options())
      if (!option->get_group().empty())
        (option->get_positional() ? row.positionals : row.options).push_back(row_of(*option));
    names += cat(names.empty() ? "" : " ", name);
    rows.push_back(std::move(row));
  });
  rows.push_back({.name = "help",
                  .help = "Prints what a command takes.",
                  .positionals = {{.takes = Takes::Words, .words = names, .value = "COMMAND"}}});
  rows.push_back({.name = "version", .help = "Prints the version."});
  return rows;
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string out;
  for (const std::string& word : words) out += cat(out.empty() ? "" : between, word);
  return out;
}

std::string names_of(const CommandRows& commands, std::string_view between) {
  std::vector<std::string> names;
  for (const CommandRow& command : commands) names.push_back(command.name);
  return joined(names, between);
}

// --- bash

// What completes a value, as the statements of a `case`.
std::string bash_action(const OptionRow& row) {
  switch (row.takes) {
    case Takes::Words: return cat("words='", row.words, "'");
    case Takes::Rules: return "words=$rules prefix=${word%\"${word##*,}\"}";
    case Takes::Files: return "files=1";
    case Takes::Nothing:
    case Takes::Anything: return ":";
  }
  return {};
}

constexpr std::string_view kBashBegin =
    R"(# Completions of fnlint for bash, as `fnlint completions bash` prints them.
_fnlint() {
  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local command=check words='' files='' prefix='' reply
  COMPREPLY=()
  # To bash, --color=always is three words.
  if [[ $word == '=' ]]; then
    word=''
  elif [[ $previous == '=' ]]; then
    previous=${COMP_WORDS[COMP_CWORD - 2]}
  fi
)";

constexpr std::string_view kBashEnd = R"(      esac
      ;;
  esac
  while IFS= read -r reply; do
    COMPREPLY+=("$reply")
  done < <(compgen -P "$prefix" -W "$words" -- "${word#"$prefix"}"; [[ -z $files ]] || compgen -f -- "$word")
  # Names of folders get a slash; older versions of bash have no compopt.
  [[ -z $files ]] || compopt -o filenames 2>/dev/null || true
}
complete -F _fnlint fnlint
)";

void write_bash(const CommandRows& commands, std::ostream& out) {
  out << kBashBegin << "  local rules='" << rule_words() << "'\n"
      << "  if ((COMP_CWORD > 1)); then\n    case ${COMP_WORDS[1]} in\n      "
      << names_of(commands, " | ") << ") command=${COMP_WORDS[1]} ;;\n    esac\n  fi\n"
      << "  case \"$command $previous\" in\n";
  for (const CommandRow& command : commands)
    for (const OptionRow& row : command.options) {
      if (row.takes == Takes::Nothing) continue;
      std::vector<std::string> patterns;
      for (const std::string& name : row.names)
        patterns.push_back(cat("'", command.name, " ", name, "'"));
      out << "    " << joined(patterns, " | ") << ") " << bash_action(row) << " ;;\n";
    }
  out << "    *)\n      ((COMP_CWORD > 1)) || words='" << names_of(commands, " ") << "'\n"
      << "      case \"$command $word\" in\n";
  for (const CommandRow& command : commands) {
    std::vector<std::string> names;
    for (const OptionRow& row : command.options) names.push_back(joined(row.names, " "));
    out << "        '" << command.name << " -'*) words='" << joined(names, " ") << "' ;;\n";
  }
  for (const CommandRow& command : commands)
    for (const OptionRow& row : command.positionals)
      out << "        '" << command.name << " '*) " << bash_action(row) << " ;;\n";
  out << kBashEnd;
}

// --- zsh

std::string zsh_text(std::string text) {
  for (const std::string_view special : {"\\", "[", "]", ":"})
    text = replace_all(text, special, cat("\\", special));
  return replace_all(text, "'", "'\\''");
}

std::string zsh_value(const OptionRow& row) {
  switch (row.takes) {
    case Takes::Nothing: return {};
    case Takes::Words: return cat(":", row.value, ":(", row.words, ")");
    case Takes::Rules: return cat(":", row.value, ":_fnlint_rules");
    case Takes::Files: return cat(":", row.value, ":_files");
    case Takes::Anything: return cat(":", row.value, ":");
  }
  return {};
}

// A line of _arguments for each name; one name given excludes the other.
void write_zsh_option(const OptionRow& row, std::ostream& out) {
  const bool repeated = row.repeated && row.takes != Takes::Nothing;
  for (const std::string& name : row.names) {
    const bool has_value = row.takes != Takes::Nothing && name.starts_with("--");
    out << " \\\n        '" << (repeated ? "*" : cat("(", joined(row.names, " "), ")")) << name
        << (has_value ? "=" : "") << '[' << zsh_text(row.help) << ']' << zsh_value(row) << '\'';
  }
}

constexpr std::string_view kZshEnd = R"(  esac
}

if [[ $funcstack[1] == _fnlint ]]; then
  _fnlint "$@"
else
  compdef _fnlint fnlint
fi
)";

void write_zsh(const CommandRows& commands, std::ostream& out) {
  out << "#compdef fnlint\n# Completions of fnlint for zsh, as `fnlint completions zsh` prints "
         "them.\n\n"
      << "_fnlint_rules() {\n  local -a rules=(" << rule_words() << ")\n"
      << "  _sequence compadd - $rules\n}\n\n_fnlint() {\n  local command=check\n  local -a "
         "commands=(\n";
  for (const CommandRow& command : commands)
    out << "    '" << command.name << ':' << zsh_text(command.help) << "'\n";
  out << "  )\n"
      << "  if (( CURRENT > 2 )) && [[ $words[2] == (" << names_of(commands, "|") << ") ]]; then\n"
      << "    command=$words[2]\n    shift words\n    (( CURRENT-- ))\n"
      << "  elif (( CURRENT == 2 )) && [[ $PREFIX != -* ]]; then\n"
      << "    _describe -t commands command commands\n  fi\n  case $command in\n";
  for (const CommandRow& command : commands) {
    out << "    " << command.name << ")\n      _arguments -s -S";
    for (const OptionRow& row : command.options) write_zsh_option(row, out);
    for (const OptionRow& row : command.positionals) out << " \\\n        '*" << zsh_value(row) << '\'';
    out << "\n      ;;\n";
  }
  out << kZshEnd;
}

// --- fish

std::string fish_text(const std::string& text) {
  return cat("'", replace_all(replace_all(text, "\\", "\\\\"), "'", "\\'"), "'");
}

std::string fish_value(const OptionRow& row) {
  switch (row.takes) {
    case Takes::Nothing: return {};
    case Takes::Words: return cat(" -x -a '", row.words, "'");
    case Takes::Rules: return " -x -a '(__fish_complete_list , __fnlint_rules)'";
    case Takes::Files: return " -r -F";
    case Takes::Anything: return " -x";
  }
  return {};
}

std::string fish_names(const OptionRow& row) {
  std::string out;
  for (const std::string& name : row.names)
    out += name.starts_with("--") ? cat(" -l ", name.substr(2)) : cat(" -s ", name.substr(1));
  return out;
}

void write_fish(const CommandRows& commands, std::ostream& out) {
  out << "# Completions of fnlint for fish, as `fnlint completions fish` prints them.\n"
      << "function __fnlint_rules\n    printf '%s\\n' " << rule_words() << "\nend\n\n"
      << "function __fnlint_is\n    set -l words (commandline -opc)\n    set -l command check\n"
      << "    if set -q words[2]; and contains -- $words[2] " << names_of(commands, " ")
      << "\n        set command $words[2]\n    end\n    contains -- $command $argv\nend\n\n";
  for (const CommandRow& command : commands)
    out << "complete -c fnlint -n 'test (count (commandline -opc)) -eq 1' -a " << command.name
        << " -d " << fish_text(command.help) << '\n';
  for (const CommandRow& command : commands) {
    const std::string of_it = cat("complete -c fnlint -n '__fnlint_is ", command.name, "'");
    for (const OptionRow& row : command.options)
      out << of_it << fish_names(row) << fish_value(row) << " -d " << fish_text(row.help) << '\n';
    const bool takes_files = std::ranges::any_of(
        command.positionals, [](const OptionRow& row) { return row.takes == Takes::Files; });
    if (!takes_files) out << of_it << " -f\n";
    for (const OptionRow& row : command.positionals)
      if (row.takes != Takes::Files) out << of_it << fish_value(row) << '\n';
  }
}

}  // namespace

int completions_command(const CommandLine& line, Console& console) {
  const CommandRows commands = command_rows();
  switch (line.shell) {
    case Shell::Bash: write_bash(commands, console.out); break;
    case Shell::Zsh: write_zsh(commands, console.out); break;
    case Shell::Fish: write_fish(commands, console.out); break;
  }
  return kNothingFound;
}

}  // namespace fnlint
