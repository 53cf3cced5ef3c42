// A layer is unpacked into /opt, and a runtime looks for modules in folders of its own there:
// python/, nodejs/node_modules/. What lies beside them is not found.

#include "checks/layer/rules.h"
#include "checks/package/package_view.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/packages.h"
#include "values/environment_block.h"
#include "values/properties.h"

#include <algorithm>

namespace fnlint {

namespace {

std::string_view folder_of_modules(Registry registry) {
  return registry == Registry::Python ? "python/" : "nodejs/node_modules/";
}

bool has_name(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// Somewhere that the runtime looks, or may look.
bool is_found_elsewhere(const LambdaFunction& function, Registry registry, std::string_view name) {
  const auto brings_it = [&](const Package& package, bool layer) {
    if (!layer && has_name(package.modules, name)) return true;
    return std::ranges::any_of(package.dependencies, [&](const PackagedDependency& row) {
      return row.registry == registry && !row.off_path &&
             brings(registry, row.name, name).value_or(true);
    });
  };
  if (brings_it(*function.package, false)) return true;
  return std::ranges::any_of(function.layers, [&](const LayerUse& layer) {
    return !layer.package || brings_it(*layer.package, true) ||
           (has_name(layer.package->modules, name) && !has_name(layer.package->misplaced, name));
  });
}

// Variables and code by which other folders are looked into.
bool has_own_path(const Project& project, const LambdaFunction& function) {
  const EnvironmentBlock block =
      environment_block(*project.pool, project.stacks, function.resource);
  if (!block.known) return true;
  return std::ranges::any_of(
             block.named,
             [](std::string_view name) { return name == "PYTHONPATH" || name == "NODE_PATH"; }) ||
         std::ranges::any_of(function.libraries->rows, [](const LibraryImport& row) {
           return row.module == "sys" || row.module == "site" || row.module == "module";
         });
}

const DeclaredLayer* declared_layer(const Project& project, ResourceId layer) {
  for (const DeclaredLayer& row : project.stacks.layers)
    if (row.resource == layer) return &row;
  return nullptr;
}

// Where the template says what the layer holds.
Span content_place(const Project& project, ResourceId layer) {
  for (const std::string_view path : {"Content", "ContentUri"})
    if (const Property* const property = property_of(project, layer, path);
        property != nullptr && property->where.file.exists())
      return anchor_of(*property);
  return project.stacks[layer].name;
}

// A module that may lie in a layer: of a library, or of the project's own.
struct NamedModule {
  std::string_view module = {};
  bool at_init = false, optional = false;
  Span where = {};
};

std::vector<NamedModule> imported(const CodeImports& imports) {
  std::vector<NamedModule> all;
  for (const LibraryImport& row : imports.rows)
    all.push_back({row.module, row.at_init, row.optional, row.where});
  for (const OwnImport& row : imports.own)
    if (!row.module.starts_with('.') && !row.module.starts_with('/'))
      all.push_back({row.module, row.at_init, row.optional, row.where});
  return all;
}

void check_layer(const Project& project, const LambdaFunction& function, const LayerUse& layer,
                 Registry registry, Findings& findings) {
  const DeclaredLayer* const row = declared_layer(project, layer.layer);
  // A build puts what it makes where it belongs.
  if (row == nullptr || !layer.package || (row->code.built && !row->code.build_method.empty()))
    return;
  for (const NamedModule& import : imported(*function.libraries)) {
    const std::string name = package_of_import(registry, import.module);
    if (import.optional || !has_name(layer.package->misplaced, name) ||
        is_standard_module(registry, name) || is_found_elsewhere(function, registry, name))
      continue;
    const std::string shown = name_of(project, layer.layer);
    findings.push_back(
        FindingBuilder("layer-wrong-layout", function.package->complete && import.at_init
                                                 ? Confidence::Certain
                                                 : Confidence::Likely)
            .about(function)
            .at(content_place(project, layer.layer))
            .says("'", function.name, "' imports '", name, "', which the layer '", shown,
                  "' has outside of ", folder_of_modules(registry),
                  ": the runtime does not find it.")
            .identified(shown, ':', name)
            .related(import.where, "'", name, "' is imported here.")
            .caused_by({.key = cat("layer ", layer.layer.index), .subject = name, .apart = 1}));
    return;
  }
}

}  // namespace

void layer_layout(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions) {
    const auto registry = registry_of_runtime(function);
    if (!registry || !function.libraries || function.libraries->rewritten || !function.package ||
        function.layers.empty() || has_own_path(project, function))
      continue;
    for (const LayerUse& layer : function.layers)
      check_layer(project, function, layer, *registry, findings);
  }
}

}  // namespace fnlint
