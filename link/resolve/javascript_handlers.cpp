#include "core/limits.h"
#include "core/text.h"
#include "link/resolve/archive_names.h"
#include "link/resolve/build_scripts.h"
#include "link/resolve/bundled_entry.h"
#include "link/resolve/candidates.h"
#include "link/resolve/executables.h"
#include "link/resolve/handler_files.h"
#include "link/resolve/javascript_files.h"
#include "link/resolve/output_folders.h"
#include "link/resolve/source_index.h"
#include "tables/known.h"

#include <re2/re2.h>

#include <algorithm>
#include <tuple>

// Which file a handler of JavaScript or TypeScript stands in, where a build lies between.
namespace fnlint {

namespace {

constexpr std::size_t kSameNames = 16;  // of which the one that is meant is looked for by its text

std::string from_entry_points(const JavaScriptFiles& files, const CodeLocation& code,
                              std::string_view folder, std::string_view module) {
  for (const std::string& entry : code.entry_points) {
    const std::string_view stem = stem_of(entry);
    if (stem == stem_of(module) || code.entry_points.size() == 1)
      if (std::string file = files.module_file(join_path(folder, entry)); !file.empty())
        return file;
  }
  return {};
}

// Builds may start from a folder above the template's (`sam build --base-dir`).
std::string from_entry_points_above(const JavaScriptFiles& files, const CodeLocation& code,
                                    std::string_view root, std::string_view module) {
  std::string file;
  nearest_above(folder_of(root), [&](const std::string& folder) {
    file = from_entry_points(files, code, folder, module);
    return !file.empty();
  });
  return file;
}

// The source whose output tsc writes there: tsconfig's outDir says so.
std::string from_typescript_output(JavaScriptFiles& files, std::string_view root,
                                   std::string_view module) {
  const TypeScriptProject* project = files.typescript_project(root);
  if (project == nullptr || project->out_dir.empty()) return {};
  const std::string compiled = join_path(root, module), prefix = cat(project->out_dir, '/');
  if (!compiled.starts_with(prefix)) return {};
  const std::string rest = compiled.substr(prefix.size());
  for (const std::string& base : {project->root_dir.empty() ? project->folder : project->root_dir,
                                  join_path(project->folder, "src"), project->folder})
    if (std::string file = files.module_file(join_path(base, rest)); !file.empty()) return file;
  return {};
}

// The folder that a build has written an output's folder into: "shop" of "shop/dist/api/app".
// Empty: the path has no folder that by custom holds output, or begins with it.
std::string package_of_output(std::string_view compiled) {
  std::string package;
  for (const std::string_view folder : split(folder_of(compiled), '/')) {
    if (is_javascript_output(folder)) return package;
    package = join_path(package, folder);
  }
  return {};
}

// Where an output would be in the project: an image has folders of its own above what was copied
// into it ("/app/shop/dist/app").
std::string path_of_output(const FileSystem& files, std::string_view root,
                           std::string_view module) {
  const std::string compiled = join_path(root, module);
  for (std::string_view rest = module;;) {
    std::string path = join_path(root, rest);
    const std::string package = package_of_output(path);
    if (package.empty()) return compiled;
    if (files.kind(package) == EntryKind::Folder) return path;
    const std::size_t slash = rest.find('/', rest.starts_with('/') ? 1 : 0);
    if (slash == rest.npos) return compiled;
    rest.remove_prefix(slash + 1);
  }
}

// The source behind a folder that by custom holds output.
std::string from_output_folder(const JavaScriptFiles& files, std::string_view compiled) {
  const std::vector<std::string_view> parts = split(compiled, '/');
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    if (!is_javascript_output(parts[i])) continue;
    for (const std::string_view source : known::javascript_source_folders()) {
      std::string path;
      for (std::size_t k = 0; k < parts.size(); ++k)
        path = join_path(path, k == i ? source : parts[k]);
      if (std::string file = files.module_file(path); !file.empty()) return file;
    }
  }
  return {};
}

// The source of what tsc is to put beside the manifest ("functions" of "src/functions.ts"), where
// it says which function it has. Without tsc the handler would name the folder.
std::string from_source_folder(const JavaScriptFiles& files, const FileSystem& disk,
                               std::string_view root, const HandlerParts& parts) {
  if (disk.kind(join_path(root, "tsconfig.json")) != EntryKind::File) return {};
  for (const std::string_view folder : known::javascript_source_folders()) {
    std::string file = files.module_file(join_path(root, cat(folder, '/', parts.module)));
    if (file.empty() || extension_of(file).starts_with(".m")) continue;  // made to ".mjs"
    const Result<std::string> text = disk.read(file, kSourceBytes);
    if (text && contains_word(text.value(), parts.symbol)) return file;
  }
  return {};
}

// "src/app.ts" of "$(ROOT)/src/app.ts"; the text itself where no variable of make begins it.
std::string_view below_variable(std::string_view word) {
  if (!word.starts_with("$(") && !word.starts_with("${")) return word;
  const std::size_t end = word.find_first_of(")}");
  if (end == word.npos || end + 1 >= word.size() || word[end + 1] != '/') return {};
  return word.substr(end + 2);
}

// What the recipe of sam build's target for the function bundles: the source that it names, of
// several the one that is called like the handler's file.
std::string from_recipe(BuildFacts& builds, const HandlerQuery& query, std::string_view module) {
  const FileSystem& files = builds.files();
  std::vector<std::string> named;
  const std::string recipe = make_recipe(builds, query);
  for (const std::string_view word : recipe_words(recipe)) {
    const std::string_view path = below_variable(word);
    if (!is_javascript_source(path)) continue;
    for (const std::string_view folder : {query.root, std::string_view()})
      if (std::string file = join_path(folder, path); files.kind(file) == EntryKind::File) {
        if (std::ranges::find(named, file) == named.end()) named.push_back(std::move(file));
        break;
      }
  }
  for (const std::string& file : named)
    if (stem_of(file) == stem_of(module)) return file;
  return named.size() == 1 ? named.front() : std::string();
}

// The source that a bundler's program has under the name of an output:
// `entry: { charge: "./src/handlers/charge/handler.ts" }`.
std::vector<std::string> from_bundler_program(BuildFacts& builds, const std::string& folder,
                                              std::string_view name) {
  static const RE2 kEntry(R"x(["']?([\w/-]+)["']?\s*:\s*\[?\s*["'](?:\./)?([\w@./-]+)["'])x");
  for (const std::string_view program : known::bundler_programs())
    for (const std::string_view extension : {".js", ".ts", ".mjs", ".cjs", ".mts"}) {
      const std::string at = join_path(folder, cat(program, extension));
      const std::string* text = builds.text(at);
      if (text == nullptr) continue;
      re2::StringPiece rest(*text);
      std::string output, source;
      while (RE2::FindAndConsume(&rest, kEntry, &output, &source)) {
        const std::string file = join_path(folder, source);
        if (file_name_of(output) == name && is_javascript_source(file) &&
            builds.files().kind(file) == EntryKind::File)
          return {file};
      }
    }
  return {};
}

// What a bundler may call the output of a source: `ratings` of ratings/index.ts, too.
std::string name_of_output(std::string_view source) {
  const std::string_view stem = stem_of(source);
  return std::string(stem == "index" ? file_name_of(folder_of(source)) : stem);
}

// The source of that name that a script of the folder gives a bundler: `entryPoints:
// ["src/charge.ts"]`.
std::vector<std::string> from_bundler_script(BuildFacts& builds, const std::string& folder,
                                             std::string_view name) {
  const FileSystem& files = builds.files();
  static const RE2 kSource(R"x(["'](?:\./)?([\w@./-]+\.[cm]?[jt]sx?)["'])x");
  std::vector<std::string> found;
  for (const Entry& entry : files.list(folder)) {
    if (entry.kind != EntryKind::File || !is_javascript_source(entry.name)) continue;
    const std::string* text = builds.text(join_path(folder, entry.name));
    if (text == nullptr || text->find("entryPoints") == std::string::npos) continue;
    re2::StringPiece rest(*text);
    std::string source;
    while (RE2::FindAndConsume(&rest, kSource, &source)) {
      std::string file = join_path(folder, source);
      if (name_of_output(file) == name && files.kind(file) == EntryKind::File)
        found.push_back(std::move(file));
    }
  }
  return found;
}

// A source that is no test, and no declaration of types alone.
bool may_be_bundled(std::string_view path) {
  const std::string_view name = file_name_of(path);
  if (std::ranges::count(name, '.') != 1) return false;  // app.test.ts, app.d.ts
  return std::ranges::none_of(split(folder_of(path), '/'), [](std::string_view folder) {
    return folder == "test" || folder == "tests" || folder == "__tests__" ||
           folder == "__mocks__" || is_javascript_output(folder);
  });
}

std::vector<std::string> only(std::string file) {
  return file.empty() ? std::vector<std::string>{} : std::vector{std::move(file)};
}

// Whether a module that was only guessed may have what the handler names: one that surely has it
// not refutes the guess, and not the template.
bool may_have(const FileSystem& files, const std::string& module, std::string_view symbol) {
  const Result<std::string> text = files.read(module, kSourceBytes);
  if (!text) return true;
  return contains_word(text.value(), symbol) ||
         text.value().find("export *") != std::string::npos ||
         contains_word(text.value(), "exports");
}

// "orders/create" of "orders/create.ts" and of "orders/create/index.ts".
std::string path_of_module(std::string_view path) {
  std::string_view module = path;
  if (is_javascript_source(module)) module.remove_suffix(extension_of(module).size());
  return std::string(file_name_of(module) == "index" ? folder_of(module) : module);
}

// The source that a command of the image's Dockerfile bundles under the module's name:
// `RUN esbuild entry/list.ts --bundle --outfile=list.cjs`.
std::vector<std::string> from_docker_file(BuildFacts& builds, const CodeLocation& code,
                                          std::string_view module) {
  std::vector<std::string> found;
  const Dockerfile* file =
      code.docker_file.empty() ? nullptr : builds.docker_file(code.docker_file);
  if (file == nullptr) return found;
  for (const DockerStage& stage : file->stages)
    for (const std::string& command : stage.runs)
      if (std::string entry =
              entry_of_output(builds.files(), code.path, command, stem_of(module));
          !entry.empty())
        found.push_back(join_path(code.path, entry));
  return found;
}

}  // namespace

// Sources of that name, or indexes of folders of that name: bundlers are told their entry points by
// programs of their own, and call their output like these. What a build writes into a package's
// folder it has made of that package.
std::vector<std::string> JavaScriptFiles::from_name_of_output(std::string_view compiled) {
  const std::string stem(stem_of(compiled)), package = package_of_output(compiled);
  if (stem == "index" || !is_made(folder_of(compiled))) return {};
  const std::vector<std::string>& named =
      sources_named(existing_folder(files_, package.empty() ? folder_of(compiled) : package), stem);
  return named.size() > kSameNames ? std::vector<std::string>{} : named;
}

// Of what a build is still to make: the sources whose paths end most like the output's, where one
// of the names that they share says anything ("dist/orders/create/handler").
std::vector<std::string> JavaScriptFiles::from_end_of_path(std::string_view compiled) {
  const std::string output = path_of_module(compiled);
  std::map<std::string, std::string> sources;  // by the path as a module
  std::vector<std::string> modules;
  for (const std::string& file : sources_named("", std::string(file_name_of(output)))) {
    std::string module = path_of_module(file);
    sources[module] = file;
    modules.push_back(std::move(module));
  }
  const std::vector<std::string> best = ending_like(std::move(modules), output, 1);
  return best.size() == 1 ? std::vector{sources[best.front()]} : std::vector<std::string>{};
}

const JavaScriptFiles::ByName& JavaScriptFiles::sources_below(const std::string& folder) {
  const auto [row, is_new] = sources_.try_emplace(folder);
  if (is_new)
    for (const std::string& file :
         files_below(files_, folder, known::javascript_sources(), is_javascript_output))
      if (may_be_bundled(file)) row->second[name_of_output(file)].push_back(file);
  return row->second;
}

const std::vector<std::string>& JavaScriptFiles::sources_named(const std::string& folder,
                                                               const std::string& stem) {
  static const std::vector<std::string> kNone;
  const ByName& all = sources_below(folder);
  const auto found = all.find(stem);
  return found == all.end() ? kNone : found->second;
}

// The source of a module that is not there: what a build makes.
PathCandidate JavaScriptFiles::guessed_source(const HandlerQuery& query,
                                              const HandlerParts& parts) {
  const std::string compiled = path_of_output(files_, query.root, parts.module);
  const std::string name(file_name_of(parts.module));
  std::vector<Sign<std::string>> signs;
  const auto add = [&](const GuessRow& row, auto points_to) {
    signs.push_back({&row, name, std::move(points_to)});
  };
  // In the folders from the output's upwards, until one has any.
  const auto above = [&](auto sources_at) {
    return [&, sources_at] {
      std::vector<std::string> found;
      nearest_above(existing_folder(files_, folder_of(compiled)), [&](const std::string& folder) {
        found = sources_at(builds_, folder, stem_of(parts.module));
        return !found.empty();
      });
      return found;
    };
  };
  add(guesses::docker_command(),
      [&] { return from_docker_file(builds_, query.code, parts.module); });
  add(guesses::entry_point_above(), [&] {
    return only(from_entry_points_above(*this, query.code, query.root, parts.module));
  });
  add(guesses::package_script(), [&] { return sources_of_output(builds_, compiled); });
  add(guesses::bundler_configuration(), above(from_bundler_program));
  add(guesses::bundler_call(), above(from_bundler_script));
  add(guesses::compiler_output(),
      [&] { return only(from_typescript_output(*this, query.root, parts.module)); });
  add(guesses::output_folder(), [&] { return only(from_output_folder(*this, compiled)); });
  add(guesses::source_folder(),
      [&] { return only(from_source_folder(*this, files_, query.root, parts)); });
  const auto has_symbol = [&](std::vector<std::string> sources) {
    std::erase_if(sources, [&](const std::string& file) {
      const Result<std::string> text = files_.read(file, kSourceBytes);
      return !text || !contains_word(text.value(), parts.symbol);
    });
    return sources;
  };
  add(guesses::only_of_its_name(), [&] { return has_symbol(from_name_of_output(compiled)); });
  if (query.code.kind == CodeKind::Unknown)
    add(guesses::end_of_path(), [&] { return has_symbol(from_end_of_path(compiled)); });
  return likeliest(std::move(signs), [&](const std::string& file) {
    return may_have(files_, file, parts.symbol);
  });
}

HandlerFile JavaScriptFiles::find_handler(const HandlerQuery& query) {
  HandlerFile found;
  const HandlerParts parts = split_handler(query.handler, HandlerDot::First);
  if (parts.symbol.empty() || query.handler.find("::") != std::string_view::npos) {
    lacks_form(found, query.handler, "file.function");
    return found;
  }
  found.symbol = parts.symbol;
  // A bundler names its output as it likes.
  if (query.code.build_method == "esbuild")
    found.path = from_entry_points(*this, query.code, query.root, parts.module);
  if (found.path.empty()) found.path = module_file(join_path(query.root, parts.module));
  if (found.path.empty())
    found.path = from_entry_points(*this, query.code, query.root, parts.module);
  if (found.path.empty() && !builds_without_tsc(builds_, query.root))
    found.path = from_typescript_output(*this, query.root, parts.module);
  if (found.path.empty() && query.code.build_method == "makefile")
    found.path = from_recipe(builds_, query, parts.module);
  if (found.path.empty())
    if (PathCandidate source = guessed_source(query, parts))
      std::tie(found.path, found.guess) = std::tie(source->thing, source->guess);
  if (!found.path.empty()) return found;
  found.lack = ResolutionFailure::File;
  found.looked_for = cat(parts.module, ".js");
  found.reason = cat("no file '", parts.module, ".js' or '.ts' in ", folder_words(query.root));
  return found;
}

}  // namespace fnlint
