// The object whose method is the handler: its fields as init and its methods leave them.
#include "flow/engine/handler_objects.h"

#include "core/text.h"
#include "flow/engine/handler_place.h"
#include "flow/state/havoc.h"
#include "model/hole_at.h"

#include <array>
#include <set>

namespace fnlint {

const HandlerObject& HandlerObjects::of(ModuleId module, ClassId class_id) {
  const ProjectObject type{ProjectObject::Kind::Class, module, class_id};
  const auto known = made_.find(key_of(type));
  if (known != made_.end()) return known->second;
  HandlerObject made;
  const CodeFacts& code = base_.program.facts(module);
  made.place = base_.pool.hole(Origin::Global, code.string(code.classes[class_id.index].name),
                               key_of(type) | kHandlerPlace);
  loader_.load(module);
  CallResult outcome = constructed(module, class_id, made);
  for (Step& step : outcome.steps) {
    step.flags |= kInInit;
    made.steps.push_back(std::move(step));
  }
  made.instance = with_left_fields(type, outcome.value, made.place);
  return made_[key_of(type)] = std::move(made);
}

CallResult HandlerObjects::constructed(ModuleId module, ClassId type, HandlerObject& made) {
  CallInput invocation;
  invocation.callee = analysis_.class_value(module, type);
  invocation.arguments = base_.pool.record({});
  invocation.in_init = true;
  Missed outer = base_.context.exchange_missed({});
  const ModuleId outer_module = base_.context.initialise(module);
  CallResult outcome = analysis_.call(invocation, 1);
  base_.context.initialise(outer_module);
  Missed missed = base_.context.exchange_missed(std::move(outer));
  base_.context.note_cut(missed.cuts);
  made.unfollowed = std::move(missed.unfollowed);
  return outcome;
}

// Fields that methods assign hold what an earlier invocation left there as well as what they began
// with; `place` is what both are called.
ValueId HandlerObjects::with_left_fields(ProjectObject type, ValueId instance, ValueId place) {
  ValuePool& pool = base_.pool;
  const ValueId old =
      pool.operands(instance).empty() ? pool.record({}, true) : pool.operands(instance)[0];
  std::vector<NamedValue> fields;
  for (std::size_t i = 0; i < pool.operands(old).size(); ++i)
    fields.push_back({pool.names(old)[i], pool.operands(old)[i]});
  const auto reassign = [&](std::string_view name, TypeId declared_type) {
    const std::array<ValueId, 2> operands{place, pool.text_value(name)};
    const ValueId later = pool.computed(Opcode::Member, operands);
    std::vector<Alternative> alternatives;
    for (const NamedValue& field : fields)
      if (pool[field.name] == name) alternatives.push_back({havocked(pool, field.value), {}});
    if (alternatives.empty()) alternatives.push_back({pool.null(), {}});
    if (const ValueId declared = types_.typed(type.module, declared_type); declared.exists())
      alternatives.push_back({declared, {}});
    alternatives.push_back({later, {}});
    fields.push_back({pool.string(name), pool.one_of(alternatives)});
  };
  const CodeFacts& code = base_.program.facts(type.module);
  const Class& row = code.classes[type.type.index];
  for (std::uint32_t i = 0; i < row.fields.count; ++i) {
    const Field& field = code.fields[row.fields.first + i];
    const std::set<std::string>& assigned = base_.index.assigned_members(type.module);
    const std::string_view name = code.string(field.name);
    if (field.is_static == 0 && (assigned.contains(cat(type.type.index, ':', name)) ||
                                 assigned.contains(cat(type.type.index, ":[]", name))))
      reassign(name, field.type);
  }
  const ValueId record = pool.record(fields, true);
  return pool.object(pool[instance].ref, pool.text(instance), std::span(&record, 1));
}

}  // namespace fnlint
