// A function takes at most five layers, extensions included: the deployment of a sixth fails.

#include "checks/layer/rules.h"
#include "checks/view/branches.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/limits.h"
#include "core/text.h"
#include "tables/quotas.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

struct LayerCase {
  std::size_t layers = 0;
  std::size_t decisions = 0;  // conditions of their own, each of which adds layers
  std::vector<Test> tests = {};
};

// A list within a list adds its entries; what is left out, and what is not known, counts nothing.
std::vector<LayerCase> branches_of(const ValuePool& pool, ValueId value, const LayerCase& before) {
  const Value& row = pool[value];
  std::vector<LayerCase> branches;
  if (row.kind == ValueKind::OneOf) {
    for (std::size_t i = 0; i < pool.operands(value).size(); ++i) {
      const auto tests = both(before.tests, tests_of(pool, pool.guards(value)[i]));
      if (!tests) continue;
      const LayerCase taken{before.layers, before.decisions, *tests};
      for (LayerCase& branch : branches_of(pool, pool.operands(value)[i], taken)) {
        if (branch.layers > before.layers && *tests != before.tests) ++branch.decisions;
        if (branches.size() < kComparedPairs) branches.push_back(std::move(branch));
      }
    }
    return branches;
  }
  branches.push_back(before);
  if (row.kind == ValueKind::List) {
    for (const ValueId item : pool.operands(value)) {
      std::vector<LayerCase> longer;
      for (const LayerCase& branch : branches)
        for (LayerCase& next : branches_of(pool, item, branch))
          if (longer.size() < kComparedPairs) longer.push_back(std::move(next));
      branches = std::move(longer);
    }
  } else if (row.kind != ValueKind::Absent && row.kind != ValueKind::Null &&
             row.kind != ValueKind::Unknown) {
    ++branches.front().layers;
  }
  return branches;
}

}  // namespace

void layer_too_many(const Project& project, const Settings&, Findings& findings) {
  const ValuePool& pool = *project.pool;
  const auto allowed = static_cast<std::size_t>(quotas().layers);
  for (const DeclaredFunction& function : project.stacks.functions) {
    const Property* layers = property_of(project, function.resource, "Layers");
    if (layers == nullptr) continue;
    const Value& value = pool[layers->value];
    if (value.kind != ValueKind::List && value.kind != ValueKind::OneOf) continue;
    std::vector<LayerCase> above = branches_of(pool, layers->value, {});
    const std::size_t branches = above.size();
    std::erase_if(above, [&](const LayerCase& branch) { return branch.layers <= allowed; });
    if (above.empty()) continue;
    const std::size_t most = std::ranges::max_element(above, {}, &LayerCase::layers)->layers;
    std::uint8_t uncertainty = value.uncertainty;
    if (above.size() < branches) uncertainty |= kConditional;
    // That several parameters are all set so is a deployment of which nothing is known.
    const auto likeliest = std::ranges::min_element(above, {}, &LayerCase::decisions);
    if (above.size() < branches && likeliest->decisions > 1) uncertainty |= kUncertain;
    const std::string name = name_of(project, function.resource);
    findings.push_back(FindingBuilder("layer-too-many", uncertainty)
                           .about(name)
                           .at(layers->key.file.exists() ? layers->key : layers->where)
                           .says("'", name, "' has ", most, " layers; a function can have at most ",
                                 allowed, "."));
  }
}

}  // namespace fnlint
