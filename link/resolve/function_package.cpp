// Reads manifests around the code for builders and module formats, and tells a handler that is
// missing from one that a build still has to make.

#include "link/resolve/function_package.h"

#include "core/json.h"
#include "core/text.h"
#include "link/resolve/languages.h"
#include "link/resolve/output_folders.h"
#include "tables/known.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace fnlint {

namespace {

using nlohmann::json;

constexpr std::size_t kManifestBytes = 1U << 20U;
constexpr int kLookedInto = 3;  // folders below the root, in search of sources

bool is_builder(std::string_view script) {
  return std::any_of(known::rewriting_tools().begin(), known::rewriting_tools().end(),
                     [&](std::string_view word) {
                       for (std::size_t at = script.find(word); at != std::string_view::npos;
                            at = script.find(word, at + 1)) {
                         const auto is_letter = [&](std::size_t i) {
                           return i < script.size() &&
                                  ((script[i] >= 'a' && script[i] <= 'z') || script[i] == '-');
                         };
                         if ((at == 0 || !is_letter(at - 1)) && !is_letter(at + word.size()))
                           return true;
                       }
                       return false;
                     });
}

bool rewrites(BuildFacts& builds, const std::string& folder) {
  for (const std::string_view name : known::rewriting_tool_files())
    if (builds.files().kind(join_path(folder, name)) == EntryKind::File) return true;
  const json* manifest = builds.package(folder);
  const json scripts = manifest == nullptr ? json() : manifest->value("scripts", json());
  if (!scripts.is_object()) return false;
  for (const auto& [name, script] : scripts.items()) {
    if (name == "build" || name == "compile" || name == "bundle") return true;
    if (script.is_string() && is_builder(script.get<std::string>())) return true;
  }
  return false;
}

// The folder and all above it, up to the run's root.
template <class Test>
bool any_above(std::string_view folder, const Test& test) {
  for (std::string at(folder);; at = std::string(folder_of(at))) {
    if (test(at)) return true;
    if (at.empty()) return false;
  }
}

// Whether what a manifest's "exports" or "main" lead to may be loaded by require: an entry says so,
// or a file by its ending.
bool offers_require(const json& entry) {
  if (entry.is_string()) return entry.get<std::string>().ends_with(".cjs");
  if (entry.is_array()) return std::ranges::any_of(entry, offers_require);
  if (!entry.is_object()) return false;
  return std::ranges::any_of(entry.items(), [](const auto& row) {
    return row.key() == "require" || row.key() == "node-addons" || offers_require(row.value());
  });
}

// The least major version that a range of npm's allows; nothing where it names none.
std::optional<int> least_major(std::string_view range) {
  range = trim(range);
  while (!range.empty() && std::string_view("^~>=v ").find(range.front()) != range.npos)
    range.remove_prefix(1);
  int major = 0;
  const auto [end, error] = std::from_chars(range.data(), range.data() + range.size(), major);
  if (error != std::errc{} || range.find("||") != range.npos) return std::nullopt;
  return major;
}

// Whether all of an installed package, or of one that the range brings, is ES modules.
bool is_es_package(BuildFacts& builds, const std::string& folder, const std::string& name,
                   std::string_view range) {
  if (const json* manifest = builds.package(join_path(folder, cat("node_modules/", name))))
    return manifest->value("type", json()) == "module" &&
           !offers_require(manifest->value("exports", json())) &&
           !offers_require(manifest->value("main", json()));
  const auto row = std::ranges::find(known::es_module_packages(), name,
                                     [](const auto& each) { return each[0]; });
  const std::optional<int> least = least_major(range);
  return row != known::es_module_packages().end() && least && *least >= least_major((*row)[1]);
}

void add_packages(BuildFacts& builds, const std::string& folder, FunctionPackage& package) {
  if (const json* manifest = builds.package(folder))
    for (const char* key : {"dependencies", "optionalDependencies", "bundledDependencies"})
      if (const auto found = manifest->find(key); found != manifest->end() && found->is_object())
        for (const auto& [name, version] : found->items()) {
          package.brings.push_back(name);
          if (version.is_string() &&
              is_es_package(builds, folder, name, version.get<std::string>()))
            package.es_packages.push_back(name);
        }
  for (const Entry& entry : builds.files().list(join_path(folder, "node_modules")))
    if (entry.kind == EntryKind::Folder) package.brings.push_back(entry.name);
}

std::vector<std::string_view> extensions_of(Language language) {
  switch (language) {
    case Language::Python: return {".py"};
    case Language::JavaScript: return {".js", ".mjs", ".cjs"};
    case Language::Ruby: return {".rb"};
    default: return {};
  }
}

// Modules in a folder, as handlers name them.
std::vector<std::string> modules_in(const FileSystem& files, const std::string& folder,
                                    Language language) {
  std::vector<std::string> names;
  for (const Entry& entry : files.list(folder))
    for (const std::string_view extension : extensions_of(language))
      if (entry.kind == EntryKind::File && entry.name.ends_with(extension))
        names.push_back(entry.name.substr(0, entry.name.size() - extension.size()));
  std::sort(names.begin(), names.end());
  return names;
}

// Modules beside a handler's that is missing, as the template would name them: those in which the
// handler's function is defined, assigned or brought in under its name.
std::vector<std::string> modules_with(const FileSystem& files, const std::string& folder,
                                      const HandlerFile& found, std::string_view before) {
  const std::string symbol = RE2::QuoteMeta(found.symbol.substr(0, found.symbol.find('.')));
  const RE2 defines(
      replace_all(R"((?m)\b(def|function|const|let|var|class|module|as)\s+@\b|^[ \t]*@\s*[=:,}])"
                  R"(|\b(exports|self)\.@\b|\b(import|export)\b[^\n(=]*[{,\s]@\b|[{,]\s*@\s*[,}])",
                  "@", symbol));
  std::vector<std::string> names;
  for (const std::string& name : modules_in(files, folder, found.language))
    for (const std::string_view extension : extensions_of(found.language)) {
      const std::string path = join_path(folder, cat(name, extension));
      if (files.kind(path) != EntryKind::File) continue;
      const Result<std::string> text = files.read(path, kManifestBytes);
      if (found.symbol.empty() || !text || RE2::PartialMatch(text.value(), defines))
        names.push_back(before.empty() ? name : cat(before, '/', name));
    }
  return names;
}

bool has_sources(const FileSystem& files, const std::string& folder, Language language, int depth) {
  if (!modules_in(files, folder, language).empty()) return true;
  if (depth == 0) return false;
  for (const Entry& entry : files.list(folder)) {
    const bool skipped = entry.name.starts_with('.') || entry.name == "node_modules";
    if (entry.kind == EntryKind::Folder && !skipped &&
        has_sources(files, join_path(folder, entry.name), language, depth - 1))
      return true;
  }
  return false;
}

// A package that an installer would put beside the sources.
bool is_required(const FileSystem& files, const std::string& root, std::string_view package) {
  const auto normal = [](std::string_view name) {
    return replace_all(replace_all(lower(name), "-", "_"), ".", "_");
  };
  for (const std::string_view other : {"pyproject.toml", "Pipfile", "setup.py"})
    if (files.kind(join_path(root, other)) == EntryKind::File) return true;  // may say anything
  if (const std::string gems = join_path(root, "Gemfile"); files.kind(gems) == EntryKind::File) {
    const Result<std::string> text = files.read(gems, kManifestBytes);
    return !text || text.value().find(package) != std::string::npos ||
           text.value().find("gemspec") != std::string::npos;
  }
  const std::string manifest = join_path(root, "requirements.txt");
  if (files.kind(manifest) != EntryKind::File) return false;
  const Result<std::string> text = files.read(manifest, kManifestBytes);
  if (!text) return true;
  for (std::string_view line : split(text.value(), '\n')) {
    line = trim(line);
    if (line.empty() || line.starts_with('#')) continue;
    const bool plain = !line.starts_with('-') && !line.starts_with('.') &&
                       line.find("://") == std::string_view::npos;
    if (!plain) return true;
    const std::string_view name = line.substr(0, line.find_first_of("=<>~![; "));
    const std::string known = normal(name), wanted = normal(package);
    if (known == wanted || known.starts_with(wanted) || wanted.starts_with(known)) return true;
  }
  return false;
}

}  // namespace

FunctionPackage package_of_function(BuildFacts& builds, const CodeLocation& code,
                                    std::string_view root, Language language,
                                    const std::vector<std::string>& layers) {
  FunctionPackage package;
  if (language != Language::JavaScript) return package;
  const std::string folder(root);
  const auto is_module = [&](const std::string& at) {
    const json* manifest = builds.package(at);
    return manifest != nullptr && manifest->value("type", json()) == "module";
  };
  for (const std::string& layer : layers) add_packages(builds, layer, package);
  // Nothing above an archive comes with it.
  if (code.kind == CodeKind::Zip) {
    package.es_modules = is_module(folder);
    add_packages(builds, folder, package);
    return package;
  }
  const auto rewritten_at = [&](const std::string& at) { return rewrites(builds, at); };
  package.rewritten = !code.build_method.empty() &&
                      !lower(code.build_method).starts_with("nodejs");
  if (code.kind == CodeKind::Inline) return package;
  package.rewritten = package.rewritten || any_above(folder, rewritten_at);
  package.es_modules = is_module(folder);
  package.es_modules_above = any_above(folder, is_module);
  any_above(folder, [&](const std::string& at) {
    add_packages(builds, at, package);
    return false;
  });
  std::erase_if(package.brings, [&](const std::string& name) {
    return std::ranges::find(code.left_out, name) != code.left_out.end();
  });
  return package;
}

namespace {

// `sam build --base-dir src` in a Makefile, `base_dir = "src"` in samconfig.toml.
bool names_base_folder(const FileSystem& files, const std::string& folder) {
  return std::ranges::any_of(files.list(folder), [&](const Entry& entry) {
    if (entry.kind != EntryKind::File ||
        std::ranges::none_of(known::script_endings_at_a_root(),
                             [&](auto end) { return entry.name.ends_with(end); }))
      return false;
    const Result<std::string> text = files.read(join_path(folder, entry.name), kManifestBytes);
    return text && (text.value().find("--base-dir") != std::string::npos ||
                    text.value().find("base_dir") != std::string::npos);
  });
}

bool has_module(const FileSystem& files, const std::string& folder, std::string_view module,
                Language language) {
  const std::string path = join_path(folder, module);
  const std::vector<std::string> there = modules_in(files, std::string(folder_of(path)), language);
  return std::ranges::find(there, file_name_of(path)) != there.end();
}

// Whether a folder below has the module in its place, or one above.
bool is_in_one_below(const FileSystem& files, const std::string& folder, std::string_view module,
                     Language language) {
  return std::ranges::any_of(files.list(folder), [&](const Entry& entry) {
    return entry.kind == EntryKind::Folder && !entry.name.starts_with('.') &&
           entry.name != "node_modules" &&
           has_module(files, join_path(folder, entry.name), module, language);
  });
}

bool is_in_one_above(const FileSystem& files, const std::string& folder, std::string_view module,
                     Language language) {
  return any_above(folder,
                   [&](const std::string& at) { return has_module(files, at, module, language); });
}

HandlerProblem missing_file(const FileSystem& files, const CodeLocation& code,
                            std::string_view root, const HandlerFile& found,
                            const FunctionPackage& package,
                            const std::vector<std::string>& layers) {
  const Language language = found.language;
  const std::string folder(root);
  std::string_view module = found.looked_for;
  module.remove_suffix(extension_of(module).size());
  if (package.rewritten || extensions_of(language).empty() || module.starts_with('/') ||
      module.starts_with("..") || module.starts_with("node_modules/"))
    return {};
  const std::string method = lower(code.build_method);
  const bool plain_build = method.empty() || method.starts_with("python") ||
                           method.starts_with("nodejs") || method.starts_with("ruby");
  if (!plain_build || is_made(folder_of(join_path(root, module)))) return {};
  if (!has_sources(files, folder, language, kLookedInto)) return {};
  if (language == Language::JavaScript && any_above(folder, [&](const std::string& at) {
        return files.kind(join_path(at, "tsconfig.json")) == EntryKind::File;
      }))
    return {};
  const std::string_view top = module.substr(0, module.find('/'));
  const bool is_own = files.kind(join_path(folder, top)) == EntryKind::Folder;
  if (!is_own && language != Language::JavaScript && is_required(files, folder, top)) return {};
  for (const std::string& layer : layers)
    if (files.kind(join_path(layer, top)) != EntryKind::Missing ||
        has_sources(files, layer, language, 0))
      return {};
  HandlerProblem problem{.fault = HandlerFault::NoFile, .wanted = std::string(module)};
  if (package.default_place && is_in_one_below(files, folder, module, language)) {
    if (names_base_folder(files, folder)) return {};
    problem.uncertainty |= kHeuristic;
  }
  // A program may put the template, or a copy of it, where the module lies.
  if (package.default_place && is_in_one_above(files, folder, module, language))
    problem.uncertainty |= kHeuristic;
  const std::string beside(folder_of(join_path(folder, module)));
  problem.known = modules_with(files, beside, found, folder_of(module));
  return problem;
}

// An archive has what it has; but a build may put another in its place.
HandlerProblem missing_in_archive(const FileSystem& files, const std::string& archive,
                                  const HandlerFile& found,
                                  const std::vector<std::string>& layers) {
  std::string_view module = found.looked_for;
  module.remove_suffix(extension_of(module).size());
  const std::string folder(folder_of(join_path(archive, module)));
  const std::string_view name = file_name_of(module);
  // Compiled, it has another ending.
  for (const Entry& entry : files.list(folder))
    if (entry.name.starts_with(name) &&
        (entry.name.size() == name.size() || entry.name[name.size()] == '.'))
      return {};
  if (!has_sources(files, archive, found.language, kLookedInto)) return {};
  const std::string_view top = module.substr(0, module.find('/'));
  for (const std::string& layer : layers)
    if (files.kind(join_path(layer, top)) != EntryKind::Missing ||
        has_sources(files, layer, found.language, 0))
      return {};
  HandlerProblem problem{.fault = HandlerFault::NoFile, .wanted = std::string(module)};
  problem.known = modules_in(files, archive, found.language);
  problem.uncertainty = kHeuristic;
  return problem;
}

}  // namespace

HandlerProblem missing_handler(const FileSystem& files, const CodeLocation& code,
                               std::string_view root, const HandlerFile& found,
                               const FunctionPackage& package,
                               const std::vector<std::string>& layers) {
  if (found.lack == ResolutionFailure::Form)
    return {.fault = HandlerFault::Form, .wanted = found.looked_for, .form = found.wanted_form};
  if (found.absent && (found.only_here || (layers.empty() && !package.foreign_layer))) {
    const std::string method = lower(code.build_method);
    const bool by_hand = !method.empty() && !method.starts_with("java") &&
                         !method.starts_with("dotnet");
    return {
        .fault = HandlerFault::NoClass,
        .wanted = found.looked_for,
        .known = found.known,
        .uncertainty = static_cast<std::uint8_t>(found.uncertainty | (by_hand ? kHeuristic : 0))};
  }
  if (found.lack != ResolutionFailure::File) return {};
  if (package.foreign_layer) {
    // A layer may have the module, but none has one that is called as the console calls what it
    // makes.
    if (code.kind != CodeKind::Folder || stem_of(found.looked_for) != "lambda_function") return {};
    HandlerProblem problem = missing_file(files, code, root, found, package, layers);
    problem.uncertainty |= kHeuristic;
    return problem.known.empty() ? HandlerProblem{} : problem;
  }
  if (code.kind == CodeKind::Zip) return missing_in_archive(files, code.path, found, layers);
  if (code.kind != CodeKind::Folder) return {};
  return missing_file(files, code, root, found, package, layers);
}

HandlerProblem missing_program(const FileSystem& files, const CodeLocation& code,
                               const std::string& handler) {
  const bool is_plain = code.kind == CodeKind::Folder && code.build_method.empty() &&
                        handler != kBootstrap && extension_of(handler).empty();
  if (!is_plain || files.kind(join_path(code.path, handler)) != EntryKind::File ||
      files.kind(join_path(code.path, kBootstrap)) != EntryKind::Missing)
    return {};
  const bool is_alone = files.list(code.path).size() == 1;  // no build makes another of the rest
  return {.fault = HandlerFault::NoFile,
          .wanted = std::string(kBootstrap),
          .known = {handler},
          .uncertainty = is_alone ? std::uint8_t{0} : std::uint8_t{kHeuristic}};
}

}  // namespace fnlint
