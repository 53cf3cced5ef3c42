#include "link/stack_exchange.h"

#include "core/text.h"
#include "link/arn.h"
#include "link/dialects.h"
#include "link/stack_conditions.h"

#include <algorithm>
#include <string>
#include <vector>

namespace fnlint::stacks {

namespace {

constexpr std::size_t kComparedExports = 256;

const NamedExpr* output_row(const Build& build, const Scope& scope, std::string_view name,
                            RowAt& at) {
  const auto found = scope.outputs.find(name);
  if (found == scope.outputs.end()) return nullptr;
  at = found->second;
  return &build.facts(at.text).outputs[at.row];
}

// Is this output made at all?
bool is_made(Build& build, ScopeId scope, const RowAt& at) {
  const TemplateFacts& facts = build.facts(at.text);
  const NamedExpr& row = facts.outputs[at.row];
  if (!row.condition.exists()) return true;
  const Condition& condition =
      condition_named(build, scope, facts.string(row.condition), build.span(at.text, row.where));
  return condition.decided.value_or(true);
}

// Outputs in the order of their texts and rows.
std::vector<std::pair<std::string_view, RowAt>> ordered_outputs(const Scope& scope) {
  std::vector<std::pair<std::string_view, RowAt>> rows(scope.outputs.begin(), scope.outputs.end());
  std::ranges::sort(rows, [](const auto& a, const auto& b) {
    return std::pair(a.second.text, a.second.row) < std::pair(b.second.text, b.second.row);
  });
  return rows;
}

void collect_exports(Build& build) {
  build.exports_progress = Progress::Begun;
  for (std::uint32_t i = 0; i < build.scopes.size(); ++i) {
    if (build.scopes[i].superseded) continue;
    for (const auto& [name, at] : ordered_outputs(build.scopes[i])) {
      const NamedExpr& row = build.facts(at.text).outputs[at.row];
      if (!row.export_name.exists() || !is_made(build, ScopeId{i}, at)) continue;
      const ValueId exported = value_of(build, ScopeId{i}, {at.text, row.export_name, at.bindings});
      build.exports.push_back({exported, ScopeId{i}, name});
    }
  }
  build.exports_progress = Progress::Done;
}

// Of each alternative, sorted: a parameter with a few allowed values makes a name of each.
std::vector<std::string> skeletons_of(const ValuePool& pool, ValueId name) {
  if (!pool.is(name, ValueKind::OneOf)) return {skeleton_of(pool, name)};
  std::vector<std::string> skeletons;
  for (const ValueId one : pool.operands(name)) skeletons.push_back(skeleton_of(pool, one));
  std::ranges::sort(skeletons);
  skeletons.erase(std::ranges::unique(skeletons).begin(), skeletons.end());
  return skeletons;
}

// The row that a name means, and whether that is sure. Names are usually built from something of
// the deployment, which whoever asks gets as a parameter.
template <class Row>
const Row* named_alike(Build& build, const std::vector<Row>& rows, ValueId name, bool& exact) {
  const ValueId plain = build.pool.plain(name);
  exact = true;
  for (const Row& row : rows)
    if (build.pool.plain(row.name) == plain && build.pool.identified(row.name)) return &row;
  exact = false;
  const std::vector<std::string> wanted = skeletons_of(build.pool, name);
  const Row* found = nullptr;
  if (std::ranges::find(wanted, std::string_view(&kSkeletonHole, 1)) != wanted.end() ||
      rows.size() > kComparedExports)
    return nullptr;
  for (const Row& row : rows) {
    const bool alike = skeletons_of(build.pool, row.name) == wanted ||
                       (as_text(build.pool, name) && build.pool.is(row.name, ValueKind::Pattern) &&
                        equal(build.pool, name, row.name) == Answer::Unknown);
    if (!alike) continue;
    if (found != nullptr) return nullptr;
    found = &row;
  }
  return found;
}

// A property as the resource's tool spells it.
Written native_entry(const Build& build, ResourceId id, std::string_view canonical) {
  const Draft& draft = build.drafts[id.index];
  const Dialect& dialect = dialect_of(build, draft.text);
  const Written body = build.body(draft);
  if (dialect.renames != nullptr)
    for (const Rename& row : dialect.renames(build.pool[build.stacks[id].native_type]))
      if (row.canonical == canonical)
        if (const Written found = build.entry(body, row.native); found.exists()) return found;
  if (build.scopes[draft.scope.index].module) return build.entry(body, lower(canonical));
  return build.entry(body, canonical);
}

void collect_parameter_store(Build& build) {
  build.store_progress = Progress::Begun;
  for (std::uint32_t i = 0; i < build.drafts.size(); ++i) {
    const Draft& draft = build.drafts[i];
    if (build.stacks.resources[i].kind != ResourceKind::Parameter) continue;
    if (draft.declaration == nullptr || build.superseded(ResourceId{i})) continue;
    const Written name = native_entry(build, ResourceId{i}, "Name"),
                  value = native_entry(build, ResourceId{i}, "Value");
    if (!name.exists() || !value.exists()) continue;
    const ValueId text = value_of(build, draft.scope, name);
    if (build.pool.is(text, ValueKind::Text))
      build.store.emplace(build.pool.text(text), std::pair(draft.scope, value));
    else if (build.built_names.size() < kComparedExports)
      build.built_names.push_back({text, draft.scope, value});
  }
  build.store_progress = Progress::Done;
}

}  // namespace

ValueId output_value(Build& build, ScopeId id, std::string_view output) {
  Scope& scope = build[id];
  RowAt at;
  const NamedExpr* row = output_row(build, scope, output, at);
  if (row == nullptr) return build.pool.unknown(cat("the nested stack has no output ", output));
  const std::string_view key = scope.outputs.find(output)->first;
  if (const auto known = scope.output_values.find(key); known != scope.output_values.end())
    return known->second;
  // Stands while it is evaluated, for an output that leads back to itself.
  scope.output_values[key] = build.pool.unknown(cat("the output ", output, " depends on itself"));
  ValueId value = build.pool.absent();
  if (is_made(build, id, at)) value = value_of(build, id, {at.text, row->value, at.bindings});
  scope.output_values[key] = value;
  return value;
}

ValueId imported_value(Build& build, ValueId name, Span where) {
  if (build.exports_progress == Progress::Untouched && build.declared) collect_exports(build);
  bool exact = false;
  const Export* found = named_alike(build, build.exports, name, exact);
  if (found != nullptr) {
    const ValueId value = output_value(build, found->scope, found->output);
    return exact ? value : build.pool.with_evidence(value, kHeuristic);
  }
  const std::string words = describe(build.pool, name);
  build.unresolved(UnresolvedKind::Import, cat("no stack of this run exports ", words), where);
  return build.pool.hole(Origin::Outside, cat("import:", words));
}

ValueId stack_output(Build& build, ScopeId asking, std::string_view stack,
                     std::string_view output) {
  ScopeId found;
  bool several = false;
  for (std::uint32_t i = 0; i < build.scopes.size() && build.declared; ++i) {
    const Scope& scope = build.scopes[i];
    if (scope.superseded || scope.parent.exists() || ScopeId{i} == asking) continue;
    if (!scope.outputs.contains(output)) continue;
    several = several || found.exists();
    found = ScopeId{i};
  }
  if (!found.exists() || several)
    return build.pool.hole(Origin::Outside, cat("stack:", stack, ".", output));
  return build.pool.with_evidence(output_value(build, found, output), kHeuristic);
}

ValueId parameter_store_value(Build& build, std::string_view name) {
  return parameter_store_value(build, build.pool.text_value(name));
}

ValueId parameter_store_value(Build& build, ValueId name) {
  ValuePool& pool = build.pool;
  if (build.store_progress == Progress::Untouched && build.declared) collect_parameter_store(build);
  const auto text = as_text(pool, name);
  const ValueId nothing =
      pool.hole(Origin::Outside, cat("ssm:", text ? std::string(*text) : describe(pool, name)));
  if (build.depth > kNestingDepth) return nothing;
  // A parameter whose value leads back to itself comes to the depth's end.
  const auto found = text ? build.store.find(*text) : build.store.end();
  if (found != build.store.end())
    return pool.with_evidence(value_of(build, found->second.first, found->second.second),
                              pool[name].evidence);
  bool exact = false;
  const StoredParameter* alike = named_alike(build, build.built_names, name, exact);
  if (alike == nullptr) return nothing;
  return pool.with_evidence(value_of(build, alike->scope, alike->value),
                            exact ? std::uint8_t{0} : std::uint8_t{kHeuristic});
}

}  // namespace fnlint::stacks
