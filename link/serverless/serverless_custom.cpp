#include "core/text.h"
#include "link/cloudformation/cloudformation_relations.h"
#include "link/stacks/stack_properties.h"

#include <array>

// The custom resources of the Serverless Framework, for what CloudFormation cannot change: buckets
// and user pools that are there already. They stand in its compiled templates too.
namespace fnlint::stacks {

namespace {

std::vector<End> named_function(LinkContext& build, ResourceId id) {
  const Node name = build.draft(id).properties["FunctionName"];
  return ends(build, name.value(), ResourceKind::Function, name.where(), Outside::Kept);
}

}  // namespace

void relate_existing_bucket(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  const Node bucket = properties["BucketName"];
  const auto buckets =
      ends(build, bucket.value(), ResourceKind::Bucket, bucket.where(), Outside::Kept);
  if (buckets.empty()) note_source(build, bucket.value(), bucket.where(), {});
  const auto functions = named_function(build, id);
  for (const Node& item : properties["BucketConfigs"].children()) {
    const Node event = item["Event"];
    ValueId prefix, suffix;
    for (const Node& rule : item["Rules"].children()) {
      if (const Node value = rule["Prefix"]) prefix = value.value();
      if (const Node value = rule["Suffix"]) suffix = value.value();
    }
    const ValueId events = event ? build.pool.list(std::array{event.value()}) : ValueId{};
    const std::array<std::pair<std::string_view, ValueId>, 3> entries{
        {{"events", events}, {"prefix", prefix}, {"suffix", suffix}}};
    const Relation relation{.kind = RelationKind::Trigger,
                            .invocation = Invocation::Asynchronous,
                            .declared_by = id,
                            .filter = filter_record(build.pool, entries),
                            .when = item.when(),
                            .where = bucket ? bucket.where() : item.where(),
                            .filter_where = item["Rules"].where()};
    relate_all(build, relation, buckets, functions);
  }
}

void relate_existing_user_pool(LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  const Node pool = properties["UserPoolName"];
  const auto pools =
      ends(build, pool.value(), ResourceKind::UserPool, pool.where(), Outside::Kept);
  const auto functions = named_function(build, id);
  for (const Node& item : properties["UserPoolConfigs"].children()) {
    const Relation relation{.kind = RelationKind::Trigger,
                            .invocation = Invocation::Synchronous,
                            .declared_by = id,
                            .when = item.when(),
                            .where = item["Trigger"] ? item["Trigger"].where() : item.where()};
    relate_all(build, relation, pools, functions);
  }
}

}  // namespace fnlint::stacks
