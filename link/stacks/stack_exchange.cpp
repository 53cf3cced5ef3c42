// Exports, imports and outputs, evaluated on demand; one that leads back to itself is unknown.

#include "link/stacks/stack_exchange.h"

#include "core/text.h"
#include "link/stacks/dialects.h"
#include "link/stacks/named_alike.h"
#include "link/stacks/stack_conditions.h"
#include "values/whole_text.h"

#include <algorithm>
#include <string>
#include <vector>

namespace fnlint::stacks {

struct Export {
  ValueId name = {};
  ScopeId scope = {};
  std::string_view output = {};
};
struct StackExports {
  Progress progress{};
  std::vector<Export> rows = {};
};

namespace {

const NamedExpr* output_row(const LinkContext& build, const Scope& scope, std::string_view name,
                            RowAt& at) {
  const auto found = scope.outputs.find(name);
  if (found == scope.outputs.end()) return nullptr;
  at = found->second;
  return &build.facts(at.text).outputs[at.row];
}

// Is this output made at all?
bool is_made(LinkContext& build, ScopeId scope, const RowAt& at) {
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

void collect_exports(LinkContext& build, StackExports& exports) {
  exports.progress = Progress::Begun;
  for (std::uint32_t i = 0; i < build.scopes.size(); ++i) {
    if (build.scopes[i].superseded) continue;
    for (const auto& [name, at] : ordered_outputs(build.scopes[i])) {
      const NamedExpr& row = build.facts(at.text).outputs[at.row];
      if (!row.export_name.exists() || !is_made(build, ScopeId{i}, at)) continue;
      const ValueId exported = value_of(build, ScopeId{i}, {at.text, row.export_name, at.bindings});
      exports.rows.push_back({exported, ScopeId{i}, name});
    }
  }
  exports.progress = Progress::Done;
}

}  // namespace

ValueId output_value(LinkContext& build, ScopeId id, std::string_view output) {
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

ValueId imported_value(LinkContext& build, ValueId name, Span where) {
  StackExports& exports = *build.exports;
  if (exports.progress == Progress::Untouched && build.declared) collect_exports(build, exports);
  bool exact = false;
  const Export* found = named_alike(build.pool, exports.rows, name, exact);
  if (found != nullptr) {
    const ValueId value = output_value(build, found->scope, found->output);
    return exact ? value : build.pool.with_uncertainty(value, kHeuristic);
  }
  build.unresolved(UnresolvedKind::Import,
                   cat("no stack of this run exports ", describe(build.pool, name)), where);
  return build.pool.hole(Origin::Outside, cat("import:", whole_words(build.pool, name)));
}

ValueId stack_output(LinkContext& build, ScopeId asking, std::string_view stack,
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
  return build.pool.with_uncertainty(output_value(build, found, output), kHeuristic);
}

}  // namespace fnlint::stacks
