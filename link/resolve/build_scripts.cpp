// Looks beside the name of an output for the entry that a bundler is told, in the commands and
// programs of a package.

#include "link/resolve/build_scripts.h"

#include "core/characters.h"
#include "core/text.h"
#include "link/resolve/library_names.h"
#include "link/resolve/nearest_folder.h"
#include "link/resolve/output_folders.h"
#include "link/resolve/source_index.h"
#include "tables/known.h"
#include "tables/packages.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

constexpr std::array<std::string_view, 4> kProgramEndings{".js", ".mjs", ".cjs", ".ts"};
constexpr std::array<std::string_view, 6> kEntryEndings{".ts", ".tsx", ".mts",
                                                        ".js", ".mjs", ".cjs"};
constexpr std::size_t kSameCommand = 16;  // words between a command's entry and its output
constexpr std::size_t kTextWords = 4096;

bool ends_in_one_of(std::string_view word, std::span<const std::string_view> endings) {
  return std::ranges::find(endings, extension_of(word)) != endings.end();
}

// The words of a command or program that may be paths and options; `${name}` is a part of one.
std::vector<std::string_view> path_words(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  const auto end_word = [&](std::size_t at) {
    if (at > begin && words.size() < kTextWords) words.push_back(text.substr(begin, at - begin));
    begin = at + 1;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at).starts_with("${")) {
      const std::size_t close = text.find('}', at);
      if (close == text.npos) break;
      at = close;
      continue;
    }
    if (!is_word(text[at]) && std::string_view("@./-*$").find(text[at]) == std::string_view::npos)
      end_word(at);
  }
  end_word(text.size());
  return words;
}

std::string_view bare_path(std::string_view path) {
  const std::string_view extension = extension_of(path);
  return path.substr(0, path.size() - extension.size());
}

using Holes = std::map<std::string, std::string, std::less<>>;  // what stands in the place of each

// What the holes of a pattern are where it is this text; nothing: it is not. A hole is no folder.
std::optional<Holes> taken_for(std::string_view pattern, std::string_view text) {
  Holes holes;
  while (true) {
    const std::size_t open = pattern.find("${");
    const std::string_view literal = pattern.substr(0, open);
    if (!text.starts_with(literal)) return std::nullopt;
    text.remove_prefix(literal.size());
    if (open == pattern.npos) break;
    const std::size_t close = pattern.find('}', open);
    if (close == pattern.npos) return std::nullopt;
    const std::string name(pattern.substr(open + 2, close - open - 2));
    pattern.remove_prefix(close + 1);
    const std::size_t end =
        pattern.empty()
            ? text.size()
            : text.find(pattern.substr(0, std::min(pattern.find("${"), pattern.size())));
    if (end == text.npos || end == 0) return std::nullopt;
    const std::string_view value = text.substr(0, end);
    if (value.find('/') != value.npos) return std::nullopt;
    const auto [known, is_new] = holes.try_emplace(name, value);
    if (!is_new && known->second != value) return std::nullopt;
    text.remove_prefix(end);
  }
  if (!text.empty()) return std::nullopt;
  return holes;
}

// The pattern with its holes filled in; empty: one of them is not known.
std::string filled(std::string_view pattern, const Holes& holes) {
  std::string path;
  for (std::size_t open = pattern.find("${"); open != pattern.npos; open = pattern.find("${")) {
    const std::size_t close = pattern.find('}', open);
    if (close == pattern.npos) return {};
    const auto known = holes.find(pattern.substr(open + 2, close - open - 2));
    if (known == holes.end()) return {};
    path += cat(pattern.substr(0, open), known->second);
    pattern.remove_prefix(close + 1);
  }
  return path += pattern;
}

struct BuildText {
  std::string folder = {};     // that its paths begin at
  std::string_view text = {};  // of the build's facts
};

// The scripts of a package, and the programs that they name. A program's paths begin at the
// package, where npm runs it, or at its own folder.
std::vector<BuildText> build_texts(BuildFacts& builds, const std::string& folder) {
  std::vector<BuildText> texts;
  for (const auto& [name, script] : builds.package_scripts(folder)) {
    for (const std::string_view word : path_words(script)) {
      if (!ends_in_one_of(word, kProgramEndings) && extension_of(word) != ".sh") continue;
      const std::string path = normal_path(join_path(folder, word));
      const std::string* program = path.starts_with("..") ? nullptr : builds.text(path);
      if (program == nullptr) continue;
      texts.push_back({folder, *program});
      if (folder_of(path) != folder) texts.push_back({std::string(folder_of(path)), *program});
    }
    texts.push_back({folder, script});
  }
  return texts;
}

// One text, asked for the source of one output.
class EntrySearch {
 public:
  EntrySearch(const FileSystem& files, const BuildText& text)
      : files_(files), folder_(text.folder), words_(path_words(text.text)) {}

  // Sources that the text makes this of; without its extension, which bundlers choose.
  std::vector<std::string> sources_of(std::string_view output) const {
    std::vector<std::string> found;
    for (std::size_t i = 1; i < words_.size(); ++i) {
      if (is_one_of(known::bundler_folder_words(), words_[i - 1])) {
        if (std::string source = entry_in(i, output); !source.empty())
          found.push_back(std::move(source));
        continue;
      }
      if (!is_one_of(known::bundler_output_words(), words_[i - 1])) continue;
      const std::string made = normal_path(join_path(folder_, words_[i]));
      const std::optional<Holes> holes = taken_for(bare_path(made), output);
      if (!holes) continue;
      std::string source = holes->empty() ? beside(i) : of_all(*holes);
      if (!source.empty()) found.push_back(std::move(source));
    }
    return found;
  }

 private:
  std::string file_of(std::string_view word, const Holes& holes) const {
    if (!ends_in_one_of(word, kEntryEndings)) return {};
    const std::string filled_in = filled(word, holes);
    if (filled_in.empty()) return {};
    std::string path = normal_path(join_path(folder_, filled_in));
    if (path.starts_with("..") || files_.kind(path) != EntryKind::File) return {};
    return path;
  }

  // Of a folder of outputs: the entry of the same command that has the output's name.
  std::string entry_in(std::size_t folder, std::string_view output) const {
    if (normal_path(join_path(folder_, words_[folder])) != folder_of(output)) return {};
    for (std::size_t distance = 1; distance <= kSameCommand; ++distance)
      for (const std::size_t at : {folder - distance, folder + distance})
        if (at < words_.size() && file_name_of(bare_path(words_[at])) == file_name_of(output))
          if (std::string file = file_of(words_[at], {}); !file.empty()) return file;
    return {};
  }

  // The entry of the same command: the nearest, of what stands before its output first.
  std::string beside(std::size_t output) const {
    for (std::size_t distance = 1; distance <= kSameCommand; ++distance)
      for (const std::size_t at : {output - distance, output + distance})
        if (at < words_.size())
          if (std::string file = file_of(words_[at], {}); !file.empty()) return file;
    return {};
  }

  // Of an output that a loop makes many of: what is the source in this turn, or is named so.
  std::string of_all(const Holes& holes) const {
    std::string of_turn, named_so;
    for (const std::string_view word : words_) {
      std::string file = file_of(word, holes);
      if (file.empty()) continue;
      const bool is_of_turn = word.find("${") != word.npos;
      const bool is_named_so = std::ranges::all_of(holes, [&](const auto& hole) {
        return cat('/', bare_path(file), '/').find(cat('/', hole.second, '/')) != std::string::npos;
      });
      if (is_of_turn && of_turn.empty()) of_turn = file;
      if (is_named_so && named_so.empty()) named_so = std::move(file);
    }
    return of_turn.empty() ? named_so : of_turn;
  }

  const FileSystem& files_;
  const std::string& folder_;
  std::vector<std::string_view> words_;
};

}  // namespace

std::vector<std::string> sources_of_output(BuildFacts& builds, std::string_view output) {
  const FileSystem& files = builds.files();
  std::vector<std::string> found;
  nearest_above(existing_folder(files, folder_of(output)), [&](const std::string& folder) {
    if (files.kind(join_path(folder, "package.json")) != EntryKind::File) return false;
    for (const BuildText& text : build_texts(builds, folder))
      for (std::string& one : EntrySearch(files, text).sources_of(output))
        found.push_back(std::move(one));
    return !found.empty();
  });
  return found;
}

bool builds_without_tsc(BuildFacts& builds, std::string_view folder) {
  bool without = false;
  nearest_above(folder, [&](const std::string& at) {
    if (builds.files().kind(join_path(at, "package.json")) != EntryKind::File) return false;
    const std::map<std::string, std::string>& scripts = builds.package_scripts(at);
    without = !scripts.empty() && std::ranges::none_of(scripts, [](const auto& script) {
      return contains_word(script.second, "tsc");
    });
    return true;
  });
  return without;
}

namespace {

bool is_published(std::string_view package) {
  return is_standard_module(Registry::Python, package) ||
         !packages_of_module(Registry::Python, package).empty() ||
         knows_library(Language::Python, package);
}

// The names that an import may lead to below a layer's folder of modules, without extensions.
// None: it is no name that a layer of the project's own could bring.
std::vector<std::string> names_in_layer(Language language, const ImportQuery& query) {
  constexpr std::string_view kLayers = "/opt/nodejs/";
  std::string_view module = query.module();
  if (language == Language::JavaScript) {
    if (!module.starts_with(kLayers) || module.find("node_modules") != module.npos) return {};
    module.remove_prefix(kLayers.size());
    for (const std::string_view extension : {".js", ".mjs", ".cjs"})
      if (module.ends_with(extension)) module.remove_suffix(extension.size());
    std::vector<std::string> names{std::string(module), cat(module, "/index")};
    for (const std::string& source : sources_of_made(module)) {
      names.push_back(source);
      names.push_back(cat(source, "/index"));
    }
    return names;
  }
  if (language != Language::Python || module.empty() || module.starts_with('.') ||
      is_published(module.substr(0, module.find('.'))))
    return {};
  const std::string path = replace_all(module, ".", "/");
  std::vector<std::string> names{path, cat(path, "/__init__")};
  if (!query.name().empty() && query.name() != "*") names.push_back(cat(path, '/', query.name()));
  return names;
}

bool is_in_one_of(const std::vector<std::string>& folders, std::string_view path) {
  return std::ranges::any_of(folders, [&](const std::string& folder) {
    return path == folder || path.starts_with(cat(folder, "/"));
  });
}

bool names_layer(std::string_view folder) {
  return lower(folder).find("layer") != std::string::npos;
}

}  // namespace

bool is_of_the_project(const FileSystem& files, Language language, std::string_view module) {
  std::vector<std::string_view> extensions;
  for (const DialectRow& row : dialect_rows())
    if (row.language == language)
      extensions.insert(extensions.end(), row.extensions.begin(), row.extensions.end());
  const auto none = [](std::string_view) { return false; };
  return std::ranges::any_of(
      files_below(files, "", extensions, none), [&](const std::string& path) {
        const std::string_view stem =
            std::string_view(path).substr(0, path.size() - extension_of(path).size());
        return stem == module || stem.ends_with(cat("/", module));
      });
}

const std::vector<std::string>& MadeModules::sources(Language language) {
  const auto [row, added] = sources_.try_emplace(language);
  if (!added) return row->second;
  std::vector<std::string_view> extensions;
  for (const DialectRow& dialect : dialect_rows())
    if (dialect.language == language)
      extensions.insert(extensions.end(), dialect.extensions.begin(), dialect.extensions.end());
  const auto none = [](std::string_view) { return false; };
  for (const std::string& path : files_below(files_, "", extensions, none))
    if (!is_of_tests(path))
      row->second.push_back(path.substr(0, path.size() - extension_of(path).size()));
  return row->second;
}

std::optional<std::string> MadeModules::folder_of(const ImportQuery& query,
                                                  const std::vector<std::string>& taken) {
  const Language language = query.roots.language;
  const std::vector<std::string> names = names_in_layer(language, query);
  if (names.empty()) return std::nullopt;
  const auto [row, added] = known_.try_emplace({language, names.back()});
  if (!added) return row->second;
  std::set<std::string> folders, layers;
  for (const std::string& name : names)
    for (const std::string& source : sources(language)) {
      if (source != name && !source.ends_with(cat("/", name))) continue;
      std::string folder = source.substr(0, source.size() - name.size());
      if (!folder.empty()) folder.pop_back();
      if (language == Language::JavaScript && is_made(folder)) continue;
      if (names_layer(folder))
        layers.insert(folder);
      else if (is_in_one_of(taken, folder))
        continue;
      folders.insert(std::move(folder));
    }
  if (folders.size() > 1 && layers.size() == 1) folders = std::move(layers);
  if (folders.size() == 1) row->second = *folders.begin();
  return row->second;
}

}  // namespace fnlint
