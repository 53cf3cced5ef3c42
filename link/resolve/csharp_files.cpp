#include "core/limits.h"
#include "core/text.h"
#include "link/resolve/archive_names.h"
#include "link/resolve/candidates.h"
#include "link/resolve/declarations.h"
#include "link/resolve/executables.h"
#include "link/resolve/handler_files.h"
#include "link/resolve/library_names.h"
#include "link/resolve/source_index.h"
#include "tables/code_words.h"
#include "tables/known.h"

#include <re2/re2.h>

#include <algorithm>
#include <ranges>
#include <set>
#include <tuple>

// Which files a project of C# has, and in which of them a handler's class stands.
namespace fnlint {

namespace {

constexpr std::string_view kCSharpSources[] = {".cs"};
constexpr std::string_view kCSharpProject = ".csproj";
constexpr std::string_view kProjects[] = {kCSharpProject, ".fsproj", ".vbproj"};
constexpr std::size_t kReferences = 64;

bool is_project(std::string_view file) {
  return std::ranges::find(kProjects, extension_of(file)) != std::end(kProjects);
}

bool holds_no_csharp(std::string_view folder) {
  const std::string_view name = file_name_of(folder);
  return name == "bin" || name == "obj" || name == "publish";
}

// "Assembly::Namespace.Type::Method", or an assembly that is a program.
struct HandlerName {
  std::string assembly = {}, type = {}, method = {};
  bool generated = false;  // what is called is made of the method, and answers in its own way
};
std::optional<HandlerName> read_handler(std::string_view text) {
  if (text.empty() || text.find('/') != std::string_view::npos) return std::nullopt;
  const std::size_t first = text.find("::");
  if (first == std::string_view::npos) return HandlerName{std::string(text), {}, {}};
  const std::size_t second = text.find("::", first + 2);
  if (second == std::string_view::npos) return std::nullopt;
  HandlerName name{std::string(text.substr(0, first)),
                   replace_all(text.substr(first + 2, second - first - 2), "+", "."),
                   std::string(text.substr(second + 2))};
  // What the source generator of Lambda Annotations makes of Type.Method:
  // Namespace.Type_Method_Generated::Method.
  constexpr std::string_view kGenerated = "_Generated";
  if (name.type.ends_with(kGenerated)) {
    name.generated = true;
    name.type.resize(name.type.size() - kGenerated.size());
    if (name.type.ends_with(cat('_', name.method)))
      name.type.resize(name.type.size() - name.method.size() - 1);
  }
  return name;
}

// The files of C# types: a project's are all below its .csproj, and those of the projects that it
// refers to; which file has a type is known only by reading them.
class CSharpFiles : public LanguageFiles {
 public:
  explicit CSharpFiles(BuildFacts& builds) : files_(builds.files()), builds_(builds) {}
  HandlerFile find_handler(const HandlerQuery& query) override;
  ImportPath resolve(const ImportQuery& query) override;
  std::vector<std::string> companions(std::string_view file) override;

 private:
  struct Project {
    std::string file = {}, assembly = {};
    std::vector<std::string> references = {};
  };
  const Project& project(const std::string& file);
  std::string project_of(std::string_view path, std::string_view assembly, Guess& guess);
  PathCandidate project_named(const HandlerQuery& query);
  std::string project_for(const HandlerQuery& query, const HandlerName& name, Guess& guess);
  SourceIndex& index(const std::string& folder);
  [[nodiscard]] bool has_word(const std::string& file, std::string_view word) const;
  [[nodiscard]] bool is_controller_source(const std::string& file) const;
  std::optional<ImportPath> find(const std::string& folder, std::string_view qualified,
                                 std::string_view member);
  [[nodiscard]] std::string annotated_type(const std::string& file,
                                           std::string_view method) const;
  bool find_method(const HandlerName& name, HandlerFile& found);
  bool find_program(const HandlerQuery& query, HandlerFile& found);
  void judge_absence(const std::string& project, HandlerFile& found);
  [[nodiscard]] bool makes_one_assembly(const std::string& file, std::string_view assembly);
  ImportPath implicit(const ImportQuery& query);
  using Extensions = std::set<std::pair<std::string, std::string>>;  // name and file
  const Extensions& extensions(const std::string& folder);

  const FileSystem& files_;
  BuildFacts& builds_;
  std::map<std::string, Extensions> extensions_;  // by folder of a project
  std::map<std::string, Project> projects_;               // by file
  std::map<std::string, std::vector<std::string>> near_;  // projects below a folder
  std::map<std::string, SourceIndex> indexes_;            // by folder of a project
};

const CSharpFiles::Project& CSharpFiles::project(const std::string& file) {
  const auto [row, added] = projects_.try_emplace(file);
  Project& found = row->second;
  if (!added) return found;
  const std::string_view name = file_name_of(file);
  found.file = file;
  found.assembly = name.substr(0, name.size() - extension_of(name).size());
  const std::string* text = builds_.text(file);
  if (text == nullptr) return found;
  static const RE2 kAssembly(R"(<AssemblyName>\s*([^<\s]+)\s*</AssemblyName>)");
  static const RE2 kReference(R"x(<ProjectReference\s+Include\s*=\s*"([^"]+)")x");
  std::string value;
  if (RE2::PartialMatch(*text, kAssembly, &value) && value.find('$') == std::string::npos)
    found.assembly = value;
  re2::StringPiece rest(*text);
  while (RE2::FindAndConsume(&rest, kReference, &value))
    found.references.push_back(join_path(folder_of(file), replace_all(value, "\\", "/")));
  return found;
}

// The project whose assembly that is, at, below or above a path.
std::string CSharpFiles::project_of(std::string_view path, std::string_view assembly,
                                    Guess& guess) {
  const std::string start = existing_folder(files_, path);
  const auto [row, added] = near_.try_emplace(start);
  if (added) row->second = files_below(files_, start, kProjects, holds_no_csharp);
  const std::vector<std::string>& near = row->second;
  const auto by_name = [&](const std::vector<std::string>& all) {
    return std::ranges::find_if(
        all, [&](const std::string& file) { return project(file).assembly == assembly; });
  };
  if (const auto named = by_name(near); named != near.end()) return *named;
  std::vector<std::string> above;
  const auto has_projects = [&](const std::string& folder) {
    above.clear();
    for (const Entry& entry : files_.list(folder))
      if (entry.kind == EntryKind::File && is_project(entry.name))
        above.push_back(join_path(folder, entry.name));
    return !above.empty();
  };
  std::string named_above;
  nearest_above(start, [&](const std::string& folder) {
    if (!has_projects(folder)) return false;
    const auto named = by_name(above);
    if (named != above.end()) named_above = *named;
    return named != above.end();
  });
  if (!named_above.empty()) return named_above;
  nearest_above(start, has_projects);
  guess = guess_by(guesses::only_project());
  if (near.size() == 1) return near.front();
  return near.empty() && above.size() == 1 ? above.front() : std::string();
}

// Of the projects near the code, all of whose programs are called `bootstrap`, the one that has the
// function's name.
PathCandidate CSharpFiles::project_named(const HandlerQuery& query) {
  const std::vector<std::string>& near = near_[existing_folder(files_, query.root)];
  std::vector<Sign<std::string>> signs;
  const std::vector<std::string> names = program_names(query);
  // Its own name goes before those of the folders, which several functions share.
  for (const std::string& name : std::views::reverse(names))
    signs.push_back({&guesses::project_name(), name, [&near, name] {
                       std::vector<std::string> named;
                       std::ranges::copy_if(near, std::back_inserter(named), [&](const auto& file) {
                         const std::string_view own = file_name_of(file);
                         return is_same_name(name, own.substr(0, own.rfind('.')));
                       });
                       return named;
                     }});
  return likeliest(std::move(signs));
}

// By its assembly; a program's, whose handler says nothing, also by the function's name.
std::string CSharpFiles::project_for(const HandlerQuery& query, const HandlerName& name,
                                     Guess& guess) {
  std::string file = project_of(query.root, name.assembly, guess);
  if (!name.type.empty()) return file;
  if (file.empty())
    if (PathCandidate named = project_named(query))
      std::tie(file, guess) = std::tie(named->thing, named->guess);
  // Where the runtime is not known, "app.handler" is no program's name.
  return query.runtime.empty() && guess ? std::string() : file;
}

SourceIndex& CSharpFiles::index(const std::string& folder) {
  const auto known = indexes_.find(folder);
  if (known != indexes_.end()) return known->second;
  std::vector<std::string> folders{folder}, sources;
  std::set<std::string> seen{folder};
  for (std::size_t i = 0; i < folders.size() && i < kReferences; ++i) {
    const std::string at = folders[i];
    const std::vector<std::string> own = files_below(files_, at, kCSharpSources, holds_no_csharp);
    sources.insert(sources.end(), own.begin(), own.end());
    for (const Entry& entry : files_.list(at)) {
      if (entry.kind != EntryKind::File || !is_project(entry.name)) continue;
      for (const std::string& reference : project(join_path(at, entry.name)).references)
        if (std::string other(folder_of(reference)); seen.insert(other).second)
          folders.push_back(std::move(other));
    }
  }
  std::ranges::sort(sources);
  sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
  return indexes_.emplace(folder, SourceIndex(files_, std::move(sources))).first->second;
}

bool CSharpFiles::has_word(const std::string& file, std::string_view word) const {
  const Result<std::string> text = files_.read(file, kSourceBytes);
  return text && contains_word(text.value(), word);
}

// "Shop.Orders.Outer.Inner": the longest prefix that is a namespace's type. Of the files of a
// partial type, the one that has the member.
std::optional<ImportPath> CSharpFiles::find(const std::string& folder, std::string_view qualified,
                                            std::string_view member) {
  SourceIndex& sources = index(folder);
  for (std::size_t end = qualified.size(); end != std::string_view::npos && end > 0;
       end = qualified.rfind('.', end - 1)) {
    const std::string_view path = qualified.substr(0, end);
    const std::size_t dot = path.rfind('.');
    const std::string_view space = dot == std::string_view::npos ? "" : path.substr(0, dot);
    const std::string_view name = dot == std::string_view::npos ? path : path.substr(dot + 1);
    const std::vector<std::string>& declaring = sources.declaring(space, name);
    if (declaring.empty()) continue;
    std::string file = declaring.front();
    if (declaring.size() > 1 && !member.empty())
      for (const std::string& one : declaring)
        if (has_word(one, member)) {
          file = one;
          break;
        }
    return ImportPath{file, false, {}, cat(name, qualified.substr(end))};
  }
  return std::nullopt;
}

bool CSharpFiles::find_method(const HandlerName& name, HandlerFile& found) {
  const std::optional<ImportPath> type = find(*found.root, name.type, name.method);
  const std::size_t dot = name.type.rfind('.');
  const std::string_view last = dot == std::string::npos
                                    ? std::string_view(name.type)
                                    : std::string_view(name.type).substr(dot + 1);
  if (!type || (type->symbol != last && !type->symbol.ends_with(cat('.', last)))) return false;
  found.path = type->file;
  found.symbol = cat(type->symbol, '.', name.method);
  found.by_framework = name.generated;
  return true;
}

// The type that the file's annotated method of that name stands in.
std::string CSharpFiles::annotated_type(const std::string& file, std::string_view method) const {
  const Result<std::string> text = files_.read(file, kSourceBytes);
  if (!text) return {};
  static const RE2 kType(R"(\bclass\s+(\w+))");
  constexpr std::string_view kAnnotation = "[LambdaFunction";
  std::size_t at = text.value().find(kAnnotation);
  for (std::size_t next = at; at != std::string::npos; at = next) {
    next = text.value().find(kAnnotation, at + 1);
    const std::string_view part = std::string_view(text.value()).substr(at, next - at);
    if (part.find(cat(' ', method, '(')) == std::string_view::npos) continue;
    re2::StringPiece before(text.value().data(), at);
    std::string type;
    while (RE2::FindAndConsume(&before, kType, &type)) continue;
    return type;
  }
  return {};
}

// A program's own main, or the method that the generated main of Lambda Annotations calls.
bool CSharpFiles::find_program(const HandlerQuery& query, HandlerFile& found) {
  SourceIndex& sources = index(*found.root);
  if (const std::string method = query.environment("ANNOTATIONS_HANDLER"); !method.empty())
    for (const std::string& file : sources.sources())
      if (const std::string type = annotated_type(file, method); !type.empty()) {
        found.path = file;
        found.symbol = cat(type, '.', method);
        found.by_framework = true;
        return true;
      }
  static const RE2 kMain(R"(\bstatic\s+(?:async\s+)?(?:void|int|Task|Task<int>)\s+Main\s*\()");
  for (const std::string_view wanted : {"LambdaBootstrapBuilder", "LambdaBootstrap", "Main", ""}) {
    for (const std::string& file : sources.sources()) {
      const Result<std::string> text = files_.read(file, kSourceBytes);
      if (!text) continue;
      const bool fits = wanted == "Main" ? RE2::PartialMatch(text.value(), kMain)
                        : wanted.empty() ? file_name_of(file) == "Program.cs"
                                         : has_word(file, wanted);
      if (!fits) continue;
      found.path = file;
      found.form = HandlerForm::Entry;
      return true;
    }
  }
  return false;
}

HandlerFile CSharpFiles::find_handler(const HandlerQuery& query) {
  HandlerFile found;
  const std::optional<HandlerName> name = read_handler(query.handler);
  if (!name) {
    lacks_form(found, query.handler, "Assembly::Namespace.Type::Method");
    return found;
  }
  const std::string file = project_for(query, *name, found.guess);
  found.root = file.empty() ? existing_folder(files_, query.root) : std::string(folder_of(file));
  if (!file.empty() && extension_of(file) != kCSharpProject) {
    found.lack = ResolutionFailure::Code;
    found.reason = "code of F# and Visual Basic is not read";
    return found;
  }
  if (file.empty() && !name->type.empty() && query.code.kind != CodeKind::Folder) {
    found.lack = ResolutionFailure::File;
    found.looked_for = cat(name->assembly, ".csproj");
    found.reason =
        cat("no project of assembly '", name->assembly, "' in ", folder_words(query.root));
    return found;
  }
  if (!name->type.empty() ? find_method(*name, found)
                          : !file.empty() && find_program(query, found))
    return found;
  const std::size_t dot = name->type.rfind('.');
  const std::string_view space =
      dot == std::string::npos ? std::string_view{} : std::string_view(name->type).substr(0, dot);
  // The type may be of another project, or of a library.
  const bool is_own = !found.guess && index(*found.root).is_at_home(space);
  found.lack = name->type.empty() ? ResolutionFailure::File
               : is_own           ? ResolutionFailure::Class
                                  : ResolutionFailure::Code;
  found.looked_for = name->type.empty() ? name->assembly : name->type;
  found.reason = cat(name->type.empty() ? "no program of assembly '" : "no type '",
                     found.looked_for, "' in ", folder_words(*found.root));
  if (name->type.empty() || file.empty()) return found;
  const bool is_here = folder_of(file) == existing_folder(files_, query.root);
  if (!found.guess) {
    judge_absence(file, found);
  } else if (is_here && makes_one_assembly(file, name->assembly)) {
    judge_absence(file, found);
    found.uncertainty |= kHeuristic;
  }
  return found;
}

// Whether what the project is built to has no assembly of that name: none of another project, nor
// of a library that is called like it.
bool CSharpFiles::makes_one_assembly(const std::string& file, std::string_view assembly) {
  const Result<std::string> text = files_.read(file, kBuildFileBytes);
  if (!text || text.value().find("<ProjectReference") != std::string::npos) return false;
  const std::string start = lower(assembly.substr(0, assembly.find('.')));
  return lower(text.value()).find(cat("include=\"", start)) == std::string::npos;
}

// The runtime looks in the handler's assembly alone: that is made of the project's own sources.
void CSharpFiles::judge_absence(const std::string& project, HandlerFile& found) {
  const std::string folder(folder_of(project));
  std::vector<std::string> said{project};
  bool is_template = false;  // of `dotnet new`, which puts other names in
  nearest_above(folder, [&](const std::string& at) {
    is_template = is_template ||
                  files_.kind(join_path(at, ".template.config/template.json")) == EntryKind::File;
    for (const std::string_view shared : {"Directory.Build.props", "Directory.Build.targets"})
      if (files_.kind(join_path(at, shared)) == EntryKind::File)
        said.push_back(join_path(at, shared));
    return false;
  });
  if (is_template) return;
  for (const std::string& file : said) {
    const Result<std::string> text = files_.read(file, kBuildFileBytes);
    if (!text || std::ranges::any_of(known::csharp_source_makers(), [&](std::string_view word) {
          return text.value().find(word) != std::string::npos;
        }))
      return;
  }
  SourceIndex& sources = index(folder);
  if (!sources.is_whole()) return;
  for (const std::string& file : sources.sources()) {
    if (!lies_below(file, folder)) continue;
    for (const Declared& one : sources.declarations(file).names)
      if (one.is_type)
        found.known.push_back(one.space.empty() ? one.name : cat(one.space, '.', one.name));
  }
  found.absent = found.only_here = true;
  found.lack = ResolutionFailure::Class;
}

// A name of the namespaces around, of what the file or its project uses, or of a library.
ImportPath CSharpFiles::implicit(const ImportQuery& query) {
  const std::string_view name = query.name();
  std::vector<std::string> spaces;
  for (std::string_view at = query.facts.string(query.facts.package);;
       at = at.substr(0, at.rfind('.') == std::string_view::npos ? 0 : at.rfind('.'))) {
    spaces.emplace_back(at);
    if (at.empty()) break;
  }
  for (const Import& row : query.facts.imports)
    if ((row.flags & kStar) != 0) spaces.emplace_back(query.facts.string(row.module));
  SourceIndex& sources = index(query.roots.code);
  spaces.insert(spaces.end(), sources.stars().begin(), sources.stars().end());
  for (const std::string& space : spaces)
    if (!sources.declaring(space, name).empty()) {
      ImportPath found{sources.declaring(space, name).front(), false, {}, {}};
      found.besides = sources.standing_for(found.file, name);
      return found;
    }
  for (const std::string& space : spaces) {  // `using static A.B.Type`
    const std::size_t dot = space.rfind('.');
    if (dot == std::string::npos) continue;
    const std::string_view type = std::string_view(space).substr(dot + 1);
    for (const std::string& file : sources.declaring(space.substr(0, dot), type))
      if (has_word(file, name)) return {file, false, {}, cat(type, '.', name)};
  }
  for (const std::string_view one : known::csharp_implicit_usings()) spaces.emplace_back(one);
  if (const std::string path = library_among(Language::CSharp, spaces, name); !path.empty())
    return {{}, false, path, {}};
  return {{}, false, std::string(name), {}};
}

ImportPath CSharpFiles::resolve(const ImportQuery& query) {
  if ((query.row.flags & kImplicit) != 0) return implicit(query);
  const std::string_view module = query.module(), name = query.name();
  if ((query.row.flags & kStar) != 0) return {{}, true, std::string(module), {}};
  const std::string path = name.empty()     ? std::string(module)
                           : module.empty() ? std::string(name)
                                            : cat(module, '.', name);
  if (std::optional<ImportPath> place = find(query.roots.code, path, {})) return *place;
  return {{}, name.empty(), path, {}};
}

// Methods that classes of the project add to other types: "static T Tidied(this string text".
const CSharpFiles::Extensions& CSharpFiles::extensions(const std::string& folder) {
  const auto [row, added] = extensions_.try_emplace(folder);
  if (!added) return row->second;
  static const RE2 kExtension(R"(\b(\w+)\s*(?:<[^<>()]*>)?\s*\(\s*this\s+[\w\[])");
  for (const std::string& file : index(folder).sources()) {
    const Result<std::string> text = files_.read(file, kSourceBytes);
    if (!text || text.value().find("(this ") == std::string::npos) continue;
    re2::StringPiece rest(text.value());
    std::string name;
    while (RE2::FindAndConsume(&rest, kExtension, &name)) row->second.emplace(name, file);
  }
  return row->second;
}

// It declares what a web application's library looks for.
bool CSharpFiles::is_controller_source(const std::string& file) const {
  const auto has = [&](std::string_view word) { return has_word(file, word); };
  return std::ranges::any_of(known::route_annotations(), has);
}

// The other parts of the partial types that the file has, the extension methods that it calls, and
// the controllers of an application that it has served.
std::vector<std::string> CSharpFiles::companions(std::string_view file) {
  std::vector<std::string> others;
  const std::optional<std::string> folder =
      nearest_above(folder_of(file), [&](const std::string& at) {
        return std::ranges::any_of(files_.list(at), [](const Entry& entry) {
          return entry.kind == EntryKind::File && is_project(entry.name);
        });
      });
  SourceIndex& sources = index(folder.value_or(std::string(folder_of(file))));
  const auto add = [&](const std::string& other) {
    if (other != file && others.size() < kCollectionItems &&
        std::ranges::find(others, other) == others.end())
      others.push_back(other);
  };
  const Result<std::string> text = files_.read(file, kSourceBytes);
  if (!text) return others;
  const bool has_parts = contains_word(text.value(), "partial");
  for (const Declared& one : sources.declarations(std::string(file)).names)
    if (has_parts && one.is_type)
      for (const std::string& other : sources.declaring(one.space, one.name))
        if (other != file && has_word(other, "partial")) add(other);
  for (const auto& [name, other] : extensions(folder.value_or(std::string(folder_of(file)))))
    if (contains_word(text.value(), name)) add(other);
  const auto serves = [&](std::string_view word) { return contains_word(text.value(), word); };
  if (std::ranges::any_of(known::web_entry_bases(), serves) ||
      std::ranges::any_of(known::web_hosting_calls(), serves))
    for (const std::string& other : sources.sources())
      if (is_controller_source(other)) add(other);
  return others;
}

}  // namespace

std::unique_ptr<LanguageFiles> csharp_files(BuildFacts& builds) {
  return std::make_unique<CSharpFiles>(builds);
}

}  // namespace fnlint
