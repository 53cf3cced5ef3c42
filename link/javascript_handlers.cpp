#include "core/text.h"
#include "link/handler_files.h"
#include "link/javascript_files.h"
#include "link/output_folders.h"

namespace fnlint {

namespace {

constexpr std::string_view kSourceFolders[] = {"src", "", "lib", "source", "lambda"};

std::string stem_of(std::string_view path) {
  const std::string_view name = file_name_of(path);
  return std::string(name.substr(0, name.find('.')));
}

std::string from_entry_points(const JavaScriptFiles& files, const CodeLocation& code,
                              std::string_view root, std::string_view module) {
  for (const std::string& entry : code.entry_points) {
    const std::string stem = stem_of(entry);
    if (stem == stem_of(module) || code.entry_points.size() == 1)
      if (std::string file = files.module_file(join_path(root, entry)); !file.empty()) return file;
  }
  return {};
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

// The source behind a folder that by custom holds output.
std::string from_output_folder(const JavaScriptFiles& files, std::string_view root,
                               std::string_view module) {
  const std::string compiled = join_path(root, module);
  const std::vector<std::string_view> parts = split(compiled, '/');
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    if (!is_javascript_output(parts[i])) continue;
    for (const std::string_view source : kSourceFolders) {
      std::string path;
      for (std::size_t k = 0; k < parts.size(); ++k)
        path = join_path(path, k == i ? source : parts[k]);
      if (std::string file = files.module_file(path); !file.empty()) return file;
    }
  }
  return {};
}

}  // namespace

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
  if (found.path.empty()) found.path = from_typescript_output(*this, query.root, parts.module);
  if (found.path.empty()) {
    found.path = from_output_folder(*this, query.root, parts.module);
    found.heuristic = !found.path.empty();
  }
  if (!found.path.empty()) return found;
  found.lack = HandlerLack::File;
  found.looked_for = cat(parts.module, ".js");
  found.reason = cat("no file '", parts.module, ".js' or '.ts' in ", folder_words(query.root));
  return found;
}

}  // namespace fnlint
