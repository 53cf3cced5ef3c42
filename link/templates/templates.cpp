// The order of the steps, from texts to finished stacks. Reading of this room begins here.

#include "link/templates/templates.h"

#include "core/limits.h"
#include "link/stacks/stack_build.h"
#include "link/stacks/stack_faults.h"
#include "link/stacks/stack_inputs.h"
#include "link/stacks/stack_relations.h"
#include "link/templates/duplicate_definitions.h"
#include "link/templates/outdated_outputs.h"
#include "link/templates/related_resources.h"
#include "link/templates/stack_functions.h"
#include "link/templates/stack_resources.h"
#include "link/templates/stack_scopes.h"
#include "link/templates/unknown_types.h"
#include "link/terraform/terraform.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace fnlint {

namespace {

using stacks::LinkContext;
using stacks::TextId;

// Sources in the order of their paths, whatever order they came in.
std::vector<const TemplateSource*> ordered(std::span<const TemplateSource> sources) {
  std::vector<const TemplateSource*> all;
  for (const TemplateSource& source : sources)
    if (source.facts != nullptr) all.push_back(&source);
  std::ranges::sort(all, [](const TemplateSource* a, const TemplateSource* b) {
    return std::tie(a->path, a->fragment, a->has_section, a->section, a->file) <
           std::tie(b->path, b->fragment, b->has_section, b->section, b->file);
  });
  return all;
}

using LeftOut = std::set<const TemplateSource*>;

void read_sources(LinkContext& build, std::span<const TemplateSource> sources,
                  const LeftOut& left_out) {
  for (const TemplateSource* source : ordered(sources)) {
    if (left_out.contains(source)) continue;
    const TextId id{static_cast<std::uint32_t>(build.texts.size())};
    const TemplateFacts& facts = *source->facts;
    build.texts.push_back(
        {.source = source, .tables = {facts.exprs, facts.operands, facts.text, facts.strings}});
    if (source->variable)
      build.fragments.emplace(stacks::variable_key(source->path), id);
    else if (source->fragment)
      build.fragments.emplace(
          stacks::fragment_key(source->path, source->has_section, source->section), id);
    else
      build.templates.emplace(source->path, id);
    stacks::collect_comparisons(build, id);
  }
}

// Rows in the order in which they stand in their files.
template <class Row>
void sort_by_place(std::vector<Row>& rows) {
  std::ranges::stable_sort(rows, {}, &Row::where);
}

void locate(LinkContext& build, std::span<const TemplateSource> sources, const LeftOut& left_out) {
  read_sources(build, sources, left_out);
  build.nodes_left = kExpandedNodes;
  stacks::declare_stacks(build);
  stacks::locate_resources(build);
}

Stacks finished(LinkContext& build) {
  stacks::place_in_sources(build);
  stacks::relate_resources(build);
  stacks::declare_functions(build);
  stacks::tell_unknown_types(build);
  stacks::judge_policies(build);
  stacks::judge_keys(build);
  stacks::judge_routes(build);
  stacks::judge_inputs(build);
  stacks::judge_providers(build);
  stacks::read_dependencies(build);
  stacks::judge_names(build);
  build.stacks.function_rows.assign(build.stacks.resources.size(), UINT32_MAX);
  for (std::uint32_t row = 0; row < build.stacks.functions.size(); ++row)
    build.stacks.function_rows[build.stacks.functions[row].resource.index] = row;
  sort_by_place(build.stacks.problems);
  sort_by_place(build.stacks.unresolved);
  sort_by_place(build.stacks.faults);
  return std::move(build.stacks);
}

}  // namespace

Stacks link_templates(ValuePool& pool, std::span<const TemplateSource> sources,
                      const TemplateParameters& parameters, BuildFacts& builds) {
  LinkContext build(pool, parameters, builds);
  locate(build, sources, {});
  const std::vector<stacks::OutdatedOutput> outdated = stacks::outdated_outputs(build);
  if (outdated.empty()) return finished(build);
  // Everything is as if these were not there.
  LeftOut left_out;
  for (const stacks::OutdatedOutput& one : outdated) left_out.insert(build[one.text].source);
  LinkContext without(pool, parameters, builds);
  locate(without, sources, left_out);
  for (const stacks::OutdatedOutput& one : outdated) without.problem(one.where, one.message);
  return finished(without);
}

}  // namespace fnlint
