// Indexes the run's parameters by name, and evaluates their values on demand.

#include "link/stacks/parameter_store.h"

#include "core/text.h"
#include "link/stacks/dialects.h"
#include "link/stacks/named_alike.h"
#include "values/whole_text.h"

#include <string>
#include <utility>

namespace fnlint::stacks {

// A parameter whose name is no literal.
struct StoredParameter {
  ValueId name = {};
  ScopeId scope = {};
  ExprClosure value = {};
};
// The run's own AWS::SSM::Parameter by their names, and the expressions of their values.
struct ParameterStore {
  Progress progress{};
  std::unordered_map<std::string_view, std::pair<ScopeId, ExprClosure>> by_name = {};
  std::vector<StoredParameter> built_names = {};
};

namespace {

// A property as the resource's tool spells it.
ExprClosure native_entry(const LinkContext& build, ResourceId id, std::string_view canonical) {
  const ResourceBuilder& draft = build.drafts[id.index];
  const Dialect& dialect = dialect_of(build, draft.text);
  const ExprClosure body = build.body(draft);
  if (dialect.renames != nullptr)
    for (const Rename& row : dialect.renames(build.pool[build.stacks[id].native_type]))
      if (row.canonical == canonical)
        if (const ExprClosure found = build.entry(body, row.native); found.exists()) return found;
  if (build.scopes[draft.scope.index].is_module()) return build.entry(body, lower(canonical));
  return build.entry(body, canonical);
}

void collect_parameter_store(LinkContext& build, ParameterStore& store) {
  store.progress = Progress::Begun;
  for (std::uint32_t i = 0; i < build.drafts.size(); ++i) {
    const ResourceBuilder& draft = build.drafts[i];
    if (build.stacks.resources[i].kind != ResourceKind::Parameter) continue;
    if (draft.declaration == nullptr || build.superseded(ResourceId{i})) continue;
    const ExprClosure name = native_entry(build, ResourceId{i}, "Name"),
                  value = native_entry(build, ResourceId{i}, "Value");
    if (!name.exists() || !value.exists()) continue;
    const ValueId text = value_of(build, draft.scope, name);
    if (build.pool.is(text, ValueKind::Text))
      store.by_name.emplace(build.pool.text(text), std::pair(draft.scope, value));
    else if (store.built_names.size() < kComparedExports)
      store.built_names.push_back({text, draft.scope, value});
  }
  store.progress = Progress::Done;
}

}  // namespace

ValueId parameter_store_value(LinkContext& build, std::string_view name) {
  return parameter_store_value(build, build.pool.text_value(name));
}

ValueId parameter_store_value(LinkContext& build, ValueId name) {
  ValuePool& pool = build.pool;
  ParameterStore& store = *build.parameter_store;
  if (store.progress == Progress::Untouched && build.declared)
    collect_parameter_store(build, store);
  const auto text = as_text(pool, name);
  const ValueId nothing = pool.hole(Origin::Outside, cat("ssm:", whole_words(pool, name)));
  if (build.depth > kNestingDepth) return nothing;
  // A parameter whose value leads back to itself comes to the depth's end.
  const auto found = text ? store.by_name.find(*text) : store.by_name.end();
  if (found != store.by_name.end())
    return pool.with_uncertainty(value_of(build, found->second.first, found->second.second),
                              pool[name].uncertainty);
  bool exact = false;
  const StoredParameter* alike = named_alike(build.pool, store.built_names, name, exact);
  if (alike == nullptr) return nothing;
  return pool.with_uncertainty(value_of(build, alike->scope, alike->value),
                            exact ? std::uint8_t{0} : std::uint8_t{kHeuristic});
}

}  // namespace fnlint::stacks
