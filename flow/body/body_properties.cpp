// What a property does where it is read.

#include "flow/body/body_walk.h"

#include <algorithm>

namespace fnlint {

namespace {

// The property of that name, as the class or one of its bases has it; no id: none has.
ValueId property_of(Engine& engine, ProjectObject type, std::string_view name) {
  const ValuePool& pool = engine.pool();
  const ValueId found = engine.written_member(type, name);
  if (!found.exists() || !pool.is(found, ValueKind::Function)) return {};
  const FunctionRef ref = unpack(pool[found].ref);
  const Function& function = engine.facts(ref.module).functions[ref.function.index];
  const bool is_read = function.parameters.count == 0;  // not what sets it
  return function.kind == FunctionKind::Accessor && is_read ? found : ValueId{};
}

// Properties of such a module may remember what they gave once.
bool may_remember(const CodeFacts& code) {
  return std::ranges::any_of(code.imports, [&](const Import& row) {
    return code.string(row.name) == "cached_property" || code.string(row.module) == "functools";
  });
}

}  // namespace

void Body::take_property(ExprId id, ValueId base) {
  const ProjectObject object = project_object(pool_, base);
  const bool is_static =
      object.kind == ProjectObject::Kind::Class && code_.language != Language::Python;
  if (object.kind != ProjectObject::Kind::Instance && !is_static) return;
  const Expr& row = code_.exprs[id.index];
  const ValueId property = property_of(engine_, object, code_.string(row.name));
  if (!property.exists() || property_exprs_.contains(id.index)) return;
  const ValueId place = place_of(ExprId{row.ref}, *state_);
  const bool outlives = place.exists() || has_origin(pool_, base, Origin::Global);
  if (outlives && may_remember(engine_.facts(unpack(pool_[property].ref).module))) return;
  property_exprs_.insert(id.index);
  std::vector<NamedValue> captures;
  for (std::size_t i = 0; i < pool_.operands(property).size(); ++i)
    captures.push_back({pool_.names(property)[i], pool_.operands(property)[i]});
  captures.push_back({pool_.string(kThis), base});
  Outcome outcome =
      engine_.call({.callee = pool_.function(pool_[property].ref, captures),
                    .arguments = pool_.record({}),
                    .places = pool_.record({}),
                    .receiver_place = place,
                    .at = {me_.module, current_.exists() ? current_ : function_.first},
                    .in_init = in_initialiser(),
                    .from = me_.function},
                   0);
  take_steps(outcome, *state_);
}

}  // namespace fnlint
