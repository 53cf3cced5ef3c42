// Finds which function an answer is about that does not name it, and relates versions, amounts and
// permissions of an account.

#include "link/cloudformation/snapshots.h"

#include "core/text.h"
#include "link/stacks/arn.h"
#include "link/stacks/names.h"
#include "link/stacks/stack_properties.h"
#include "link/stacks/stack_relations.h"

#include <algorithm>
#include <map>

namespace fnlint::stacks {

namespace {

bool is_snapshot(const LinkContext& build, ResourceId id) {
  const ResourceBuilder& draft = build.drafts[id.index];
  return draft.declaration != nullptr &&
         build.facts(draft.text).dialect == TemplateDialect::LambdaApi;
}

// The only function, or the one with the longest name in the file's own.
ResourceId function_for(const LinkContext& build, const std::vector<ResourceId>& functions,
                        std::string_view path) {
  if (functions.size() == 1) return functions.front();
  std::string_view stem = file_name_of(path);
  stem.remove_suffix(extension_of(stem).size());
  ResourceId best;
  for (const ResourceId id : functions) {
    const std::string_view name = build.address(id);
    if (stem.find(name) == std::string_view::npos) continue;
    if (!best.exists() || name.size() > build.address(best).size()) best = id;
  }
  return best;
}

}  // namespace

void settle_snapshots(LinkContext& build) {
  std::map<std::uint32_t, std::vector<ResourceId>> functions;  // by scope
  const auto count = static_cast<std::uint32_t>(build.stacks.resources.size());
  for (std::uint32_t i = 0; i < count; ++i)
    if (is_snapshot(build, ResourceId{i}) &&
        build.stacks.resources[i].kind == ResourceKind::Function)
      functions[build.drafts[i].scope.index].push_back(ResourceId{i});
  for (std::uint32_t i = 0; i < count; ++i) {
    const ResourceId id{i};
    if (!is_snapshot(build, id)) continue;
    const std::string_view type = build.pool[build.stacks.resources[i].type];
    const bool reserved = type == "Lambda::ReservedConcurrency";
    if (!reserved && type != "Lambda::ProvisionedConcurrency") continue;
    ResourceBuilder& draft = build.draft(id);
    if (build.entry(build.body(draft), "FunctionName").exists()) continue;
    const ResourceId function = function_for(build, functions[draft.scope.index],
                                             build[draft.text].source->path);
    if (!function.exists()) {
      build.unresolved(UnresolvedKind::Parameter,
                       cat("which function this ", build.address(id), " is of"),
                       build.resource(id).name);
    } else if (reserved) {
      build.draft(function).further.push_back(build.body(draft));
    } else {
      draft.further.push_back(build.body(build.draft(function)));
    }
  }
}

void relate_provisioned_concurrency(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  const Node amount =
      at_path(properties, "ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions");
  const Node name = properties["FunctionName"];
  if (!amount || !name) return;
  const Relation relation{.kind = RelationKind::Provisions,
                          .declared_by = id,
                          .amount = amount.value(),
                          .when = amount.when(),
                          .where = amount.where()};
  relate_all(build, relation, {itself(build, id)},
             ends(build, name.value(), ResourceKind::Function, name.where(), Outside::Dropped));
}

void relate_permitted_source(LinkContext& build, ResourceId id) {
  if (!is_snapshot(build, id)) return;
  const Node properties = build.draft(id).properties;
  const Node source = properties["SourceArn"], name = properties["FunctionName"];
  if (!source || !name) return;
  const ResourceKind kind = kind_of_arn(build.pool, source.value());
  const bool pushes = kind == ResourceKind::Bucket || kind == ResourceKind::Topic;
  if (!pushes) return;
  const Relation relation{.kind = RelationKind::Trigger,
                          .invocation = Invocation::Asynchronous,
                          .uncertainty = kHeuristic,
                          .declared_by = id,
                          .where = build.resource(id).name};
  relate_all(build, relation, ends(build, source.value(), kind, source.where(), Outside::Kept),
             ends(build, name.value(), ResourceKind::Function, name.where(), Outside::Dropped));
}

}  // namespace fnlint::stacks
