#include "core/text.h"
#include "link/cloudformation/cloudformation_relations.h"
#include "link/cloudformation/snapshots.h"
#include "link/stacks/parted_templates.h"
#include "link/stacks/stack_properties.h"
#include "link/stacks/stack_relations.h"

#include <algorithm>

// Relations of functions and of what belongs to one: layers, versions, aliases, URLs, destinations,
// permissions.
namespace fnlint::stacks {

namespace {

// That templates in parts are one is taken from their names alone.
bool is_in_another_part(const LinkContext& build, ResourceId id, ResourceId other) {
  if (id.index >= build.drafts.size() || other.index >= build.drafts.size()) return false;
  const TextId text = build.drafts[id.index].text, of_other = build.drafts[other.index].text;
  return of_other.exists() && text != of_other && text.index < build.parts->of.size() &&
         std::ranges::find(build.parts->of[text.index], of_other) !=
             build.parts->of[text.index].end();
}

void attach_layer(LinkContext& build, ResourceId id, ValueId layer, GuardId when, Span where) {
  if (as_text(build.pool, layer) == "") return;  // what an empty list parameter holds
  std::vector<End> found = ends(build, layer, ResourceKind::Layer, where, Outside::Kept);
  for (End& end : found)
    if (is_in_another_part(build, id, end.resource)) end.uncertainty |= kHeuristic;
  Relation relation{.kind = RelationKind::Attaches, .when = when, .where = where};
  if (found.empty()) {
    // It counts, whatever it is.
    relation.from = id;
    relate(build, relation);
  }
  relate_all(build, relation, {itself(build, id)}, found);
}

// A list that is not written as one: a parameter's, or one of several.
void attach_list(LinkContext& build, ResourceId id, ValueId list, GuardId when, Span where) {
  const ValuePool& pool = build.pool;
  if (pool.is(list, ValueKind::List)) {
    for (const ValueId layer : pool.operands(list)) attach_layer(build, id, layer, when, where);
  } else if (pool.is(list, ValueKind::OneOf)) {
    for (std::size_t i = 0; i < pool.operands(list).size(); ++i) {
      const auto both_hold = build.pool.both(when, pool.guards(list)[i]);
      if (both_hold) attach_list(build, id, pool.operands(list)[i], *both_hold, where);
    }
  } else if (!pool.is(list, ValueKind::Absent)) {
    build.unresolved(UnresolvedKind::LayerContent,
                     cat("the list of layers is ", describe(pool, list)), where, build.address(id));
  }
}

void attach_layers(LinkContext& build, ResourceId id) {
  const Node layers = build.draft(id).properties["Layers"];
  if (!layers) return;
  if (!layers.has_children()) attach_list(build, id, layers.value(), layers.when(), layers.where());
  for (const Node& item : layers.children())
    attach_layer(build, id, item.value(), item.when(), item.where());
}

void dead_letters(LinkContext& build, ResourceId id, const Node& target) {
  if (!target) return;
  const Relation relation{
      .kind = RelationKind::FailureForward, .when = target.when(), .where = target.where()};
  relate_all(build, relation, {itself(build, id)},
             ends(build, target.value(), ResourceKind::Other, target.where(), Outside::Kept));
}

// The function that a resource is about, named by one of its properties.
std::vector<End> function_of(LinkContext& build, ResourceId id, std::string_view property) {
  const Node name = build.draft(id).properties[property];
  const auto found =
      ends(build, name.value(), ResourceKind::Function, name.where(), Outside::Dropped);
  Relation relation{.kind = RelationKind::Refines, .declared_by = id};
  relation.where = name ? name.where() : build.resource(id).name;
  relate_all(build, relation, {itself(build, id)}, found);
  return found;
}

// Terraform names the alias or version beside the function; so do URLs.
std::vector<End> qualified(LinkContext& build, std::vector<End> functions, const Node& properties) {
  const Node given = properties["Qualifier"];
  if (!given || build.pool.is(given.value(), ValueKind::Absent) ||
      build.pool.is(given.value(), ValueKind::Null))
    return functions;
  const StringId word = qualifier_word(build.pool, build.stacks, given.value());
  for (End& end : functions) end.qualifier = word;
  return functions;
}

void provision(LinkContext& build, ResourceId id, const std::vector<End>& functions) {
  const Node amount = at_path(build.draft(id).properties,
                              "ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions");
  if (!amount) return;
  const Relation relation{.kind = RelationKind::Provisions,
                          .declared_by = id,
                          .amount = amount.value(),
                          .when = amount.when(),
                          .where = amount.where()};
  relate_all(build, relation, {itself(build, id)}, functions);
}

}  // namespace

void relate_function(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  attach_layers(build, id);
  dead_letters(build, id, properties["DeadLetterConfig"]["TargetArn"]);
  dead_letters(build, id, properties["DeadLetterQueue"]["TargetArn"]);
}

void relate_version(LinkContext& build, ResourceId id) {
  provision(build, id, function_of(build, id, "FunctionName"));
}

void relate_alias(LinkContext& build, ResourceId id) {
  provision(build, id, function_of(build, id, "FunctionName"));
}

void relate_function_url(LinkContext& build, ResourceId id) {
  const auto functions =
      qualified(build, function_of(build, id, "TargetFunctionArn"), build.draft(id).properties);
  const Relation relation{.kind = RelationKind::Trigger,
                          .invocation = Invocation::Synchronous,
                          .declared_by = id,
                          .where = build.resource(id).name};
  relate_all(build, relation, {itself(build, id)}, functions);
}

void relate_event_invoke_config(LinkContext& build, ResourceId id) {
  const auto functions = function_of(build, id, "FunctionName");
  relate_destinations(build, id, build.draft(id).properties["DestinationConfig"], functions);
}

void relate_recursion_config(LinkContext& build, ResourceId id) {
  function_of(build, id, "FunctionName");  // refines it
}

void relate_destinations(LinkContext& build, ResourceId declared_by, const Node& config,
                         const std::vector<End>& functions) {
  for (const auto& [name, kind] : {std::pair{"OnSuccess", RelationKind::Forward},
                                   std::pair{"OnFailure", RelationKind::FailureForward}}) {
    const Node target = config[name]["Destination"];
    if (!target) continue;
    const Relation relation{
        .kind = kind, .declared_by = declared_by, .when = target.when(), .where = target.where()};
    relate_all(build, relation, functions,
               ends(build, target.value(), ResourceKind::Other, target.where(), Outside::Kept));
  }
}

void relate_permission(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  const Node name = properties["FunctionName"];
  const auto functions = qualified(
      build, ends(build, name.value(), ResourceKind::Function, name.where(), Outside::Kept),
      properties);
  const Node source = properties["SourceArn"];
  auto sources = ends(build, source.value(), ResourceKind::Other, source.where(), Outside::Dropped);
  if (sources.empty()) sources.emplace_back();
  const Relation relation{
      .kind = RelationKind::MayInvoke, .declared_by = id, .where = build.resource(id).name};
  relate_all(build, relation, sources, functions);
  relate_permitted_source(build, id);
}

}  // namespace fnlint::stacks
