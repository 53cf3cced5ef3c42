#include "core/limits.h"
#include "core/text.h"
#include "link/resolve/java_files.h"

#include <re2/re2.h>

#include <algorithm>

// The code behind handler classes of Spring Cloud Function, Quarkus and Funqy: their configuration
// names it, or there is only one candidate.
namespace fnlint {

namespace {

// A class or function that a framework's handler class may call.
struct Callable {
  std::string name = {};    // by which the configuration names it
  std::string symbol = {};  // in its file
  std::string file = {};
  HandlerForm form{};
};

// How one framework's own handler class comes to the project's code.
struct Framework {
  std::string_view handler = {};  // how the class's name begins
  std::string_view artifact = {};  // that brings it
  std::string_view setting = {};   // the property that names what it calls
  void (*add)(const std::string& file, std::string_view text, std::vector<Callable>& found) =
      nullptr;
};

std::string first_type(std::string_view text) {
  static const RE2 kType(R"x((?m)^[^/*\n]*\b(?:class|object|interface)\s+(\w+))x");
  std::string name;
  RE2::PartialMatch(text, kType, &name);
  return name;
}

std::string decapitalised(std::string name) {
  if (!name.empty() && name[0] >= 'A' && name[0] <= 'Z')
    name[0] = static_cast<char>(name[0] - 'A' + 'a');
  return name;
}

std::string_view spring_method(std::string_view interface) {
  if (interface == "Consumer") return "accept";
  return interface == "Supplier" ? "get" : "apply";
}

// @Bean methods that return functions, and components that are functions.
void add_spring(const std::string& file, std::string_view text, std::vector<Callable>& found) {
  static const RE2 kBean(
      R"x(@Bean\b(?:\s*\([^)]*\))?(?:\s*@\w+(?:\([^)]*\))?|\s+public|\s+static|\s+open)*)x"
      R"x(\s+(?:[\w.]*\b)?(?:Function|Consumer|Supplier|BiFunction)\s*<[^;{}=()]*>\s+(\w+)\s*\()x");
  static const RE2 kKotlinBean(
      R"x(@Bean\b(?:\s*\([^)]*\))?\s+(?:open\s+)?fun\s+(\w+)\s*\([^)]*\))x"
      R"x(\s*:\s*(?:\(|Function|Consumer|Supplier))x");
  static const RE2 kComponent(
      R"x(\bclass\s+(\w+)[^{;]*(?:implements|:)[^{;]*\b(Function|Consumer|Supplier)\s*<)x");
  const std::string type = first_type(text);
  for (const RE2* pattern : {&kBean, &kKotlinBean}) {
    re2::StringPiece rest(text.data(), text.size());
    std::string name;
    while (RE2::FindAndConsume(&rest, *pattern, &name))
      found.push_back({name, type.empty() ? name : cat(type, '.', name), file, HandlerForm::Made});
  }
  re2::StringPiece rest(text.data(), text.size());
  std::string name, interface;
  while (RE2::FindAndConsume(&rest, kComponent, &name, &interface))
    found.push_back({decapitalised(name), cat(name, '.', spring_method(interface)), file,
                     HandlerForm::Named});
}

// Classes that implement the runtime's own interfaces, perhaps under a name of their own.
void add_quarkus(const std::string& file, std::string_view text, std::vector<Callable>& found) {
  static const RE2 kHandler(
      R"x((?:@Named\s*\(\s*"([^"]*)"\s*\)[\s\w@().,"]*?)?\bclass\s+(\w+))x"
      R"x([^{;]*\bRequest(?:Stream)?Handler\b)x");
  re2::StringPiece rest(text.data(), text.size());
  std::string name, type;
  while (RE2::FindAndConsume(&rest, kHandler, &name, &type))
    found.push_back({name, cat(type, ".handleRequest"), file, HandlerForm::Named});
}

void add_funqy(const std::string& file, std::string_view text, std::vector<Callable>& found) {
  static const RE2 kFunction(
      R"x(@Funq\b(?:\s*\(\s*"[^"]*"\s*\))?(?:\s*@\w+(?:\([^)]*\))?)*\s+)x"
      R"x((?:public\s+|fun\s+)?(?:[\w<>,.\[\]]+\s+)?(\w+)\s*\()x");
  const std::string type = first_type(text);
  re2::StringPiece rest(text.data(), text.size());
  std::string name;
  while (RE2::FindAndConsume(&rest, kFunction, &name))
    found.push_back({name, cat(type, '.', name), file, HandlerForm::Named});
}

constexpr Framework kFrameworks[] = {
    {"org.springframework.cloud.function.adapter.aws.", "spring-cloud-function-adapter-aws",
     "spring.cloud.function.definition", add_spring},
    {"io.quarkus.amazon.lambda.runtime.Quarkus", "quarkus-amazon-lambda", "quarkus.lambda.handler",
     add_quarkus},
    {"io.quarkus.funqy.lambda.", "quarkus-funqy-amazon-lambda", "quarkus.funqy.export", add_funqy},
};

std::string environment_name(std::string_view setting) {
  std::string name(setting);
  std::ranges::transform(name, name.begin(), [](char c) {
    return c == '.' || c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return name;
}

}  // namespace

// From the environment, else from the application's own configuration.
std::string JavaFiles::setting(const HandlerQuery& query, const std::string& module,
                               std::string_view name) {
  const std::string variable = environment_name(name);
  for (const std::string& spelled : {variable, lower(variable)})
    if (const std::string given = query.environment(spelled); !given.empty()) return given;
  const Result<std::string> text =
      files_.read(join_path(module, "src/main/resources/application.properties"), kSourceBytes);
  if (!text) return {};
  for (const std::string_view line : split(text.value(), '\n')) {
    const std::size_t at = line.find('=');
    if (at != std::string_view::npos && trim(line.substr(0, at)) == name)
      return std::string(trim(line.substr(at + 1)));
  }
  return {};
}

bool JavaFiles::find_framework_handler(const HandlerQuery& query, const std::string& module,
                                       std::string_view type, HandlerFile& found) {
  const auto* const framework = std::ranges::find_if(
      kFrameworks, [&](const Framework& row) { return type.starts_with(row.handler); });
  if (framework == std::end(kFrameworks)) return false;
  std::vector<Callable> candidates;
  for (const std::string& file : index(module).sources())
    if (const Result<std::string> text = files_.read(file, kSourceBytes))
      framework->add(file, text.value(), candidates);
  const std::string wanted = setting(query, module, framework->setting);
  for (const Callable& one : candidates)
    if (one.name == wanted || (wanted.empty() && candidates.size() == 1)) {
      found.path = one.file;
      found.symbol = one.symbol;
      found.form = one.form;
      found.by_framework = true;
      return true;
    }
  found.lack = ResolutionFailure::Code;
  found.reason = wanted.empty() ? cat(type, " calls what its configuration decides")
                                : cat("no function '", wanted, "' for ", type);
  return true;
}

// "class Orders extends SpringBootStreamHandler {}": what the framework's class would call.
void JavaFiles::find_framework_below(const HandlerQuery& query, const std::string& module,
                                     HandlerFile& found) {
  const Result<std::string> text = files_.read(found.path, kSourceBytes);
  if (!text) return;
  static const RE2 kBase(R"x(\bclass\s+\w+\s*(?:extends|:)\s*(\w+))x");
  std::string base, package;
  if (!RE2::PartialMatch(text.value(), kBase, &base)) return;
  const RE2 import(cat(R"x((?m)^import\s+([\w.]+\.))x", base, R"x(\b)x"));
  if (!RE2::PartialMatch(text.value(), import, &package)) return;
  HandlerFile called = found;
  // Of several modules that of the class itself has what is called.
  const std::string own = nearest_above(folder_of(found.path), [&](const std::string& at) {
                            return has_build_file(at);
                          }).value_or(module);
  if (find_framework_handler(query, own, cat(package, base), called) &&
      called.lack == ResolutionFailure{})
    found = std::move(called);
}

bool JavaFiles::find_framework_of(const HandlerQuery& query, const std::string& module,
                                  HandlerFile& found) {
  for (const std::string_view name : {"pom.xml", "build.gradle", "build.gradle.kts"}) {
    const std::string* text = builds_.text(join_path(module, name));
    if (text == nullptr) continue;
    for (const Framework& row : kFrameworks)
      if (text->find(row.artifact) != std::string::npos)
        return find_framework_handler(query, module, row.handler, found) && !found.path.empty();
  }
  return false;
}

}  // namespace fnlint
