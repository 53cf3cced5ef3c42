// Finds modules by their build files, classes by file names and packages, and says that one is
// absent only if nothing could still bring it.

#include "link/resolve/java_files.h"

#include "core/characters.h"
#include "core/limits.h"
#include "core/text.h"
#include "link/resolve/candidates.h"
#include "link/resolve/handler_files.h"
#include "link/resolve/java_build.h"
#include "link/resolve/library_names.h"
#include "tables/known.h"
#include "values/confidence.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::string_view kJavaSources[] = {".java", ".kt"};

// What every file of the language sees without an import.
constexpr std::string_view kJavaStars[] = {"java.lang"};

// Output and tests, unless they are folders of a package.
bool holds_no_java(std::string_view folder) {
  if (folder.ends_with("src/test") || folder.ends_with("src/androidTest")) return true;
  const bool in_sources = cat('/', folder).find("/src/") != std::string::npos;
  return !in_sources && is_one_of(known::java_output_folders(), file_name_of(folder));
}

bool is_kotlin(std::string_view file) { return extension_of(file) == ".kt"; }

// "com.example" of "com.example.shop"
std::string_view start_of(std::string_view package) {
  const std::size_t dot = package.find('.');
  return dot == std::string_view::npos ? package : package.substr(0, package.find('.', dot + 1));
}

// Whether the path lies where builds put what they make.
bool is_output(std::string_view path, std::string_view module) {
  return std::ranges::any_of(
      split(path.substr(std::min(path.size(), module.size())), '/'),
      [](std::string_view part) { return is_one_of(known::java_output_folders(), part); });
}

}  // namespace

bool JavaFiles::has_build_file(const std::string& folder) const {
  return std::ranges::any_of(known::java_module_files(), [&](std::string_view name) {
    return files_.kind(join_path(folder, name)) == EntryKind::File;
  });
}

bool JavaFiles::joins_modules(const std::string& folder) {
  for (const std::string_view name : known::gradle_settings_files())
    if (files_.kind(join_path(folder, name)) == EntryKind::File) return true;
  const std::string* text = builds_.text(join_path(folder, "pom.xml"));
  return text != nullptr && text->find("<modules>") != std::string::npos;
}

std::string JavaFiles::module_of(std::string_view path) {
  const std::string start = existing_folder(files_, path);
  const std::optional<std::string> built =
      nearest_above(start, [&](const std::string& folder) { return has_build_file(folder); });
  if (!built) return start;
  // A folder of sources on its own, in a repository whose build is of something else.
  if (start == path && !is_output(path, *built) && start != *built &&
      !index(start).sources().empty())
    return start;
  return *built;
}

std::string JavaFiles::build_of(const std::string& module) {
  const auto [row, added] = build_folders_.try_emplace(module, module);
  if (!added) return row->second;
  for (std::string at = module;; at = std::string(folder_of(at))) {
    if (joins_modules(at)) row->second = at;
    if (at.empty()) return row->second;
  }
}

SourceIndex& JavaFiles::index(const std::string& folder) {
  const auto found = indexes_.find(folder);
  if (found != indexes_.end()) return found->second;
  return indexes_
      .emplace(folder,
               SourceIndex(files_, files_below(files_, folder, kJavaSources, holds_no_java)))
      .first->second;
}

// First among the files of that name: they need not all be read.
std::optional<JavaFiles::Place> JavaFiles::declared_in(SourceIndex& sources,
                                                       const std::string& module,
                                                       std::string_view space,
                                                       std::string_view name) {
  std::vector<std::string> fitting;
  for (const std::string& file : sources.named(name))
    if (std::ranges::any_of(sources.declarations(file).names, [&](const Declared& one) {
          return one.name == name && one.space == space;
        }))
      fitting.push_back(file);
  if (fitting.empty()) fitting = sources.declaring(space, name);
  if (fitting.empty()) return std::nullopt;
  const auto is_near = [&](const std::string& file) { return lies_below(file, module); };
  const auto near = std::ranges::find_if(fitting, is_near);
  return Place{near == fitting.end() ? fitting.front() : *near, std::string(name),
               std::ranges::count_if(fitting, is_near) != 1 && fitting.size() > 1};
}

// "a.b.Outer.Inner.member": the longest prefix that is declared at some file's outermost level.
std::optional<JavaFiles::Place> JavaFiles::find_in(SourceIndex& sources, const std::string& module,
                                                   std::string_view qualified) {
  for (std::size_t end = qualified.size(); end != std::string_view::npos && end > 0;
       end = qualified.rfind('.', end - 1)) {
    const std::string_view path = qualified.substr(0, end);
    const std::size_t dot = path.rfind('.');
    const std::string_view space = dot == std::string_view::npos ? "" : path.substr(0, dot);
    const std::string_view name = dot == std::string_view::npos ? path : path.substr(dot + 1);
    if (std::optional<Place> place = declared_in(sources, module, space, name)) {
      place->symbol = cat(name, qualified.substr(end));
      return place;
    }
    // Kotlin's name for the functions of a file.
    if (end < qualified.size() && name.ends_with("Kt"))
      for (const std::string& file : sources.named(name.substr(0, name.size() - 2)))
        if (is_kotlin(file) && sources.declarations(file).package == space)
          return Place{file, std::string(qualified.substr(end + 1))};
    if (end == 0) break;
  }
  return std::nullopt;
}

std::optional<JavaFiles::Place> JavaFiles::find(const std::string& module,
                                                std::string_view qualified) {
  std::optional<Place> place = find_in(index(module), module, qualified);
  const std::string build = build_of(module);
  if (!place && build != module) place = find_in(index(build), module, qualified);
  return place;
}

HandlerFile JavaFiles::find_handler(const HandlerQuery& query) {
  HandlerFile found;
  const std::size_t colons = query.handler.find("::");
  const std::string type = replace_all(query.handler.substr(0, colons), "$", ".");
  const std::string_view method =
      colons == std::string_view::npos ? "handleRequest" : query.handler.substr(colons + 2);
  if (type.empty() || method.empty() || method.find("::") != std::string_view::npos ||
      query.handler.find('/') != std::string_view::npos) {
    lacks_form(found, query.handler, "package.Class::method");
    return found;
  }
  const std::string module = module_of(query.root);
  found.root = module;
  found.by_interface = colons == std::string_view::npos;
  if (find_framework_handler(query, module, type, found)) return found;
  const std::optional<Place> place = find(module, cat(type, '.', method));
  // The longest prefix is to be the class: the rest of its name would be missing otherwise.
  const std::size_t dot = type.rfind('.');
  const std::string_view name = dot == std::string::npos ? std::string_view(type)
                                                         : std::string_view(type).substr(dot + 1);
  if (place && (place->symbol.ends_with(cat(name, '.', method)) || place->symbol == method)) {
    found.path = place->file;
    found.symbol = place->symbol;
    if (place->one_of_several && files_.kind(query.root) == EntryKind::Missing)
      found.guess = guess_by(guesses::class_of_several());
    find_framework_below(query, module, found);
    return found;
  }
  const std::string_view package =
      dot == std::string::npos ? std::string_view{} : std::string_view(type).substr(0, dot);
  if (std::string file = renamed_file(module, package, name); !file.empty()) {
    found.path = std::move(file);
    found.symbol = method;
    return found;
  }
  if (query.runtime.starts_with("provided") && find_framework_of(query, module, found))
    return found;
  // Another language of the platform, or a library, may have the class.
  const bool is_own =
      index(module).is_at_home(package) &&
      files_below(files_, module, known::jvm_other_extensions(), holds_no_java).empty();
  found.lack = is_own ? ResolutionFailure::Class : ResolutionFailure::Code;
  found.looked_for = type;
  found.reason = cat("no class '", type, "' in ", folder_words(module));
  judge_absence(query, module, type, found);
  return found;
}

void JavaFiles::judge_absence(const HandlerQuery& query, const std::string& module,
                              std::string_view type, HandlerFile& found) {
  const std::size_t dot = type.rfind('.');
  const std::string_view package = dot == std::string_view::npos ? "" : type.substr(0, dot);
  const std::string_view name = dot == std::string_view::npos ? type : type.substr(dot + 1);
  const std::string build = build_of(module);
  SourceIndex& sources = index(build);
  const JavaBuild said = read_java_build(builds_, module, build);
  constexpr std::string_view kArchives[] = {".jar"};
  const bool may_be_elsewhere =
      said.generates || !sources.is_whole() ||
      !files_below(files_, build, known::jvm_other_extensions(), holds_no_java).empty() ||
      std::ranges::any_of(
          files_below(files_, build, kArchives, holds_no_java),
          [](const std::string& file) { return file_name_of(file) != "gradle-wrapper.jar"; });
  if (may_be_elsewhere) return;
  bool has_package = false, has_name = false, is_made = false;
  const auto add = [&](std::string_view space, std::string_view one) {
    const bool beside = space == package;
    has_package = has_package || beside;
    has_name = has_name || one == name;
    is_made = is_made || (beside && is_made_of(name, one));
    if (beside || one == name)
      found.known.push_back(space.empty() ? std::string(one) : cat(space, '.', one));
  };
  for (const std::string& file : sources.sources()) {
    bool has_functions = false;
    for (const Declared& one : sources.declarations(file).names) {
      has_functions = has_functions || !one.is_type;
      if (one.is_type) add(one.space, one.name);
    }
    if (const std::string_view stem = file_name_of(file); has_functions && is_kotlin(file))
      add(sources.declarations(file).package, cat(stem.substr(0, stem.rfind('.')), "Kt"));
  }
  // A library of the same house may have what looks like the project's own.
  const bool of_house = std::ranges::any_of(said.groups, [&](const std::string& group) {
    return start_of(group) == start_of(package);
  });
  // "index.handler" names a module of another runtime and a function in it; no class is called so.
  const bool is_of_scripts = found.by_interface && !package.empty() &&
                             package.find('.') == std::string_view::npos && lower(type) == type &&
                             !sources.sources().empty();
  found.absent = !is_made && (has_package || (has_name && !of_house) || is_of_scripts);
  if (!has_package || of_house || !has_build_file(module)) found.uncertainty |= kHeuristic;
  if (query.code.kind != CodeKind::Folder && !is_output(query.root, module))
    found.uncertainty |= kHeuristic;
  if (found.absent) found.lack = ResolutionFailure::Class;
}

// A Kotlin file that says which class its functions are of: @file:JvmName("Handlers").
std::string JavaFiles::renamed_file(const std::string& module, std::string_view package,
                                    std::string_view name) {
  SourceIndex& sources = index(module);
  for (const std::string& file : sources.sources()) {
    if (!is_kotlin(file) || sources.declarations(file).package != package) continue;
    const Result<std::string> text = files_.read(file, kSourceBytes);
    if (text && text.value().find(cat("@file:JvmName(\"", name, "\")")) != std::string::npos)
      return file;
  }
  return {};
}

// Whether the place is that name: of a class that a star import of its members names, no more is
// known than that the file has the word.
bool JavaFiles::has(const Place& place, std::string_view name) const {
  if (place.symbol == name) return true;
  if (!place.symbol.ends_with(cat('.', name))) return false;
  const Result<std::string> text = files_.read(place.file, kSourceBytes);
  return text && text.value().find(name) != std::string::npos;
}

// Nothing imports the classes that a container of dependencies gives: those of an interface are
// read with it.
ImportPath JavaFiles::at(const Place& place, const std::string& module) {
  ImportPath found{place.file, false, {}, place.symbol};
  const std::string_view name = std::string_view(place.symbol).substr(0, place.symbol.find('.'));
  found.besides = index(module).standing_for(place.file, name);
  const std::string build = build_of(module);
  if (found.besides.empty() && build != module)
    found.besides = index(build).standing_for(place.file, name);
  return found;
}

std::optional<ImportPath> JavaFiles::generated(std::string_view qualified,
                                               const std::string& module) {
  constexpr std::string_view kMade = "Dagger";
  const std::size_t begin = qualified.rfind('.') + 1;
  if (!qualified.substr(begin).starts_with(kMade)) return std::nullopt;
  const std::string name = replace_all(qualified.substr(begin + kMade.size()), "_", ".");
  const std::optional<Place> place =
      name.empty() ? std::nullopt : find(module, cat(qualified.substr(0, begin), name));
  if (!place || !has(*place, std::string_view(name).substr(name.rfind('.') + 1)))
    return std::nullopt;
  const Result<std::string> text = files_.read(place->file, kSourceBytes);
  const auto says = [&](std::string_view component) {
    return contains_word(text.value(), component.substr(component.rfind('.') + 1));
  };
  if (!text || std::ranges::none_of(known::dependency_components(), says)) return std::nullopt;
  ImportPath found = at(*place, module);
  found.generated = true;
  return found;
}

const std::vector<std::string>& JavaFiles::providers(const std::string& module,
                                                     std::string_view library) {
  static const std::vector<std::string> kNone;
  for (const auto& [begin, annotation] : known::dependency_imports()) {
    if (!library.starts_with(begin)) continue;
    const auto [row, added] = providers_.try_emplace({module, std::string(annotation)});
    if (added)
      for (const std::string& file : index(module).sources())
        if (const Result<std::string> text = files_.read(file, kSourceBytes);
            text && row->second.size() < kProviderFiles && contains_word(text.value(), annotation))
          row->second.push_back(file);
    if (!row->second.empty()) return row->second;
  }
  return kNone;
}

// A name of the file's own package, of what its star imports bring, or of a library.
ImportPath JavaFiles::implicit(const ImportQuery& query, std::string_view name) {
  const std::string_view package = query.facts.string(query.facts.package);
  const std::string& module = query.roots.code;
  const auto in = [](std::string_view space, std::string_view inner) {
    return space.empty() ? std::string(inner) : cat(space, '.', inner);
  };
  std::vector<std::string> spaces{std::string(package)};
  for (const Import& row : query.facts.imports)
    if ((row.flags & kStar) != 0) spaces.emplace_back(query.facts.string(row.module));
  for (const std::string& space : spaces)
    if (const std::optional<Place> place = find(module, in(space, name));
        place && has(*place, name))
      return at(*place, module);
  for (const std::string& space : spaces)
    if (std::optional<ImportPath> made = generated(in(space, name), module))
      return std::move(*made);
  spaces.erase(spaces.begin());
  for (const std::string_view star :
       is_kotlin(query.from) ? known::kotlin_implied_packages() : known::Words(kJavaStars))
    spaces.emplace_back(star);
  if (const std::string path = library_among(Language::Java, spaces, name); !path.empty())
    return {{}, false, path, {}};
  return {{}, false, std::string(name), {}};
}

ImportPath JavaFiles::resolve(const ImportQuery& query) {
  ImportPath found = file_or_library(query);
  if (found.file.empty() && !found.library.empty())
    found.besides = providers(query.roots.code, found.library);
  return found;
}

ImportPath JavaFiles::file_or_library(const ImportQuery& query) {
  if ((query.row.flags & kImplicit) != 0) return implicit(query, query.name());
  const std::string_view module = query.module(), name = query.name();
  if ((query.row.flags & kStar) != 0 || name == "*") return {{}, true, std::string(module), {}};
  const std::string path = name.empty()     ? std::string(module)
                           : module.empty() ? std::string(name)
                                            : cat(module, '.', name);
  if (knows_library(Language::Java, path)) return {{}, false, path, {}};
  if (const std::optional<Place> place = find(query.roots.code, path))
    return at(*place, query.roots.code);
  if (std::optional<ImportPath> made = generated(path, query.roots.code)) return std::move(*made);
  // `new Outer.Inner()`, where a star import brings the outer class.
  if (begins_upper(path)) return implicit(query, path);
  return {{}, false, path, {}};
}

std::unique_ptr<LanguageFiles> java_files(BuildFacts& builds) {
  return std::make_unique<JavaFiles>(builds);
}

}  // namespace fnlint
