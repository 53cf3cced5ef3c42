// Splits scripts of all kinds into commands, fills in the variables that they assign, and follows
// changes of the folder.

#include "link/resolve/build_commands.h"

#include "core/characters.h"
#include "core/text.h"
#include "link/resolve/archive_names.h"
#include "tables/known.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace fnlint {

namespace {

constexpr std::string_view kUnknownPart = "${}";

using Variables = std::map<std::string, std::string, std::less<>>;

// "$(NAME)", "${NAME}", "$NAME", "{{NAME}}", "${{ a.b }}" at the beginning: how long it is, and the
// name.
std::pair<std::size_t, std::string_view> variable_at(std::string_view text) {
  for (const auto& [open, close] : std::array<std::array<std::string_view, 2>, 5>{
           {{"${{", "}}"}, {"$((", "))"}, {"${", "}"}, {"$(", ")"}, {"{{", "}}"}}}) {
    if (!text.starts_with(open)) continue;
    const std::size_t end = text.find(close, open.size());
    if (end == text.npos) return {open.size(), {}};
    return {end + close.size(), trim(text.substr(open.size(), end - open.size()))};
  }
  if (!text.starts_with('$')) return {0, {}};
  std::size_t end = 1;
  while (end < text.size() && is_word(text[end])) ++end;
  return {std::max<std::size_t>(end, 1), text.substr(1, end - 1)};
}

std::string filled_in(std::string_view text, const Variables& variables) {
  std::string out;
  while (!text.empty()) {
    const auto [length, name] = variable_at(text);
    if (length == 0) {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    const auto known = variables.find(name);
    out += known != variables.end() ? known->second : std::string(kUnknownPart);
    text.remove_prefix(length);
  }
  return out;
}

// NAME=value, NAME := value, export NAME="value": one word.
void take_variable(std::string_view line, Variables& variables) {
  line = trim(line);
  if (line.starts_with("export ")) line = trim(line.substr(7));
  std::size_t end = 0;
  while (end < line.size() && is_word(line[end])) ++end;
  std::string_view rest = trim(line.substr(end));
  for (const std::string_view mark : {":=", "?=", "::=", "="}) {
    if (end == 0 || !rest.starts_with(mark)) continue;
    rest = trim(rest.substr(mark.size()));
    if (rest.size() > 1 && (rest.front() == '"' || rest.front() == '\'') &&
        rest.back() == rest.front())
      rest = rest.substr(1, rest.size() - 2);
    const std::string value = filled_in(rest, variables);
    if (value.find(' ') == std::string::npos) variables[std::string(line.substr(0, end))] = value;
    return;
  }
}

// The words of one line, command by command: what joins commands stands between them.
std::vector<std::vector<std::string>> joined_commands(std::string_view line) {
  std::vector<std::vector<std::string>> all(1);
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) all.back().push_back(std::exchange(word, {}));
  };
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (line.substr(i).starts_with(kUnknownPart)) {
      word += kUnknownPart;
      i += kUnknownPart.size() - 1;
    } else if (c == '&' || c == ';' || c == '|') {
      end_word();
      if (!all.back().empty()) all.emplace_back();
    } else if (c == ' ' || c == '\t' || c == '"' || c == '\'' || c == ',' || c == '(' || c == ')' ||
               c == '`') {
      end_word();
    } else {
      word += c;
    }
  }
  end_word();
  if (all.back().empty()) all.pop_back();
  return all;
}

class ScriptReader {
 public:
  ScriptReader(BuildScript& script, ScriptForm form)
      : script_(script), form_(form), folder_(script.folder) {}
  void read();

 private:
  void line(std::string_view text);
  BuildScript& script_;
  const ScriptForm form_;
  std::string folder_;
  Variables variables_ = {};
};

void ScriptReader::line(std::string_view text) {
  constexpr std::size_t kMost = 4000;
  const std::string_view bare = trim(text);
  if (bare.empty() || bare.starts_with('#') || script_.commands.size() >= kMost) return;
  // A step of CI begins where the repository lies.
  const bool begins = form_ == ScriptForm::Lines ||
                      (form_ == ScriptForm::Steps && (bare.starts_with("- ") || bare == "-"));
  if (begins) folder_ = script_.folder;
  take_variable(bare, variables_);
  const std::string outer = folder_;
  for (std::vector<std::string>& words : joined_commands(filled_in(text, variables_))) {
    while (!words.empty() &&
           (words.front() == "-" || words.front() == "@" || words.front() == "run:" ||
            words.front() == "|" || words.front().ends_with("=")))
      words.erase(words.begin());
    if (words.empty()) continue;
    if (words.front().starts_with('@')) words.front().erase(0, 1);
    const bool is_move =
        words.front() == "cd" || words.front() == "pushd" || words.front() == "working-directory:";
    if (is_move && words.size() > 1 && !words[1].starts_with('-')) {
      folder_ =
          words[1].find(kUnknownPart) != std::string::npos && words[1].starts_with(kUnknownPart)
              ? script_.folder
              : normal_path(join_path(folder_, words[1]));
      if (folder_.starts_with("..") || folder_ == ".") folder_ = "";
    } else if (words.front() == "popd") {
      folder_ = script_.folder;
    } else {
      script_.commands.push_back({folder_, std::move(words)});
    }
  }
  if (bare.starts_with('(')) folder_ = outer;  // of a shell of its own
}

void ScriptReader::read() {
  std::string joined;
  for (std::string_view text : split(script_.text, '\n')) {
    if (text.ends_with('\r')) text.remove_suffix(1);
    joined += text;
    if (joined.ends_with('\\')) {
      joined.back() = ' ';
      continue;
    }
    line(joined);
    joined.clear();
  }
  line(joined);
}

}  // namespace

bool BuildCommand::has(std::string_view word) const {
  return std::ranges::find(words, word) != words.end();
}

bool BuildCommand::packs() const {
  return std::ranges::any_of(words, [](const std::string& word) {
    return is_one_of(known::packing_programs(), file_name_of(word));
  });
}

std::string BuildCommand::path(std::string_view word) const {
  return normal_path(join_path(folder, word));
}

ScriptForm form_of_script(std::string_view name) {
  const std::string_view ending = extension_of(name);
  if (ending == ".yml" || ending == ".yaml") return ScriptForm::Steps;
  if (ending == ".sh") return ScriptForm::Shell;
  return ending == ".go" ? ScriptForm::Program : ScriptForm::Lines;
}

BuildScript read_build_script(std::string folder, std::string_view name, std::string text) {
  BuildScript script{.folder = std::move(folder), .text = std::move(text)};
  ScriptReader(script, form_of_script(name)).read();
  return script;
}

namespace {

// Whether a word names that file: "dist/orders-${}.zip" names "orders-latest.zip", as long as
// something of its own is left of it.
bool names_file(std::string_view word, std::string_view file) {
  constexpr std::size_t kOwn = 4;  // characters that are not a hole's
  std::string_view pattern = file_name_of(word), name = file_name_of(file);
  std::size_t own = 0;
  const std::string_view stem = pattern.substr(0, pattern.size() - extension_of(pattern).size());
  for (const std::string_view part : split(replace_all(stem, kUnknownPart, "\n"), '\n'))
    own += part.size();
  const bool has_hole = pattern.find(kUnknownPart) != pattern.npos;
  if (!has_hole) return pattern == name;
  if (own < kOwn) return false;
  bool first = true;
  while (true) {
    const std::size_t hole = pattern.find(kUnknownPart);
    const std::string_view part = pattern.substr(0, hole);
    const std::size_t at = first ? 0 : name.find(part);
    if (at == name.npos || !name.substr(at).starts_with(part)) return false;
    if (hole == pattern.npos) return name.ends_with(part) && name.size() >= part.size();
    name.remove_prefix(at + part.size());
    pattern.remove_prefix(hole + kUnknownPart.size());
    if (name.empty()) return pattern.empty();
    first = false;
  }
}

}  // namespace

bool BuildCommand::speaks_of(std::string_view file, bool exactly) const {
  const std::string_view name = file_name_of(file);
  const bool is_plain =
      says_nothing(name) || is_one_of(known::plain_program_names(),
                                      name.substr(0, name.size() - extension_of(name).size()));
  return std::ranges::any_of(words, [&](const std::string& word) {
    if (is_plain) return path(word) == file;
    return exactly ? file_name_of(word) == name : names_file(word, file);
  });
}

namespace {

// What was copied into a folder before: the folders that it came from.
using Copies = std::map<std::string, std::vector<std::string>, std::less<>>;

void note_copy(const BuildCommand& command, Copies& copies) {
  if (command.words.size() < 3 ||
      (command.words.front() != "cp" && command.words.front() != "rsync"))
    return;
  std::vector<std::string_view> paths;
  for (std::size_t i = 1; i < command.words.size(); ++i)
    if (!command.words[i].starts_with('-')) paths.push_back(command.words[i]);
  if (paths.size() < 2) return;
  std::string_view target = paths.back();
  paths.pop_back();
  while (target.ends_with('/') || target.ends_with("/."))
    target.remove_suffix(target.ends_with('/') ? 1 : 2);
  std::vector<std::string>& into = copies[command.path(target)];
  for (std::string_view path : paths) {
    const bool is_content = path.ends_with("/.") || path.ends_with('*');
    if (path.find('*') != path.npos || is_content) path = path.substr(0, path.rfind('/') + 1);
    into.push_back(command.path(path.empty() ? "." : path));
    if (!is_content)
      into.push_back(std::string(folder_of(into.back())));  // a file, or a folder as such
  }
}

// What a command packs: the archive's word and the folders that its files come from.
void note_archive(const BuildCommand& command, const Copies& copies, std::string_view archive,
                  std::vector<std::string>& found) {
  if (!command.packs() || !command.speaks_of(archive, false)) return;
  const auto at = std::ranges::find_if(
      command.words, [&](const std::string& word) { return names_file(word, archive); });
  if (at == command.words.end()) return;
  for (auto word = at + 1; word != command.words.end(); ++word) {
    if (word->starts_with('-')) continue;
    std::string_view path = *word;
    if (const std::size_t star = path.find('*'); star != path.npos)
      path = path.substr(0, path.rfind('/', star) + 1);
    std::string folder = command.path(path.empty() ? "." : path);
    if (folder == ".") folder.clear();
    for (std::string_view here : {std::string_view(folder), std::string_view(command.folder)}) {
      const auto copied = copies.find(here);
      if (copied != copies.end())
        found.insert(found.end(), copied->second.begin(), copied->second.end());
      found.emplace_back(here);
    }
  }
}

}  // namespace

std::vector<std::string> folders_of_archive(std::span<const BuildScript> scripts,
                                            std::string_view archive) {
  std::vector<std::string> found;
  for (const BuildScript& script : scripts) {
    Copies copies;
    for (const BuildCommand& command : script.commands) {
      note_copy(command, copies);
      note_archive(command, copies, archive, found);
    }
  }
  for (std::string& one : found)
    if (one == ".") one.clear();
  std::vector<std::string> once;
  for (std::string& one : found)
    if (!one.starts_with("..") && std::ranges::find(once, one) == once.end())
      once.push_back(std::move(one));
  return once;
}

}  // namespace fnlint
