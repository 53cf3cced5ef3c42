// What a property does where it is read: of an object that the function itself has made.

#include "flow/body_walk.h"

namespace fnlint {

namespace {

constexpr int kBases = 8;

// The property of that name, as the class or one of its bases has it; no id: none has.
ValueId property_of(Engine& engine, ProjectObject type, std::string_view name, int depth = 0) {
  const ValuePool& pool = engine.pool();
  const ValueId held = engine.class_value(type.module, type.type);
  const ValueId attributes = pool.operands(held).empty() ? ValueId{} : pool.operands(held)[0];
  for (std::size_t i = 0; attributes.exists() && i < pool.names(attributes).size(); ++i) {
    const ValueId one = pool.operands(attributes)[i];
    if (pool[pool.names(attributes)[i]] != name) continue;
    if (!pool.is(one, ValueKind::Function)) return {};
    const FunctionRef ref = unpack(pool[one].ref);
    const Function& function = engine.facts(ref.module).functions[ref.function.index];
    const bool is_read = function.parameters.count == 0;  // not what sets it
    return function.kind == FunctionKind::Accessor && is_read ? one : ValueId{};
  }
  const Slice<ExprId> bases = engine.facts(type.module).classes[type.type.index].bases;
  for (std::uint32_t i = 0; i < bases.count && depth < kBases; ++i) {
    const ValueId base = default_value(engine, {type.module, FunctionId{0}},
                                       engine.facts(type.module).bases[bases.first + i]);
    const ProjectObject parent = base.exists() ? project_object(pool, base) : ProjectObject{};
    if (parent.kind != ProjectObject::Kind::Class) continue;
    if (const ValueId found = property_of(engine, parent, name, depth + 1); found.exists())
      return found;
  }
  return {};
}

}  // namespace

// An object that outlives the call may remember what the property has given once.
void Body::take_property(ExprId id, ValueId base) {
  const ProjectObject object = project_object(pool_, base);
  const Expr& row = code_.exprs[id.index];
  if (object.kind != ProjectObject::Kind::Instance || place_of(ExprId{row.ref}, *state_).exists() ||
      has_origin(pool_, base, Origin::Global))
    return;
  const ValueId property = property_of(engine_, object, code_.string(row.name));
  if (!property.exists() || !property_exprs_.insert(id.index).second) return;
  std::vector<NamedValue> captures;
  for (std::size_t i = 0; i < pool_.operands(property).size(); ++i)
    captures.push_back({pool_.names(property)[i], pool_.operands(property)[i]});
  captures.push_back({pool_.string(kThis), base});
  Outcome outcome =
      engine_.call({.callee = pool_.function(pool_[property].ref, captures),
                    .arguments = pool_.record({}),
                    .places = pool_.record({}),
                    .at = {me_.module, current_.exists() ? current_ : function_.first},
                    .in_init = in_initialiser(),
                    .from = me_.function},
                   0);
  take_steps(outcome, *state_);
}

}  // namespace fnlint
