// Collects targets of calls, references in values and properties, and what the platform uses in a
// function's name.

#include "link/join/touched_resources.h"

#include "core/text.h"
#include "tables/models.h"
#include "values/compute.h"
#include "values/pool.h"

#include <array>

namespace fnlint {

namespace {

class Touching {
 public:
  Touching(const ValuePool& pool, const Stacks& stacks, TouchedResources& all)
      : pool_(pool), stacks_(stacks), all_(all) {}

  void add_code(const LambdaFunction& function) {
    if (!function.resolved || are_doubted(function.guesses) || function.cut != 0 ||
        !function.not_followed.empty())
      all_.known = false;
    for (const auto* effects : {&function.effects, &function.unknown_calls, &function.requests})
      for (const Effect& effect : *effects) {
        add_call(effect.operation, effect.target);
        for (const ValueId value : {effect.target_value, effect.arguments, effect.chosen_arguments})
          add(value);
        if (effect.missing_on.exists()) all_.resources.insert(effect.missing_on);
      }
    for (const CodeCall& call : function.init_work) {
      if (call.operation == UINT32_MAX) continue;
      add_call(call.operation, call.target);
      for (const ValueId value : {call.value, call.arguments}) add(value);
    }
    for (const Safeguard& safeguard : function.safeguards) {
      if (!safeguard.table.exists()) all_.open.insert("dynamodb");
      if (safeguard.table.exists()) all_.resources.insert(safeguard.table);
    }
  }

  // What is written beside the variables: dead-letter queues, destinations, file systems.
  void add_properties(ResourceId resource) {
    if (!resource.exists()) return;
    const Slice<Property> rows = stacks_[resource].properties;
    for (std::uint32_t i = rows.first; i < rows.first + rows.count; ++i) {
      const std::string_view path = pool_[stacks_.properties[i].path];
      if (path.find('.') == path.npos && pool_.is(stacks_.properties[i].value, ValueKind::Record))
        continue;  // its parts have rows of their own
      if (!path.starts_with("Environment") && !path.starts_with("Polic") && path != "Role")
        add(stacks_.properties[i].value);
    }
  }
  void add(ResourceId resource) {
    if (resource.exists()) all_.resources.insert(resource);
  }

 private:
  void add(ValueId value) {
    if (value.exists()) add_references(pool_, stacks_, value, all_.resources);
  }
  void add_call(std::uint32_t operation, ResourceId target) {
    if (operation == UINT32_MAX) {
      all_.known = false;
      return;
    }
    add(target);
    if (target.exists() && !stacks_[target].external) return;
    for (const std::string_view actions : operations()[operation].actions)
      for (const std::string_view one : split(actions, '|'))
        all_.open.insert(lower(one.substr(0, one.find(':'))));
  }

  const ValuePool& pool_;
  const Stacks& stacks_;
  TouchedResources& all_;
};

}  // namespace

void add_references(const ValuePool& pool, const Stacks& stacks, ValueId value,
                    std::set<ResourceId>& to) {
  for_each_below(pool, value, [&](ValueId id) {
    const Value& row = pool[id];
    if (row.kind == ValueKind::Reference && row.ref < stacks.resources.size())
      to.insert(ResourceId{static_cast<std::uint32_t>(row.ref)});
  });
}

bool has_own_calls(const Stacks& stacks, ResourceId resource) {
  static constexpr std::array kKinds{ResourceKind::Table,  ResourceKind::Bucket,
                                     ResourceKind::Queue,  ResourceKind::Topic,
                                     ResourceKind::Stream, ResourceKind::Secret};
  const Resource& row = stacks[resource];
  return !row.external && std::ranges::find(kKinds, row.kind) != kKinds.end();
}

void add_touched(const ValuePool& pool, const Stacks& stacks, const RelationsTo& relations,
                 const LambdaFunction& function, TouchedResources& all) {
  Touching touching(pool, stacks, all);
  touching.add_code(function);
  touching.add_properties(function.resource);
  for (const Relation* const row : relations[function.resource]) {
    if (row->kind == RelationKind::Grants || row->kind == RelationKind::Attaches) continue;
    touching.add(row->from);
    touching.add_properties(row->declared_by);
    if (row->kind == RelationKind::Refines) touching.add_properties(row->from);
  }
}

}  // namespace fnlint
