#include "link/handler_files.h"

#include "core/limits.h"
#include "core/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::string_view kOutputFolders[] = {"dist",   "build",  "lib",   "out",
                                               ".build", "_build", "bundle"};
constexpr std::string_view kSourceFolders[] = {"src", "", "lib", "source", "lambda"};

// "src/index.handler": Lambda splits at the first dot after the last slash for Node, at the last
// dot for Python.
struct HandlerParts {
  std::string module = {}, symbol = {};
};
HandlerParts split_handler(std::string_view handler, Language language) {
  const std::size_t slash = handler.rfind('/');
  const std::size_t from = slash == std::string_view::npos ? 0 : slash + 1;
  const std::size_t dot =
      language == Language::Python ? handler.rfind('.') : handler.find('.', from);
  if (dot == std::string_view::npos || dot < from) return {};
  return {std::string(handler.substr(0, dot)), std::string(handler.substr(dot + 1))};
}

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
    if (std::find(std::begin(kOutputFolders), std::end(kOutputFolders), parts[i]) ==
        std::end(kOutputFolders))
      continue;
    for (const std::string_view source : kSourceFolders) {
      std::string path;
      for (std::size_t k = 0; k < parts.size(); ++k)
        path = join_path(path, k == i ? source : parts[k]);
      if (std::string file = files.module_file(path); !file.empty()) return file;
    }
  }
  return {};
}

HandlerFile find_python(const PythonFiles& files, std::string_view root, std::string_view handler) {
  HandlerFile found;
  found.language = Language::Python;
  const HandlerParts parts = split_handler(handler, Language::Python);
  if (parts.symbol.empty()) {
    found.reason = cat("the handler '", handler, "' is not of the form file.function");
    return found;
  }
  found.symbol = parts.symbol;
  const std::string module = replace_all(parts.module, ".", "/");
  found.path = files.module_file(root, module);
  if (found.path.empty())
    found.reason = cat("no file '", module, ".py' in '", root.empty() ? "." : root, "'");
  return found;
}

HandlerFile find_javascript(JavaScriptFiles& files, const CodeLocation& code, std::string_view root,
                            std::string_view handler) {
  HandlerFile found;
  found.language = Language::JavaScript;
  const HandlerParts parts = split_handler(handler, Language::JavaScript);
  if (parts.symbol.empty()) {
    found.reason = cat("the handler '", handler, "' is not of the form file.function");
    return found;
  }
  found.symbol = parts.symbol;
  found.path = files.module_file(join_path(root, parts.module));
  if (found.path.empty()) found.path = from_entry_points(files, code, root, parts.module);
  if (found.path.empty()) found.path = from_typescript_output(files, root, parts.module);
  if (found.path.empty()) {
    found.path = from_output_folder(files, root, parts.module);
    found.heuristic = !found.path.empty();
  }
  if (found.path.empty())
    found.reason =
        cat("no file '", parts.module, ".js' or '.ts' in '", root.empty() ? "." : root, "'");
  return found;
}

}  // namespace

HandlerFile find_handler(const FileSystem& files, const PythonFiles& python,
                         JavaScriptFiles& javascript, const CodeLocation& code,
                         std::string_view root, std::string_view handler,
                         std::string_view runtime) {
  static_cast<void>(files);
  if (runtime.starts_with("python")) return find_python(python, root, handler);
  if (runtime.starts_with("nodejs")) return find_javascript(javascript, code, root, handler);
  if (!runtime.empty()) {
    HandlerFile none;
    none.reason = cat("code for ", runtime, " is not read");
    return none;
  }
  HandlerFile found =
      find_python(python, root, handler);  // the runtime is not known: the file tells
  if (found.path.empty()) {
    HandlerFile other = find_javascript(javascript, code, root, handler);
    if (!other.path.empty()) found = std::move(other);
  }
  return found;
}

std::string image_handler(const FileSystem& files, std::string_view context) {
  const Result<std::string> text = files.read(join_path(context, "Dockerfile"), kSourceBytes);
  if (!text) return {};
  std::string handler;
  for (std::string_view line : split(text.value(), '\n')) {
    line = trim(line);
    if (!lower(line.substr(0, 4)).starts_with("cmd ")) continue;
    const nlohmann::json command = nlohmann::json::parse(trim(line.substr(4)), nullptr, false);
    if (command.is_array() && !command.empty() && command[0].is_string())
      handler = command[0].get<std::string>();
  }
  return handler;
}

}  // namespace fnlint
