// A function takes at most five layers, extensions included: the deployment of a sixth fails.

#include "checks/list.h"
#include "checks/project_view.h"
#include "core/text.h"
#include "values/confidence.h"
#include "values/pool.h"

namespace fnlint {

namespace {

constexpr std::size_t kLayers = 5;  // AWS Lambda quotas

struct Count {
  std::size_t least = 0, most = 0;
};

// Entries that a condition may leave out count towards the most, not towards the least.
Count count_layers(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  Count count;
  if (row.kind == ValueKind::OneOf) {
    bool first = true;
    for (const ValueId one : pool.operands(value)) {
      const Count branch = count_layers(pool, one);
      count.least = first ? branch.least : std::min(count.least, branch.least);
      count.most = std::max(count.most, branch.most);
      first = false;
    }
    return count;
  }
  if (row.kind == ValueKind::Absent || row.kind == ValueKind::Null ||
      row.kind == ValueKind::Unknown)
    return count;
  if (row.kind != ValueKind::List) return {1, 1};
  for (const ValueId item : pool.operands(value)) {
    const Count one = count_layers(pool, item);
    count.least += one.least;
    count.most += one.most;
  }
  return count;
}

}  // namespace

void layer_too_many(const Project& project, const Settings&, Findings& findings) {
  const ValuePool& pool = *project.pool;
  for (const DeclaredFunction& function : project.stacks.functions) {
    const Property* layers = property_of(project, function.resource, "Layers");
    if (layers == nullptr) continue;
    const Value& value = pool[layers->value];
    if (value.kind != ValueKind::List && value.kind != ValueKind::OneOf) continue;
    const Count count = count_layers(pool, layers->value);
    if (count.most <= kLayers) continue;
    std::uint8_t evidence = value.evidence;
    if (count.least <= kLayers) evidence |= kConditional;
    Finding finding;
    finding.rule = "layer-too-many";
    finding.confidence = confidence_of(evidence);
    finding.function = name_of(project, function.resource);
    finding.message = cat("'", finding.function, "' has ", count.most,
                          " layers; a function takes at most ", kLayers, ".");
    finding.where = layers->key.file.exists() ? layers->key : layers->where;
    finding.identity = finding.function;
    findings.push_back(std::move(finding));
  }
}

}  // namespace fnlint
