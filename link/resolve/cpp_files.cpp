#include "core/limits.h"
#include "core/text.h"
#include "link/resolve/executables.h"
#include "link/resolve/library_names.h"
#include "link/resolve/source_index.h"
#include "tables/known.h"

#include <re2/re2.h>

#include <algorithm>
#include <set>

// Which files a program of C++ has, as CMake says, and where what headers declare is defined.
namespace fnlint {

namespace {

constexpr std::string_view kCppSources[] = {".cpp", ".cc", ".cxx"};
constexpr std::size_t kHeaders = 64;

// Of sources and headers.
std::span<const std::string_view> cpp_extensions() {
  return std::ranges::find(dialect_rows(), SourceDialect::Cpp, &DialectRow::dialect)->extensions;
}

bool holds_no_cpp(std::string_view folder) {
  const std::string_view name = file_name_of(folder);
  return name == "build" || name == "out" || name == "_deps" || name == "CMakeFiles" ||
         name.starts_with("cmake-build") || name == "test" || name == "tests";
}

// The files of C++ programs: CMake says which sources a program has; quoted includes lead to
// headers, and what headers only declare is defined in another source of the project.
class CppFiles : public LanguageFiles {
 public:
  explicit CppFiles(BuildFacts& builds) : files_(builds.files()), builds_(builds) {}
  HandlerFile find_handler(const HandlerQuery& query) override;
  ImportPath resolve(const ImportQuery& query) override;

 private:
  [[nodiscard]] bool has_main(const std::string& file) const;
  void add_targets(const std::string& folder, std::vector<Executable>& all) const;
  const std::vector<Executable>& programs(const std::string& folder);
  [[nodiscard]] std::string header(const UnitRoots& roots, std::string_view from,
                                   std::string_view name) const;
  SourceIndex& index(const std::string& folder);
  ImportPath declared(const ImportQuery& query, const std::vector<std::string_view>& parts,
                      std::size_t from);

  const FileSystem& files_;
  BuildFacts& builds_;
  std::map<std::string, SourceIndex> indexes_;
  std::map<std::string, std::vector<Executable>> programs_;
};

SourceIndex& CppFiles::index(const std::string& folder) {
  const auto found = indexes_.find(folder);
  if (found != indexes_.end()) return found->second;
  return indexes_
      .emplace(folder, SourceIndex(files_, files_below(files_, folder, cpp_extensions(), holds_no_cpp)))
      .first->second;
}

bool CppFiles::has_main(const std::string& file) const {
  static const RE2 kMain(R"(\b(?:int|auto)\s+main\s*\()");
  const Result<std::string> text = files_.read(file, kSourceBytes);
  return text && RE2::PartialMatch(text.value(), kMain);
}

// CMake's add_executable(name source...), with the variables that the same file sets.
void CppFiles::add_targets(const std::string& folder, std::vector<Executable>& all) const {
  const std::string* text = builds_.text(join_path(folder, "CMakeLists.txt"));
  if (text == nullptr) return;
  static const RE2 kCommand(R"x((?i)\b(project|set|add_executable)\s*\(([^)]*)\))x");
  std::map<std::string, std::string> variables;
  const auto filled = [&](std::string value) {
    for (const auto& [name, is] : variables) value = replace_all(value, cat("${", name, '}'), is);
    return value;
  };
  re2::StringPiece rest(*text);
  std::string command, arguments;
  while (RE2::FindAndConsume(&rest, kCommand, &command, &arguments)) {
    std::vector<std::string> words;
    std::string line = filled(arguments);
    std::ranges::replace_if(
        line, [](char c) { return c == '\n' || c == '\t' || c == '\r' || c == ';'; }, ' ');
    for (const std::string_view word : split(line, ' '))
      if (!word.empty()) words.emplace_back(replace_all(word, "\"", ""));
    if (words.empty()) continue;
    if (lower(command) == "project") {
      variables["PROJECT_NAME"] = variables["CMAKE_PROJECT_NAME"] = words.front();
    } else if (lower(command) == "set") {
      std::string value;
      for (std::size_t i = 1; i < words.size(); ++i) value += cat(i == 1 ? "" : " ", words[i]);
      variables[words.front()] = value;
    } else {
      std::string first, main;
      for (std::size_t i = 1; i < words.size() && main.empty(); ++i) {
        const std::string file =
            join_path(folder, replace_all(words[i], "${CMAKE_CURRENT_SOURCE_DIR}/", ""));
        if (files_.kind(file) != EntryKind::File) continue;
        if (first.empty()) first = file;
        if (has_main(file)) main = file;
      }
      if (main.empty()) main = first;  // a macro writes it
      if (!main.empty()) all.push_back({words.front(), main, folder});
    }
  }
}

const std::vector<Executable>& CppFiles::programs(const std::string& folder) {
  const auto [row, added] = programs_.try_emplace(folder);
  std::vector<Executable>& all = row->second;
  if (!added) return all;
  constexpr std::string_view kLists[] = {".txt"};
  for (const std::string& file : files_below(files_, folder, kLists, holds_no_cpp))
    if (file_name_of(file) == "CMakeLists.txt") add_targets(std::string(folder_of(file)), all);
  if (!all.empty()) return all;
  for (const std::string& file : files_below(files_, folder, kCppSources, holds_no_cpp))
    if (has_main(file)) {
      const std::string_view name = file_name_of(file);
      const std::string_view stem = name.substr(0, name.find('.'));
      all.push_back({std::string(stem == "main" ? file_name_of(folder_of(file)) : stem), file,
                     std::string(folder_of(file))});
    }
  return all;
}

HandlerFile CppFiles::find_handler(const HandlerQuery& query) {
  HandlerFile found;
  const std::string start = existing_folder(files_, query.root);
  const std::string project =
      nearest_above(start, [&](const std::string& at) {
        return files_.kind(join_path(at, "CMakeLists.txt")) == EntryKind::File;
      }).value_or(start);
  for (const std::string& folder : {start, project}) {
    const std::vector<Executable>& all = programs(folder);
    if (all.empty()) continue;
    take_executable(choose_executable(builds_, query, all), all, query, "program of C++",
                    found);
    if (found.path.empty()) continue;
    found.root = folder;
    return found;
  }
  if (found.reason.empty()) take_executable({}, {}, query, "program of C++", found);
  return found;
}

std::string CppFiles::header(const UnitRoots& roots, std::string_view from,
                             std::string_view name) const {
  std::string file = join_path(folder_of(from), name);
  if (files_.kind(file) == EntryKind::File) return file;
  for (const std::string_view folder : known::cpp_include_folders()) {
    file = join_path(join_path(roots.code, folder), name);
    if (files_.kind(file) == EntryKind::File) return file;
  }
  return {};
}

// Where a name with its namespaces may be declared: the file, and what of it. Definitions go before
// declarations; what a source defines of a class is completed by the header that declares it.
ImportPath CppFiles::declared(const ImportQuery& query, const std::vector<std::string_view>& parts,
                              std::size_t from) {
  SourceIndex& sources = index(query.roots.code);
  std::string space;
  for (std::size_t i = 0; i < from; ++i) space += cat(space.empty() ? "" : ".", parts[i]);
  for (std::size_t at = from; at < parts.size(); ++at) {
    const std::vector<std::string>& files = sources.declaring(space, parts[at]);
    const bool is_own = std::ranges::find(files, query.from) != files.end();
    const std::string* best = nullptr;
    for (const std::string& file : files) {
      const bool is_source =
          std::ranges::find(kCppSources, extension_of(file)) != std::end(kCppSources);
      if (file != query.from && (best == nullptr || is_source != is_own)) best = &file;
    }
    if (best != nullptr) {
      std::string symbol = replace_all(space, ".", "::");
      symbol += cat(symbol.empty() ? "" : "::", parts[at]);
      for (std::size_t i = at + 1; i < parts.size(); ++i) symbol += cat('.', parts[i]);
      return {*best, false, {}, std::move(symbol)};
    }
    space += cat(space.empty() ? "" : ".", parts[at]);
  }
  return {};
}

ImportPath CppFiles::resolve(const ImportQuery& query) {
  std::string_view module = query.module();
  const std::string_view name = query.name();
  if ((query.row.flags & kImplicit) == 0) {
    if (module.starts_with('<') && module.size() > 2) module = module.substr(1, module.size() - 2);
    const bool is_include = (query.row.flags & kStar) == 0;
    if (std::string file = is_include ? header(query.roots, query.from, module) : std::string();
        !file.empty())
      return {std::move(file), name.empty(), {}, {}};
    return {{}, name.empty(), name.empty() ? std::string(module) : cat(module, '.', name), {}};
  }
  std::vector<std::string> spaces{std::string()};
  for (const Import& row : query.facts.imports)  // namespaces that the file opens or uses
    if ((row.flags & kStar) != 0) spaces.emplace_back(query.facts.string(row.module));
  for (const std::string& space : spaces) {
    const std::string path = space.empty() ? std::string(name) : cat(space, '.', name);
    const auto depth = space.empty() ? std::ptrdiff_t{0} : std::ranges::count(space, '.') + 1;
    ImportPath found = declared(query, split(path, '.'), static_cast<std::size_t>(depth));
    if (!found.file.empty()) return found;
  }
  if (const std::string path = library_among(Language::Cpp, spaces, name); !path.empty())
    return {{}, false, path, {}};
  return {{}, false, std::string(name), {}};
}

}  // namespace

std::unique_ptr<LanguageFiles> cpp_files(BuildFacts& builds) {
  return std::make_unique<CppFiles>(builds);
}

}  // namespace fnlint
