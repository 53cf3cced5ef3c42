// Reads generators' declarations and command lines for where their output goes.

#include "link/resolve/generated_modules.h"

#include "core/limits.h"
#include "core/text.h"
#include "link/resolve/source_index.h"
#include "tables/known.h"

#include <algorithm>

namespace fnlint {

namespace {

std::string module_stem(std::string_view path) {
  for (const std::string_view ending : {".d.ts", ".ts", ".mts", ".js", ".mjs", ".cjs", ".tsx"})
    if (path.ends_with(ending)) return std::string(path.substr(0, path.size() - ending.size()));
  return std::string(path);
}

// What stands in quotes behind a key of a line: `output = "../client"`.
std::string quoted_after(std::string_view line, std::string_view key) {
  line = trim(line);
  if (!line.starts_with(key)) return {};
  line = trim(line.substr(key.size()));
  if (!line.starts_with('=')) return {};
  const std::size_t begin = line.find('"');
  const std::size_t end = begin == line.npos ? begin : line.find('"', begin + 1);
  return end == line.npos ? std::string() : std::string(line.substr(begin + 1, end - begin - 1));
}

}  // namespace

// generator client { provider = "prisma-client", output = "../client" }
void GeneratedModules::add_declared(const std::string& path) {
  const std::string* text = builds_.text(path);
  if (text == nullptr) return;
  std::string provider, output;
  bool inside = false;
  for (const std::string_view line : split(*text, '\n')) {
    if (trim(line).starts_with("generator ")) {
      inside = true;
      provider.clear();
      output.clear();
    }
    if (!inside) continue;
    if (std::string one = quoted_after(line, "provider"); !one.empty()) provider = std::move(one);
    if (std::string one = quoted_after(line, "output"); !one.empty()) output = std::move(one);
    if (trim(line) != "}") continue;
    inside = false;
    const auto* const row = known::row_of(known::declared_generators(), provider);
    if (row != nullptr && !output.empty())
      outputs_->push_back(
          {normal_path(join_path(folder_of(path), output)), std::string((*row)[1])});
  }
}

// quicktype --out src/models.ts, protoc --ts_out=src/gen: from where it is run, or from the root.
void GeneratedModules::add_made(const BuildCommand& command) {
  for (const auto& [program, flag, library] : known::code_generators()) {
    const bool runs = std::ranges::any_of(
        command.words, [&](const std::string& word) { return file_name_of(word) == program; });
    if (!runs) continue;
    for (std::size_t i = 0; i < command.words.size(); ++i) {
      const std::string& word = command.words[i];
      std::string_view made;
      if (word == flag && i + 1 < command.words.size()) made = command.words[i + 1];
      if (word.size() > flag.size() && word.starts_with(flag) && word[flag.size()] == '=')
        made = std::string_view(word).substr(flag.size() + 1);
      made = made.substr(made.rfind(':') + 1);  // options before the folder
      if (made.empty() || made.find("${}") != made.npos) continue;
      for (const std::string& path : {command.path(made), normal_path(made)})
        if (!path.starts_with("..") && path != ".")
          outputs_->push_back({module_stem(path), std::string(library)});
    }
  }
}

const std::vector<GeneratedModules::Output>& GeneratedModules::outputs() {
  if (outputs_) return *outputs_;
  outputs_.emplace();
  for (const std::string& path : files_called(
           builds_.files(), "", [](std::string_view name) { return name.ends_with(".prisma"); },
           [](std::string_view) { return false; }))
    add_declared(path);
  for (const BuildScript& script : builds_.scripts())
    for (const BuildCommand& command : script.commands) add_made(command);
  return *outputs_;
}

std::string GeneratedModules::library_of(std::string_view path) {
  const std::string module = module_stem(normal_path(path));
  for (const Output& one : outputs())
    if (module == one.path || module.starts_with(cat(one.path, "/"))) return one.library;
  return {};
}

}  // namespace fnlint
