// Environments are kept warm for one alias or version. Whoever invokes the function without it gets
// $LATEST, with cold starts, while the warm ones are paid for.

#include "checks/alias/rules.h"
#include "checks/view/branches.h"
#include "checks/view/finding_builder.h"
#include "checks/view/invocation_type.h"
#include "checks/view/project_view.h"
#include "core/text.h"

#include <algorithm>
#include <map>
#include <set>

namespace fnlint {

namespace {

struct Warm {
  std::string words = {};
  std::uint8_t uncertainty = 0;
  Span where = {};
};

std::string qualifier_of(const Project& project, ResourceId resource) {
  const Resource& row = project.stacks[resource];
  if (row.kind == ResourceKind::Alias)
    if (const auto name = as_text(*project.pool, row.physical_name)) return std::string(*name);
  const Property* qualifier = property_of(project, resource, "Qualifier");
  if (qualifier == nullptr) return name_of(project, resource);
  const Value& value = (*project.pool)[qualifier->value];
  if (value.kind == ValueKind::Reference) {
    const ResourceId id{static_cast<std::uint32_t>(value.ref)};
    if (project.stacks[id].kind == ResourceKind::Alias) return qualifier_of(project, id);
  }
  return std::string(as_text(*project.pool, qualifier->value).value_or("?"));
}

// "'live'", where the name is known.
std::string warm_words(const Project& project, ResourceId resource) {
  const std::string name = qualifier_of(project, resource);
  return name == "?" ? std::string("an alias or a version") : cat("'", name, "'");
}

// What is provisioned for an alias or version; nothing where it may be none.
std::optional<Warm> provisioned(const Project& project, const Relation& relation) {
  if (relation.kind != RelationKind::Provisions || !relation.amount.exists()) return std::nullopt;
  const auto amount = as_integer(*project.pool, relation.amount);
  if (!amount || *amount <= 0) return std::nullopt;
  return Warm{cat("provisioned concurrency ", *amount, " for ", warm_words(project, relation.from)),
              static_cast<std::uint8_t>(relation.uncertainty |
                                        (*project.pool)[relation.amount].uncertainty),
              relation.where};
}

// SnapStart, where versions are published that it is for.
std::optional<Warm> snapshot(const Project& project, ResourceId function,
                             std::span<const Relation* const> to_function) {
  const Property* apply = property_of(project, function, "SnapStart.ApplyOn");
  if (apply == nullptr || as_text(*project.pool, apply->value) != "PublishedVersions")
    return std::nullopt;
  for (const ResourceKind kind : {ResourceKind::Alias, ResourceKind::Version})
    for (const Relation* const row : to_function)
      if (row->kind == RelationKind::Refines && row->from.exists() &&
          project.stacks[row->from].kind == kind)
        return Warm{cat("SnapStart for ", warm_words(project, row->from)),
                    (*project.pool)[apply->value].uncertainty, anchor_of(*apply)};
  return std::nullopt;
}

std::optional<Warm> warm_part(const Project& project, ResourceId function,
                              std::span<const Relation* const> to_function) {
  for (const Relation* const row : to_function)
    if (auto warm = provisioned(project, *row)) {
      if (project.pool->always(row->when)) return warm;
      warm->uncertainty |= kConditional;
      warm->words += label_of(*project.pool, tests_of(*project.pool, row->when));
      return warm;
    }
  return snapshot(project, function, to_function);
}

Span name_anchor(const Project& project, const Relation& trigger) {
  if (trigger.declared_by.exists())
    if (const Property* name = property_of(project, trigger.declared_by, "FunctionName"))
      return anchor_of(*name);
  return trigger.where;
}

// Whether the code names the function alone, or its $LATEST; what is not all known is neither.
bool names_no_version(const ValuePool& pool, const Effect& effect) {
  if (!effect.arguments.exists() || may_have_more(pool, effect.arguments) ||
      !effect.target_value.exists())
    return false;
  if (const ValueId qualifier = entry_of(pool, effect.arguments, "Qualifier"); qualifier.exists())
    if (const ValueKind kind = pool[qualifier].kind;
        kind != ValueKind::Absent && kind != ValueKind::Null)
      return as_text(pool, qualifier) == kLatest;
  if (pool.is(effect.target_value, ValueKind::Reference))
    return pool[effect.target_value].ref == effect.target.index;
  const auto name = as_text(pool, effect.target_value);
  if (!name) return false;
  const auto parts = split(*name, ':');  // arn:aws:lambda:region:account:function:name
  constexpr std::size_t kOfArn = 7;
  return parts.size() == 1 || (parts.front() == "arn" && parts.size() == kOfArn) ||
         parts.back() == kLatest;
}

// Calls in code: of each function once.
void report_calls(const Project& project, const LambdaFunction& caller,
                  const RelationsTo& relations, Findings& findings) {
  std::set<ResourceId> reported;
  for (const Effect& effect : caller.effects) {
    const bool invokes = effect.operation != UINT32_MAX &&
                         operations()[effect.operation].target_kind == ResourceKind::Function;
    if (!invokes || !effect.target.exists() || !names_no_version(*project.pool, effect)) continue;
    const std::optional<Warm> warm = warm_part(project, effect.target, relations[effect.target]);
    if (!warm || !reported.insert(effect.target).second) continue;
    const std::string name = name_of(project, effect.target);
    const bool nobody_waits = invocation_type(*project.pool, effect.arguments) == "event";
    findings.push_back(FindingBuilder("alias-bypassed", warm->uncertainty | effect.uncertainty)
                           .about(caller)
                           .grade_if(nobody_waits, Severity::Note)
                           .at(effect.where)
                           .says("'", name, "' has ", warm->words, ", but '", caller.name,
                                 "' invokes the function without it, so it runs $LATEST and still "
                                 "has cold starts.")
                           .identified(caller.name, ':', name)
                           .from_handler(caller, effect.path)
                           .step(effect.where, "It is invoked here.")
                           .related(warm->where, "What is kept warm is declared here."));
  }
}

}  // namespace

void alias_bypassed(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  for (const DeclaredFunction& function : project.stacks.functions) {
    const auto all = relations[function.resource];
    const std::optional<Warm> warm = warm_part(project, function.resource, all);
    if (!warm) continue;
    std::map<Span, bool> reported;
    for (const Relation* const row : all) {
      if (row->kind != RelationKind::Trigger || row->qualifier.exists()) continue;
      const Span where = name_anchor(project, *row);
      if (!reported.emplace(where, true).second) continue;
      const std::string name = name_of(project, function.resource);
      std::uint8_t uncertainty = static_cast<std::uint8_t>(warm->uncertainty | row->uncertainty);
      if (!project.pool->always(row->when)) uncertainty |= kConditional;
      const std::string source = row->from.exists()
                                     ? cat(kind_label(project.stacks[row->from].kind), " '",
                                           name_of(project, row->from), "'")
                                     : std::string("this trigger");
      auto finding =
          FindingBuilder("alias-bypassed", uncertainty)
              .about(name)
              .at(where)
              .says(
                  "'", name, "' has ", warm->words, ", but ", source,
                  " invokes the function without it, so it runs $LATEST and still has cold starts.")
              .identified(name, ':', source);
      if (row->from.exists())
        finding.caused_by({.key = name, .subject = name_of(project, row->from)});
      finding.related(warm->where, "What is kept warm is declared here.");
      findings.push_back(std::move(finding));
    }
  }
  for (const LambdaFunction& caller : project.functions)
    report_calls(project, caller, relations, findings);
}

}  // namespace fnlint
