#include "link/synth/deployment_program.h"

#include "core/json.h"
#include "core/limits.h"
#include "core/text.h"
#include "link/resolve/output_folders.h"
#include "link/synth/app_builds.h"
#include "tables/known.h"

#include <algorithm>
#include <array>

// Which program a tool's own file runs.
namespace fnlint {

namespace {

bool is_program_file(std::string_view word) {
  static constexpr std::array<std::string_view, 7> kEndings{".ts",  ".js",  ".py", ".mjs",
                                                            ".cjs", ".mts", ".tsx"};
  return std::ranges::find(kEndings, extension_of(word)) != kEndings.end();
}

// "python3 -m infra.app": the module's file, or that of the package.
std::string python_module(const FileSystem& files, const std::string& folder,
                          std::string_view command) {
  constexpr std::string_view kModule = " -m ";
  const std::size_t at = command.find(kModule);
  if (!command.starts_with("python") || at == std::string_view::npos) return {};
  std::string name(trim(command.substr(at + kModule.size())));
  name.resize(std::min(name.size(), name.find(' ')));
  std::ranges::replace(name, '.', '/');
  const std::string path = join_path(folder, name);
  for (const std::string_view end : {".py", "/__main__.py"})
    if (const std::string file = cat(path, end); files.kind(file) == EntryKind::File) return file;
  return {};
}

// The source of a file that a compiler writes.
std::string source_of(const FileSystem& files, const std::string& path) {
  if (files.kind(path) == EntryKind::File && !path.ends_with(".js")) return path;
  if (path.ends_with(".js"))
    if (const std::string source = cat(path.substr(0, path.size() - 3), ".ts");
        files.kind(source) == EntryKind::File)
      return source;
  return files.kind(path) == EntryKind::File ? path : std::string();
}

// "./out/app.js": what is in front of a folder's name is where the compiler puts it.
std::string source_of_output(const FileSystem& files, std::string_view word,
                             DeploymentProgram& app) {
  while (word.starts_with("./")) word.remove_prefix(2);
  const std::optional<std::string_view> below = below_javascript_output(word);
  if (!below) return {};
  for (const std::string_view inner : {"", "src"}) {
    const std::string sources = inner.empty() ? app.folder : join_path(app.folder, inner);
    std::string found = source_of(files, join_path(sources, *below));
    if (found.empty()) continue;
    app.compiled_from = sources;
    app.compiled_to = join_path(app.folder, word.substr(0, word.find('/')));
    return found;
  }
  return {};
}

// The file of a compiled program that begins it: its main makes the application.
std::string main_file(const FileSystem& files, const std::string& folder,
                      std::string_view extension, std::string_view makes, int depth) {
  constexpr int kDeepest = 12;
  if (depth > kDeepest) return {};
  for (const Entry& one : files.list(folder)) {
    if (one.name.starts_with('.') || one.name == "node_modules" || one.name == "test" ||
        one.name == "target" || one.name == "bin" || one.name == "obj" || one.name == "cdk.out")
      continue;
    const std::string path = join_path(folder, one.name);
    if (one.kind == EntryKind::Folder) {
      if (std::string found = main_file(files, path, extension, makes, depth + 1); !found.empty())
        return found;
      continue;
    }
    if (extension_of(one.name) != extension) continue;
    const Result<std::string> text = files.read(path, kSourceBytes);
    if (text && text.value().find(makes) != std::string::npos) return path;
  }
  return {};
}

// What follows `--app` or `-a` in a line, in quotes or up to the next option.
std::string command_in(std::string_view line) {
  for (const std::string_view option : {"--app ", "--app=", " -a "}) {
    const std::size_t at = line.find(option);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = trim(line.substr(at + option.size()));
    const char quote = rest.empty() ? ' ' : rest.front();
    if (quote != '"' && quote != '\'') return std::string(rest.substr(0, rest.find(" -")));
    return std::string(rest.substr(1, rest.find(quote, 1) - 1));
  }
  return {};
}

void add_command(std::vector<std::string>& commands, std::string command) {
  if (!command.empty() && std::ranges::find(commands, command) == commands.end())
    commands.push_back(std::move(command));
}

// The scripts of a folder's package; no object: it has none.
nlohmann::json scripts_of(BuildFacts& builds, const std::string& folder) {
  const nlohmann::json* package = builds.package(folder);
  return package == nullptr ? nlohmann::json() : package->value("scripts", nlohmann::json());
}

// "npm run start:app", "yarn cdk:app": what the package's script of that name runs.
std::string behind_script(BuildFacts& builds, const std::string& folder, std::string command) {
  constexpr int kScripts = 4;  // that call each other
  const nlohmann::json scripts = scripts_of(builds, folder);
  for (int i = 0; i < kScripts && scripts.is_object(); ++i) {
    const std::vector<std::string_view> words = split(std::string_view(command), ' ');
    if (!is_one_of(known::script_runners(), words.front())) break;
    const auto name = std::find_if(words.begin() + 1, words.end(), [](std::string_view word) {
      return !word.empty() && !word.starts_with('-') && word != "run" && word != "run-script";
    });
    if (name == words.end()) break;
    const auto script = scripts.find(std::string(*name));
    if (script == scripts.end() || !script->is_string()) break;
    command = script->get<std::string>();
  }
  return command;
}

// `cdk synth --app "npx tsx bin/app.ts"` among the scripts of the package and in its Makefile: one
// command for each app of the project, in the order of their names.
std::vector<std::string> commands_beside(BuildFacts& builds, const std::string& folder) {
  std::vector<std::string> commands;
  const nlohmann::json scripts = scripts_of(builds, folder);
  if (scripts.is_object())
    for (const auto& [name, script] : scripts.items())
      if (script.is_string() && script.get<std::string>().find("cdk ") != std::string::npos)
        add_command(commands, command_in(script.get<std::string>()));
  const std::string* make = builds.text(join_path(folder, "Makefile"));
  if (make != nullptr && make->find("cdk ") != std::string::npos)
    for (const std::string_view line : split(*make, '\n'))
      if (trim(line).starts_with("--app") || line.find("cdk ") != std::string_view::npos)
        add_command(commands, command_in(line));
  return commands;
}

// What cdk.json says that runs the app, else what is beside it.
std::vector<std::string> commands_of(BuildFacts& builds, const std::string& folder,
                                     const nlohmann::json& document) {
  std::vector<std::string> commands;
  if (document.is_object() && document.contains("app") && document["app"].is_string())
    add_command(commands, behind_script(builds, folder, document["app"].get<std::string>()));
  return commands.empty() ? commands_beside(builds, folder) : commands;
}

// What builds and runs a program, and how the file is known that makes the application.
struct Runner {
  std::string_view word, extension, makes;
  Language language;
};
// What Gradle's installDist makes is started by its own script.
constexpr std::array<Runner, 8> kRunners{{{"build/install/", ".java", "new App(", Language::Java},
                                          {"build/install/", ".kt", " App(", Language::Java},
                                          {"mvn", ".java", "new App(", Language::Java},
                                          {"gradle", ".java", "new App(", Language::Java},
                                          {"mvn", ".kt", " App(", Language::Java},
                                          {"gradle", ".kt", " App(", Language::Java},
                                          {"dotnet", ".cs", "new App(", Language::CSharp},
                                          {"go ", ".go", ".NewApp(", Language::Go}}};

// `go run app.go`, `go run .`, `go run ./cmd/cdk`: the file that has the main function.
std::string go_program(const FileSystem& files, const std::string& folder,
                       std::string_view command) {
  const std::size_t run = command.find("go run ");
  if (run == std::string_view::npos) return {};
  std::vector<std::string> folders;
  for (const std::string_view word : split(command.substr(run + 7), ' ')) {
    if (word.empty() || word.starts_with('-')) continue;
    const std::string path = join_path(folder, word);
    const EntryKind kind = files.kind(path);
    if (kind == EntryKind::File && word.ends_with(".go")) return path;
    folders.push_back(kind == EntryKind::Folder ? path : std::string(folder_of(path)));
    break;
  }
  for (const std::string& at : folders)
    for (const Entry& one : files.list(at)) {
      if (one.kind != EntryKind::File || !one.name.ends_with(".go") ||
          one.name.ends_with("_test.go"))
        continue;
      const std::string path = join_path(at, one.name);
      const Result<std::string> text = files.read(path, kSourceBytes);
      if (text && text.value().find("func main(") != std::string::npos) return path;
    }
  return {};
}

// for (const file of readdirSync("./infra/")) await import("./infra/" + file)
std::vector<std::string> looked_up(const FileSystem& files, const std::string& folder,
                                   std::string_view text) {
  constexpr std::string_view kRead = "readdirSync(";
  std::vector<std::string> found;
  const std::size_t at = text.find(kRead);
  if (at == std::string_view::npos) return found;
  const std::size_t begin = at + kRead.size();
  const char quote = begin < text.size() ? text[begin] : ' ';
  const std::size_t end = text.find(quote, begin + 1);
  if ((quote != '"' && quote != '\'') || end == std::string_view::npos) return found;
  const std::string below = join_path(folder, text.substr(begin + 1, end - begin - 1));
  for (const Entry& one : files.list(below))
    if (one.kind == EntryKind::File && !one.name.ends_with(".d.ts") &&
        (one.name.ends_with(".ts") || one.name.ends_with(".js")))
      found.push_back(join_path(below, one.name));
  return found;
}

// What the configuration of SST 1 names as the program's main file, or where it lies by default.
std::string sst_main(const FileSystem& files, const std::string& folder,
                     const nlohmann::json& document) {
  std::vector<std::string> names{"stacks/index.ts", "stacks/index.js", "lib/index.js",
                                 "lib/index.ts"};
  if (document.is_object() && document.contains("main") && document["main"].is_string())
    names = {document["main"].get<std::string>()};
  for (const std::string& name : names)
    if (std::string path = join_path(folder, name); files.kind(path) == EntryKind::File)
      return path;
  return {};
}

// A source that the command names, or of the file that a compiler makes of it.
std::string named_script(const FileSystem& files, std::string_view command,
                         DeploymentProgram& app) {
  const std::string& folder = app.folder;
  for (std::string_view word : split(command, ' ')) {
    while (!word.empty() && (word.front() == '"' || word.front() == '\'')) word.remove_prefix(1);
    while (!word.empty() && (word.back() == '"' || word.back() == '\'' || word.back() == ';'))
      word.remove_suffix(1);
    if (!is_program_file(word) || word.starts_with('-')) continue;
    std::string found = source_of(files, join_path(folder, word));
    if (found.empty()) found = source_of_output(files, word, app);
    if (!found.empty()) return found;
  }
  return {};
}

std::string script_of(const FileSystem& files, std::string_view command, DeploymentProgram& app) {
  const std::string& folder = app.folder;
  std::string found = named_script(files, command, app);
  constexpr std::array<std::string_view, 3> kRunsScripts{"ts-node", "tsx", "node "};
  const auto is_named = [&](std::string_view one) { return command.find(one) != command.npos; };
  if (!found.empty() || std::ranges::none_of(kRunsScripts, is_named)) return found;
  for (const Entry& one : files.list(join_path(folder, "bin")))
    if (one.kind == EntryKind::File && one.name.ends_with(".ts") && !one.name.ends_with(".d.ts") &&
        found.empty())
      found = join_path(join_path(folder, "bin"), one.name);
  // "ts-node bin/app": without its ending
  for (const std::string_view word : split(command, ' '))
    if (std::string source = join_path(folder, cat(word, ".ts"));
        !word.empty() && files.kind(source) == EntryKind::File)
      found = std::move(source);
  return found;
}

// Packages of the project that a program's environment installs where they lie: "-e ../lib" of pip,
// {path = "../lib"} of a Pipfile or pyproject.toml.
void add_local_packages(const FileSystem& files, const std::string& folder,
                        std::vector<std::string>& found) {
  const auto add = [&](const std::string& text, std::string_view mark) {
    for (std::string_view line : split(text, '\n')) {
      const std::size_t at = line.find(mark);
      if (at == std::string_view::npos) continue;
      line = trim(line.substr(at + mark.size()));
      const std::string path = join_path(folder, line.substr(0, line.find_first_of("\"', )")));
      if (files.kind(path) == EntryKind::Folder && std::ranges::find(found, path) == found.end())
        found.push_back(path);
    }
  };
  for (const auto& [name, mark] : known::local_package_marks())
    if (const Result<std::string> text = files.read(join_path(folder, name), kSourceBytes); text)
      add(text.value(), mark);
  for (const Entry& one : files.list(folder)) {
    if (one.kind != EntryKind::File || !one.name.starts_with("requirements") ||
        !one.name.ends_with(".txt"))
      continue;
    const Result<std::string> text = files.read(join_path(folder, one.name), kSourceBytes);
    if (text) add(text.value(), "-e ");
  }
}

// Those of the program's own folder, or of the nearest above it that has any.
std::vector<std::string> local_packages(const FileSystem& files, const std::string& folder) {
  std::vector<std::string> found;
  for (std::string at = folder;; at = std::string(folder_of(at))) {
    add_local_packages(files, at, found);
    std::erase(found, folder);
    if (!found.empty() || at.empty()) return found;
  }
}

// Of a build: the program is the file that makes an app, where no cdk.json says what runs.
void program_of_build(const FileSystem& files, std::string_view path, DeploymentProgram& app) {
  app.is_guess = true;
  const std::vector<std::string> apps = apps_of_build(files, path);
  if (apps.empty()) return;
  app.entry = apps.front();
  for (const std::string& other : apps)
    if (other != app.entry && extension_of(other) == extension_of(app.entry))
      app.also.push_back(other);
  const std::optional<SourceDialect> dialect = dialect_of(app.entry);
  const auto row = std::ranges::find(dialect_rows(), dialect, &DialectRow::dialect);
  app.roots = {.language = row->language, .code = app.folder, .layers = {}};
  if (app.roots.language != Language::JavaScript && app.roots.language != Language::Python) return;
  app.roots.code = std::string(folder_of(app.entry));
  if (app.roots.language != Language::Python) return;
  app.roots.layers = local_packages(files, app.folder);
  if (app.folder != app.roots.code) app.roots.layers.push_back(app.folder);
}

}  // namespace

DeploymentProgram deployment_program(BuildFacts& builds, std::string_view path,
                                     std::string_view text) {
  const FileSystem& files = builds.files();
  DeploymentProgram app{.folder = std::string(folder_of(path))};
  if (file_name_of(path).starts_with("sst.config.")) {  // SST's is the program itself
    app.entry = path;
    app.roots = {.language = Language::JavaScript, .code = app.folder, .layers = {}};
    app.also = looked_up(files, app.folder, text);
    app.is_sst = true;
    return app;
  }
  const nlohmann::json document = parse_json(text, true);
  if (file_name_of(path) != "cdk.json" && file_name_of(path) != "sst.json") {
    program_of_build(files, path, app);
    return app;
  }
  if (file_name_of(path) == "sst.json") {
    app.entry = sst_main(files, app.folder, document);
    app.is_sst = true;
    app.roots = {.language = Language::JavaScript, .code = app.folder, .layers = {}};
    if (app.entry.empty()) app.reason = "names no app";
    return app;
  }
  const std::vector<std::string> commands = commands_of(builds, app.folder, document);
  const std::string command = commands.empty() ? std::string() : commands.front();
  for (const std::string& one : commands) {
    app.entry = python_module(files, app.folder, one);
    if (app.entry.empty()) continue;
    app.roots = {.language = Language::Python, .code = app.folder, .layers = {}};
    app.roots.layers = local_packages(files, app.folder);
    return app;
  }
  app.entry = script_of(files, command, app);
  for (std::size_t i = 1; i < commands.size(); ++i) {
    std::string other = script_of(files, commands[i], app);
    if (app.entry.empty()) app.entry = other;
    if (!other.empty() && other != app.entry && extension_of(other) == extension_of(app.entry))
      app.also.push_back(std::move(other));
  }
  if (app.entry.empty()) app.entry = go_program(files, app.folder, command);
  if (app.entry.ends_with(".go")) {
    app.roots = {.language = Language::Go, .code = app.folder, .layers = {}};
    return app;
  }
  for (const Runner& runner : kRunners) {
    if (!app.entry.empty() || command.find(runner.word) == std::string::npos) continue;
    app.entry = main_file(files, app.folder, runner.extension, runner.makes, 0);
    if (app.entry.empty()) continue;
    app.roots = {.language = runner.language, .code = app.folder, .layers = {}};
    return app;
  }
  if (app.entry.empty()) {
    app.reason = command.empty() ? std::string("names no app")
                                 : cat("what '", command, "' runs is not read");
    return app;
  }
  app.roots.language = app.entry.ends_with(".py") ? Language::Python : Language::JavaScript;
  app.roots.code = std::string(folder_of(app.entry));
  if (app.roots.language == Language::Python) {
    app.roots.layers = local_packages(files, app.folder);
    // `from infra.stacks import A` in infra/app.py: where the project is installed, or on the path.
    if (app.folder != app.roots.code) app.roots.layers.push_back(app.folder);
  }
  return app;
}

}  // namespace fnlint
