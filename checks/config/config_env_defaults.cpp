// When a variable that is read has a default in the code but is never set, which variable of the
// template was meant? Decided by the kind of resource that both name, and by common words.

#include "checks/config/config_env_defaults.h"

#include "checks/view/call_name.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "model/package.h"
#include "tables/environment.h"
#include "tables/models.h"
#include "values/name_text.h"
#include "values/pool.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fnlint {

namespace {

// A variable of the template that names a resource.
struct Named {
  std::string_view variable = {};
  ResourceId resource = {};
};

// Every variable that the code reads; nothing: what it reads is not known.
std::optional<std::set<std::string_view>> variables_read(const ValuePool& pool,
                                                         const LambdaFunction& function) {
  if (!function.reads_known || function.cut != 0 || !function.libraries ||
      !function.libraries->complete || function.libraries->by_name)
    return std::nullopt;
  std::set<std::string_view> names;
  bool any = false;
  for (const InputRead& read : function.reads) {
    if (!read.value.exists()) return std::nullopt;
    for_each_below(pool, read.value, [&](ValueId id) {
      if (pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Environment) {
        names.insert(pool.text(id));
        any = any || pool.text(id).empty();
      }
    });
  }
  return any ? std::nullopt : std::optional(std::move(names));
}

// Those that nothing reads, by the kind of what they name.
std::multimap<ResourceKind, Named> unread_names(const Project& project,
                                                const LambdaFunction& function,
                                                const std::set<std::string_view>& read) {
  std::multimap<ResourceKind, Named> unread;
  for (const NamedProperty& row :
       properties_below(project, function.resource, kEnvironmentVariables)) {
    const ValueId value = row.property->value;
    if (read.contains(row.name) || !project.pool->is(value, ValueKind::Reference)) continue;
    const std::uint64_t resource = (*project.pool)[value].ref;
    if (resource >= project.stacks.resources.size()) continue;
    const ResourceId id{static_cast<std::uint32_t>(resource)};
    unread.emplace(project.stacks[id].kind, Named{row.name, id});
  }
  return unread;
}

bool share_a_word(std::string_view one, std::string_view other) {
  constexpr std::string_view kOfAny = "name";
  const std::string words = words_of_name(one), others = words_of_name(other);
  const auto all = split(others, '_');
  return std::ranges::any_of(split(words, '_'), [&](std::string_view word) {
    return word != kOfAny && std::ranges::find(all, word) != all.end();
  });
}

// The one read that was meant to be of this variable; null: none, or it may be one of several.
const InputRead* read_meant(const ValuePool& pool, const LambdaFunction& function,
                            std::string_view variable, const std::set<std::string_view>& set) {
  const InputRead* meant = nullptr;
  for (const InputRead& read : function.reads) {
    if (!read.absence_expected || !pool.is(read.value, ValueKind::Hole) ||
        pool[read.value].origin != Origin::Environment)
      continue;
    const std::string_view name = pool.text(read.value);
    if (set.contains(name) || names_variable(variables_set_by_others(), name) ||
        names_variable(variables_read_by_others(), name) || !share_a_word(name, variable))
      continue;
    if (meant != nullptr && pool.text(meant->value) != name) return nullptr;
    if (meant == nullptr) meant = &read;
  }
  return meant;
}

}  // namespace

void find_defaults_in_use(const Project& project, const LambdaFunction& function,
                          const std::set<std::string_view>& set, std::uint8_t uncertainty,
                          Findings& findings) {
  const ValuePool& pool = *project.pool;
  const auto read = variables_read(pool, function);
  if (!read) return;
  const auto unread = unread_names(project, function, *read);
  std::set<std::string_view> told;
  for (const Effect& effect : function.effects) {
    const Operation& operation = operations()[effect.operation];
    if (effect.target.exists() || !effect.target_value.exists()) continue;
    const auto text = as_text(pool, effect.target_value);
    // Of several tables, any may be the one.
    if (!text || text->empty() || unread.count(operation.target_kind) != 1) continue;
    const Named& meant = unread.find(operation.target_kind)->second;
    const InputRead* const at = read_meant(pool, function, meant.variable, set);
    if (at == nullptr || !told.insert(meant.variable).second) continue;
    const std::string_view name = pool.text(at->value);
    findings.push_back(
        FindingBuilder("config-env-undefined", uncertainty | effect.uncertainty | kHeuristic)
            .about(function)
            .at(at->where)
            .says("The variable ", name, " is read here, but the template does not set it for '",
                  function.name, "', which ", operation.words, " '", *text,
                  "' by default. It sets ", meant.variable, " to '",
                  name_of(project, meant.resource), "', and nothing reads that.")
            .identified(function.name, ':', name)
            .related(effect.where, call_name(effect), " gets '", *text, "'.")
            .related(project.stacks[function.resource].name, "'", function.name,
                     "' is declared here.")
            .along(at->path, at->where, "The variable is read."));
  }
}

}  // namespace fnlint
