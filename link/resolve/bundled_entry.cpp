// Takes the first source behind a bundler's name, in the script `build` before any other.

#include "link/resolve/bundled_entry.h"

#include "core/text.h"
#include "tables/known.h"

#include <algorithm>
#include <array>
#include <vector>

namespace fnlint {

namespace {

constexpr std::array<std::string_view, 6> kBundledSources{".ts", ".mts", ".cts",
                                                          ".js", ".mjs", ".cjs"};

// The words of a script up to what ends a command are one command.
std::vector<std::vector<std::string>> commands_of(std::string_view script) {
  std::vector<std::vector<std::string>> commands(1);
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) commands.back().push_back(std::move(word));
    word.clear();
  };
  for (const char c : script) {
    const bool ends = c == '&' || c == ';' || c == '|';
    if (ends || c == ' ' || c == '\t') {
      end_word();
      if (ends && !commands.back().empty()) commands.emplace_back();
    } else if (c != '"' && c != '\'') {
      word += c;
    }
  }
  end_word();
  return commands;
}

// Whether one of the words names a file that is called so: "--outfile=dist/list.cjs".
bool writes(const std::vector<std::string>& words, std::string_view output) {
  return std::ranges::any_of(words, [&](std::string_view word) {
    word = word.substr(word.find('=') + 1);
    const std::string_view name = file_name_of(word);
    return !extension_of(name).empty() &&
           name.substr(0, name.size() - extension_of(name).size()) == output;
  });
}

std::string entry_of(const FileSystem& files, std::string_view folder, std::string_view script,
                     std::string_view output = {}) {
  for (const std::vector<std::string>& words : commands_of(script)) {
    if (!output.empty() && !writes(words, output)) continue;
    const auto bundler = std::ranges::find_if(words, [](const std::string& word) {
      return is_one_of(known::one_file_bundlers(), file_name_of(word));
    });
    if (bundler == words.end()) continue;
    for (auto word = bundler + 1; word != words.end(); ++word) {
      const bool is_output = (word - 1)->starts_with('-') && *(word - 1) != "-i";
      if (is_output ||
          std::ranges::find(kBundledSources, extension_of(*word)) == kBundledSources.end())
        continue;
      const std::string path = normal_path(join_path(folder, *word));
      if (!path.starts_with("..") && files.kind(path) == EntryKind::File) return *word;
    }
  }
  return {};
}

}  // namespace

std::string entry_of_output(const FileSystem& files, std::string_view folder,
                            std::string_view script, std::string_view output) {
  return entry_of(files, folder, script, output);
}

std::string bundled_entry(BuildFacts& builds, const std::string& folder) {
  const std::map<std::string, std::string>& scripts = builds.package_scripts(folder);
  if (const auto build = scripts.find("build"); build != scripts.end())
    if (std::string entry = entry_of(builds.files(), folder, build->second); !entry.empty())
      return entry;
  for (const auto& [name, script] : scripts)
    if (std::string entry = entry_of(builds.files(), folder, script); !entry.empty()) return entry;
  return {};
}

}  // namespace fnlint
