// Reads all sources, recognises handlers by their signatures, and guesses the folder that each
// would be deployed from.

#include "app/stages/handler_search.h"

#include "app/files/crash_report.h"
#include "app/stages/code_stage.h"
#include "core/limits.h"
#include "core/text.h"
#include "frontends/templates/handler_code.h"
#include "frontends/templates/lambda_tools.h"
#include "link/resolve/handler_signs.h"
#include "link/resolve/languages.h"
#include "link/resolve/source_index.h"
#include "tables/known.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

namespace fnlint {

namespace {

// Beyond these nothing is looked into: nothing else says that there are functions.
constexpr std::size_t kMostSources = 5000, kMostHandlers = 2000;

// Nothing imports a Python file with a dot in its name: a copy that was put aside.
bool is_put_aside(std::string_view path) {
  return extension_of(path) == ".py" && file_name_of(path) != cat(stem_of(path), ".py");
}

bool is_deployed_code(std::string_view path) {
  if (is_of_tests(path) || is_put_aside(path) || path.ends_with(".d.ts") ||
      path.ends_with(".min.js") || path.ends_with(".jsx") || path.ends_with(".tsx"))
    return false;
  const std::vector<std::string_view> names = split(folder_of(path), '/');
  return std::ranges::none_of(
      names, [](std::string_view name) { return is_one_of(known::made_source_folders(), name); });
}

// The nearest folder above that a build starts in, by a file of its own; none: the one given.
std::string build_folder(const FileSystem& files, std::string_view folder,
                         std::span<const std::string_view> names, std::string_view otherwise) {
  const auto found = nearest_above(folder, [&](const std::string& at) {
    return std::ranges::any_of(files.list(at), [&](const Entry& entry) {
      return entry.kind == EntryKind::File &&
             std::ranges::any_of(
                 names, [&](std::string_view name) { return is_file_called(entry.name, name); });
    });
  });
  return found ? *found : std::string(otherwise);
}

// "../.." of a folder's own folder's folder.
std::string way_up(std::string_view folder, std::string_view above) {
  std::string way;
  for (; folder.size() > above.size(); folder = folder_of(folder))
    way += way.empty() ? ".." : "/..";
  return way.empty() ? "." : way;
}

class CodeRoots {
 public:
  explicit CodeRoots(const FileSystem& files) : files_(files) {}
  DeployedHandler deployed(const std::string& path, const CodeFacts& code,
                           const FoundHandler& found);

 private:
  [[nodiscard]] std::string import_root(const std::string& path, const CodeFacts& code) const;
  [[nodiscard]] bool has_module(std::string_view folder, std::string_view module) const;
  [[nodiscard]] std::string assembly_of(const std::string& folder) const;
  [[nodiscard]] bool has_namesake(const std::string& path) const;

  const FileSystem& files_;
};

// Whether another module of Node.js beside it has its name, but for the ending.
bool CodeRoots::has_namesake(const std::string& path) const {
  constexpr std::array<std::string_view, 3> kEndings{".js", ".mjs", ".cjs"};
  const std::string_view own = extension_of(path);
  if (std::ranges::find(kEndings, own) == kEndings.end()) return false;
  const std::string stem = path.substr(0, path.size() - own.size());
  return std::ranges::any_of(kEndings, [&](std::string_view other) {
    return other != own && files_.kind(cat(stem, other)) == EntryKind::File;
  });
}

bool CodeRoots::has_module(std::string_view folder, std::string_view module) const {
  return files_.kind(join_path(folder, cat(module, ".py"))) == EntryKind::File ||
         files_.kind(join_path(folder, module)) == EntryKind::Folder;
}

// The folder that the file's imports are found from: its own, or one above it that has what they
// name, and that is not a package which it imports relatively.
std::string CodeRoots::import_root(const std::string& path, const CodeFacts& code) const {
  std::string root(folder_of(path));
  if (code.language != Language::Python) return root;
  for (const Import& row : code.imports) {
    std::string_view module = code.string(row.module);
    std::string at(folder_of(path));
    if (module.starts_with('.')) {
      for (; module.starts_with('.') && !at.empty(); module.remove_prefix(1)) at = folder_of(at);
      if (at.size() < root.size()) root = at;
      continue;
    }
    const std::string_view first = module.substr(0, module.find('.'));
    while (!at.empty() && !has_module(at, first)) at = folder_of(at);
    if (at.size() < root.size() && has_module(at, first)) root = at;
  }
  return root;
}

// An assembly is called like its project's file.
std::string CodeRoots::assembly_of(const std::string& folder) const {
  for (const Entry& entry : files_.list(folder))
    if (entry.name.ends_with(".csproj")) return std::string(stem_of(entry.name));
  return std::string(file_name_of(folder));
}

constexpr std::array<std::string_view, 1> kNodeBuild{"package.json"}, kCSharpBuild{".csproj"},
    kRustBuild{"Cargo.toml"}, kCppBuild{"CMakeLists.txt"};
constexpr std::array<std::string_view, 4> kJavaBuild{"pom.xml", "build.gradle", "build.gradle.kts",
                                                     "build.sbt"};

DeployedHandler CodeRoots::deployed(const std::string& path, const CodeFacts& code,
                                    const FoundHandler& found) {
  DeployedHandler row;
  const std::string_view folder = folder_of(path);
  const auto in_file = [&](std::string root) {
    const std::string_view below =
        std::string_view(path).substr(root.empty() ? 0 : root.size() + 1);
    const std::string_view module = below.substr(0, below.rfind('.'));
    row.handler = cat(module, '.', found.symbol);
    // The module's name alone leads to no file, or to another one.
    const bool is_one_of_several = has_namesake(path);
    if (file_name_of(module).find('.') != module.npos || is_one_of_several) {
      row.bundled = std::string(below);
      row.handler = cat(stem_of(module), '.', found.symbol);
    }
    row.address =
        cat(is_one_of_several ? path : path.substr(0, path.rfind('.')), '.', found.symbol);
    row.code = std::move(root);
  };
  switch (code.language) {
    case Language::Java:
      row.code = build_folder(files_, folder, kJavaBuild, folder);
      row.address = row.handler = found.symbol;
      break;
    case Language::CSharp:
      row.code = build_folder(files_, folder, kCSharpBuild, folder);
      row.handler = cat(assembly_of(row.code), "::", found.symbol);
      row.address = found.symbol;
      break;
    case Language::JavaScript: in_file(build_folder(files_, folder, kNodeBuild, "")); break;
    case Language::Python:
    case Language::Ruby: in_file(import_root(path, code)); break;
    default:
      row.code = build_folder(
          files_, folder,
          code.language == Language::Rust ? std::span(kRustBuild) : std::span(kCppBuild), folder);
      if (code.language == Language::Go) row.code = std::string(folder);
      row.handler = "bootstrap";
      row.address = folder.empty() ? std::string(stem_of(path)) : std::string(folder);
  }
  row.code = way_up(folder, row.code);
  row.where = found.where;
  if (found.event != nullptr) {
    row.event = found.event->type;
    row.source = found.event->source;
  }
  return row;
}

// The settings that a function of .NET is deployed with where no template names it.
struct ToolSettings {
  std::string path = {}, text = {}, handler = {};
};

// Those beside its project, if they name this handler; a program is named by its assembly alone.
std::optional<ToolSettings> tool_settings(const FileSystem& files, const std::string& source,
                                          const DeployedHandler& row) {
  const std::string folder = normal_path(join_path(folder_of(source), row.code));
  ToolSettings found{.path = join_path(folder, kLambdaToolsFile)};
  if (files.kind(found.path) != EntryKind::File) return std::nullopt;
  Result<std::string> text = files.read(found.path, kSourceBytes);
  if (!text) return std::nullopt;
  const std::optional<std::string> handler = handler_of_lambda_tools(text.value());
  const auto is_of_class = [](const std::string& name) { return name.find("::") != name.npos; };
  if (!handler || (*handler != row.handler && (is_of_class(*handler) || is_of_class(row.handler))))
    return std::nullopt;
  found.handler = *handler;
  found.text = std::move(text.value());
  return found;
}

struct Job {
  std::string text = {};
  bool works_with_aws = false;
  std::optional<CodeFacts> code = {};
  std::vector<FoundHandler> found = {};
};

void look_for_handlers(const FileSystem& files, const std::string& path, Job& job) {
  const SourceDialect dialect = *dialect_of(path);
  const Language language =
      std::ranges::find(dialect_rows(), dialect, &DialectRow::dialect)->language;
  Result<std::string> text = files.read(path, kSourceBytes);
  if (!text) return;
  note_reading(path);
  job.works_with_aws = works_with_aws(language, text.value());
  if (!may_have_handler(language, text.value())) return;
  CodeFacts code = lower_text(text.value(), dialect);
  job.found = find_handlers(code);
  if (job.found.empty()) return;
  job.text = std::move(text.value());
  job.code = std::move(code);
}

}  // namespace

HandlersOfCode add_handlers_of_code(const SearchRequest& request, const FileSystem& files,
                                    SourceFiles& sources, CompiledTemplates& templates) {
  std::vector<std::string> paths = find_sources(files, request);
  std::erase_if(paths, [](const std::string& path) { return !is_deployed_code(path); });
  HandlersOfCode all{.cut = paths.size() > kMostSources};
  if (all.cut) paths.resize(kMostSources);
  std::vector<Job> jobs(paths.size());
  in_parallel(request.workers, paths.size(),
              [&](std::size_t i) { look_for_handlers(files, paths[i], jobs[i]); });
  if (std::ranges::none_of(jobs, &Job::works_with_aws))
    for (Job& job : jobs)
      std::erase_if(job.found, [](const FoundHandler& row) { return row.needs_aws; });
  CodeRoots roots(files);
  std::set<std::string> configured;
  const auto add = [&](const std::string& path, std::string text, TemplateFacts facts) {
    const FileId file = sources.add(path, std::move(text));
    templates.facts.push_back(std::move(facts));
    templates.sources.push_back({.file = file, .path = path, .facts = &templates.facts.back()});
  };
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    std::vector<DeployedHandler> rows;
    all.cut = all.cut || (!jobs[i].found.empty() && all.count >= kMostHandlers);
    if (all.count >= kMostHandlers) break;
    for (const FoundHandler& found : jobs[i].found) {
      DeployedHandler row = roots.deployed(paths[i], *jobs[i].code, found);
      ++all.count;
      std::optional<ToolSettings> settings;
      if (jobs[i].code->language == Language::CSharp)
        settings = tool_settings(files, paths[i], row);
      if (settings && configured.insert(settings->path).second) {
        row.handler = std::move(settings->handler);
        row.code = ".";  // beside the settings
        TemplateFacts facts = template_of_lambda_tools(settings->text, row);
        add(settings->path, std::move(settings->text), std::move(facts));
      } else {
        rows.push_back(std::move(row));
      }
    }
    if (!rows.empty()) add(paths[i], std::move(jobs[i].text), template_of_handlers(rows));
  }
  return all;
}

}  // namespace fnlint
