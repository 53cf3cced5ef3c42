#include "core/text.h"
#include "tests/metamorphic/rewritings.h"
#include "tests/metamorphic/syntax_tree.h"

#include <algorithm>
#include <regex>

// A handler's file moves, and one of its old name gives what it exports again. Templates stay.
namespace fnlint::test {
namespace {

// Handlers by the file, without its ending, that a template names.
std::map<std::string, std::set<std::string>> handlers_of(const Files& files) {
  static const std::regex kHandler(
      R"re(\b[Hh]andler"?\s*[:=]\s*["']?([\w./-]+)\.(\w+)["']?\s*[,}#\n])re");
  std::map<std::string, std::set<std::string>> handlers;
  for (const auto& [path, text] : files) {
    if (!path.ends_with(".yaml") && !path.ends_with(".yml") && !path.ends_with(".tf")) continue;
    for (std::sregex_iterator at(text.begin(), text.end(), kHandler), end; at != end; ++at)
      handlers[(*at)[1]].insert((*at)[2]);
  }
  return handlers;
}

bool is_at_end_of(const std::string& path, const std::string& tail) {
  return path == tail || path.ends_with(cat("/", tail));
}

std::string last_of(const std::string& module) {
  return module.substr(module.find_last_of("./") + 1);  // npos + 1 is 0
}

// Whether any other file may lead to the module by its name.
bool is_imported(const Files& files, const std::string& path, const std::string& name) {
  return std::ranges::any_of(files, [&](const auto& file) {
    return file.first != path && comment_of(file.first) != "" && !file.first.ends_with(".yaml") &&
           !file.first.ends_with(".yml") && !file.first.ends_with(".tf") &&
           file.second.find(name) != std::string::npos;
  });
}

std::string again_in_python(const std::string& module, const std::set<std::string>& names) {
  std::string dotted = module;
  std::ranges::replace(dotted, '/', '.');
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return cat("from ", dotted, "_work import ", all, "\n");
}

std::string again_in_javascript(const Source& source, const std::string& last,
                                const std::set<std::string>& names) {
  const bool is_module = source.text.find("export ") != std::string_view::npos;
  const std::string ending =
      source.language == Language::TypeScript ? "" : source.path.substr(source.path.rfind('.'));
  std::string text;
  for (const std::string& name : names)
    text += is_module ? cat("export { ", name, " } from \"./", last, "_work", ending, "\";\n")
                      : cat("exports.", name, " = require(\"./", last, "_work\").", name, ";\n");
  return text;
}

// The text that gives the names again, where the language can.
std::string again(const Source& source, const std::string& module,
                  const std::set<std::string>& names) {
  for (const std::string& name : names)
    if (!std::regex_search(std::string(source.text), std::regex("\\b" + name + "\\b"))) return {};
  switch (source.language) {
    case Language::Python: return again_in_python(module, names);
    case Language::JavaScript:
    case Language::TypeScript: return again_in_javascript(source, last_of(module), names);
    case Language::Ruby: return cat("require_relative '", last_of(module), "_work'\n");
    default: return {};
  }
}

bool knows_its_own_name(const Source& source) {
  for (const std::string_view name : {"__name__", "__file__", "module.exports", "export default",
                                      "import.meta", "__dirname", "__filename", "__FILE__"})
    if (source.text.find(name) != std::string_view::npos) return true;
  return false;
}

void move(const Files& files, const Source& source, const std::string& module,
          const std::set<std::string>& names, Rewritten& out) {
  const std::string& path = source.path;
  const std::size_t dot = path.rfind('.');
  const std::string moved = cat(path.substr(0, dot), "_work", path.substr(dot));
  const std::string text = again(source, module, names);
  if (text.empty() || knows_its_own_name(source) || files.contains(moved) ||
      is_imported(files, path, last_of(module)))
    return;
  const auto size = static_cast<std::uint32_t>(source.text.size());
  out.put(moved, Pieces{{std::string(source.text), path, {0, size}}});
  out.put(path, text);
}

// A list of what is deployed has the file's name; what is not told to be a module is moved as
// little.
bool says_how_files_are_read(const Files& files) {
  return std::ranges::any_of(files, [](const auto& file) {
    return file.first.find("serverless") != std::string::npos &&
           file.second.find("\npackage:") != std::string::npos;
  });
}

bool may_be_no_module(const Files& files, const Source& source) {
  return source.path.ends_with(".js") && source.text.find("export ") != std::string_view::npos &&
         std::ranges::none_of(files, [](const auto& file) {
           return file.first.ends_with("package.json") &&
                  file.second.find("\"module\"") != std::string::npos;
         });
}

}  // namespace

std::optional<Rewritten> with_moved_handlers(const Files& files) {
  if (says_how_files_are_read(files)) return std::nullopt;
  Rewritten out;
  const std::vector<Source> sources = plain_sources_of(files);
  for (const auto& [module, names] : handlers_of(files)) {
    std::string tail = module;
    const Source* found = nullptr;
    int matches = 0;
    for (const Source& source : sources) {
      if (source.language == Language::Python) std::ranges::replace(tail, '.', '/');
      const std::string stem = source.path.substr(0, source.path.rfind('.'));
      if (!is_at_end_of(stem, tail)) continue;
      ++matches;
      found = &source;
    }
    if (matches == 1 && !may_be_no_module(files, *found)) move(files, *found, module, names, out);
  }
  if (out.is_empty()) return std::nullopt;
  return out;
}

}  // namespace fnlint::test
