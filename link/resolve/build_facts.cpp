// Keeps each file's text and what it was parsed to, and lists the scripts of a project.

#include "link/resolve/build_facts.h"

#include "core/limits.h"
#include "core/text.h"
#include "link/resolve/source_index.h"
#include "tables/known.h"

namespace fnlint {

using nlohmann::json;

const std::string* BuildFacts::text(const std::string& path) {
  const auto [row, added] = texts_.try_emplace(path);
  if (added && files_.kind(path) == EntryKind::File)
    if (Result<std::string> text = files_.read(path, kBuildFileBytes))
      row->second = std::move(text).value();
  return row->second ? &*row->second : nullptr;
}

const json* BuildFacts::package(const std::string& folder) {
  const auto [row, added] = packages_.try_emplace(folder);
  if (added)
    if (const std::string* manifest = text(join_path(folder, "package.json")))
      if (json document = parse_json(*manifest); document.is_object())
        row->second = std::move(document);
  return row->second ? &*row->second : nullptr;
}

const std::map<std::string, std::string>& BuildFacts::package_scripts(const std::string& folder) {
  const auto [row, added] = package_scripts_.try_emplace(folder);
  const json* manifest = added ? package(folder) : nullptr;
  if (manifest == nullptr) return row->second;
  const json scripts = manifest->value("scripts", json());
  if (scripts.is_object())
    for (const auto& [name, script] : scripts.items())
      if (script.is_string() && name.find("test") == name.npos)
        row->second.emplace(name, script.get<std::string>());
  return row->second;
}

const Dockerfile* BuildFacts::docker_file(const std::string& path) {
  const auto [row, added] = docker_files_.try_emplace(path);
  if (added)
    if (const std::string* recipe = text(path)) row->second = read_dockerfile(*recipe);
  return row->second ? &*row->second : nullptr;
}

void BuildFacts::add_script(const std::string& path, std::string folder) {
  std::string commands;
  if (file_name_of(path) == "package.json") {
    for (const auto& [name, script] : package_scripts(std::string(folder_of(path))))
      commands += cat(script, "\n");
  } else if (const std::string* script = text(path)) {
    commands = *script;
  }
  scripts_->push_back(
      read_build_script(std::move(folder), file_name_of(path), std::move(commands)));
}

const std::vector<BuildScript>& BuildFacts::scripts() {
  if (scripts_) return *scripts_;
  scripts_.emplace();
  // Mage and CI run where the repository lies.
  std::vector<std::string> of_mage;
  const auto note_folder = [&](std::string_view folder) {
    if (file_name_of(folder) == "magefiles") of_mage.emplace_back(folder);
    return false;
  };
  const auto is_script = [](std::string_view name) {
    return is_one_of(known::packing_scripts(), name) || name.ends_with(".sh") ||
           name == "magefile.go";
  };
  for (const std::string& path : files_called(files_, "", is_script, note_folder))
    add_script(path, path.ends_with(".go") ? std::string() : std::string(folder_of(path)));
  const auto add_all = [&](std::string_view folder, ScriptForm form) {
    for (const Entry& one : files_.list(folder))
      if (one.kind == EntryKind::File && form_of_script(one.name) == form)
        add_script(join_path(folder, one.name), "");
  };
  for (const std::string_view folder : known::workflow_folders())
    add_all(folder, ScriptForm::Steps);
  for (const std::string& folder : of_mage) add_all(folder, ScriptForm::Program);
  return *scripts_;
}

}  // namespace fnlint
