// A variable that nothing reads. Whoever else may read it makes that unknown: a library without a
// model, code that is not followed, a process that is started, another function of the same place.

#include "checks/config/config_env_unused.h"

#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "model/package.h"
#include "tables/environment.h"
#include "tables/libraries.h"
#include "tables/models.h"
#include "values/pool.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace fnlint {

namespace {

// Libraries that a model describes: they read no variables but those that are known of them.
class KnownLibraries {
 public:
  bool contains(Language language, const std::string& module) {
    const auto [row, added] = known_.try_emplace({language, module});
    if (added) row->second = has_model(language, module);
    return row->second;
  }

 private:
  static bool has_model(Language language, std::string_view module) {
    return std::ranges::any_of(library_models(), [&](const LibraryModel& one) {
      return one.language == language && one.path.starts_with(module) &&
             (one.path.size() == module.size() || one.path[module.size()] == '.' ||
              one.path[module.size()] == '/');
    });
  }
  std::map<std::pair<Language, std::string>, bool> known_ = {};
};

bool reads_anything(const ValuePool& pool, const InputRead& read) {
  if (!read.value.exists()) return true;
  bool anything = false;
  for_each_below(pool, read.value, [&](ValueId id) {
    const Value& value = pool[id];
    anything = anything || value.kind == ValueKind::Unknown ||
               (value.kind == ValueKind::Hole && value.origin == Origin::Environment &&
                pool.text(id).empty());
  });
  return anything;
}

bool is_code_known(const Project& project, const LambdaFunction& function,
                   const EnvironmentLoaders& loaders, KnownLibraries& known) {
  const DeclaredFunction& declared = project.stacks.functions[function.declared];
  if (!function.resolved || !function.reads_known || are_doubted(function.guesses) || function.cut != 0 ||
      !function.not_followed.empty() || declared.image || !function.layers.empty() ||
      loaders.are_in(function) || !function.libraries)
    return false;
  const CodeImports& libraries = *function.libraries;
  const auto is_known = [&](const LibraryImport& one) {
    return !is_one_of(modules_that_start_processes(), one.module) &&
           (is_of_sdk(one.module) || known.contains(function.language, one.module));
  };
  return libraries.complete && !libraries.by_name && !libraries.hands_environment &&
         std::ranges::all_of(libraries.rows, is_known) &&
         std::ranges::none_of(function.reads, [&](const InputRead& read) {
           return reads_anything(*project.pool, read);
         });
}

std::set<std::string_view> names_read(const ValuePool& pool, const LambdaFunction& function) {
  std::set<std::string_view> names;
  for (const InputRead& one : function.reads)
    for_each_below(pool, one.value, [&](ValueId id) {
      if (pool[id].kind == ValueKind::Hole && pool[id].origin == Origin::Environment)
        names.insert(pool.text(id));
    });
  return names;
}

// A variable by the place that sets it: for all functions, or for those of a loop.
struct Setting {
  std::string_view name = {};
  std::size_t functions = 0;
  bool may_be_read = false;
  const LambdaFunction* first = nullptr;
};

Finding unused(const Setting& setting, Span where) {
  return FindingBuilder("config-env-unused", kHeuristic)
      .about(*setting.first)
      .at(where)
      .says(setting.functions == 1
                ? cat("The variable ", setting.name, " is set, but nothing in the code of '",
                      setting.first->name, "' reads it.")
                : cat("The variable ", setting.name, " is set for ", setting.functions,
                      " functions, but nothing in their code reads it."))
      .identified(setting.first->name, ':', setting.name);
}

}  // namespace

namespace {

std::string_view first_word(std::string_view path) {
  return path.substr(0, path.find_first_of("./"));
}

}  // namespace

EnvironmentLoaders::EnvironmentLoaders() {
  for (const std::string_view module : environment_loaders())
    by_first_word_.emplace(first_word(module), module);
}

// The module, or what is imported of it.
bool EnvironmentLoaders::is_one(std::string_view path) const {
  const auto [first, last] = by_first_word_.equal_range(first_word(path));
  return std::any_of(first, last, [path](const auto& row) {
    const std::string_view module = row.second;
    return path.starts_with(module) && (path.size() == module.size() ||
                                        path[module.size()] == '.' || path[module.size()] == '/');
  });
}

bool EnvironmentLoaders::are_in(const LambdaFunction& function) const {
  return std::ranges::any_of(function.imports,
                             [&](const InitImport& one) { return is_one(one.path); }) ||
         (function.libraries &&
          std::ranges::any_of(function.libraries->rows,
                              [&](const LibraryImport& one) { return is_one(one.module); }));
}

void find_unused_variables(const Project& project, Findings& findings) {
  KnownLibraries known;
  const EnvironmentLoaders loaders;
  std::map<Span, Setting> settings;
  for (const LambdaFunction& function : project.functions) {
    const bool is_known = is_code_known(project, function, loaders, known);
    const std::set<std::string_view> read =
        is_known ? names_read(*project.pool, function) : std::set<std::string_view>();
    for (const NamedProperty& row :
         properties_below(project, function.resource, kEnvironmentVariables)) {
      Setting& setting = settings[row.property->key];
      setting.name = row.name;
      ++setting.functions;
      setting.may_be_read = setting.may_be_read || !is_known || read.contains(row.name);
      if (setting.first == nullptr) setting.first = &function;
    }
  }
  for (const auto& [where, setting] : settings)
    if (!setting.may_be_read && !names_variable(variables_read_by_others(), setting.name))
      findings.push_back(unused(setting, where));
}

}  // namespace fnlint
