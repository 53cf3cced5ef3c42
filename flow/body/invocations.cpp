// A call's arguments as it is given them, and what is called.
#include "flow/body/invocations.h"

#include "core/text.h"
#include "flow/state/named_entry.h"
#include "model/language_traits.h"
#include "values/where.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace fnlint {

namespace {

// The named arguments of `f(**options)`. Where ways have given the options different entries, each
// entry is what any of them gave it. Nothing: no record, or one that may have more.
std::vector<NamedValue> entries_of_splat(ValuePool& pool, ValueId options) {
  const bool is_choice = pool.is(options, ValueKind::OneOf);
  const std::span<const ValueId> given = pool.operands(options);
  const std::vector<ValueId> ways =
      is_choice ? std::vector(given.begin(), given.end()) : std::vector{options};
  const bool are_records = std::ranges::all_of(ways, [&](ValueId way) {
    const ValueId record = bare(pool, way);
    return pool.is(record, ValueKind::Record) && (!is_choice || pool[record].ref == 0);
  });
  std::vector<NamedValue> entries;
  if (!are_records) return entries;
  for (const ValueId way : ways)
    for (const StringId name : pool.names(bare(pool, way)))
      if (std::ranges::find(entries, name, &NamedValue::name) == entries.end())
        entries.push_back({name, {}});
  for (NamedValue& entry : entries)
    for (const ValueId way : ways) {
      ValueId here = named_entry(pool, bare(pool, way), pool[entry.name]);
      if (here.exists() && is_where(pool, way))
        here = where(pool, here, pool.operands(way).subspan(1));
      entry.value = pool.join(entry.value, here.exists() ? here : pool.absent());
    }
  return entries;
}

}  // namespace

CallInput Invocations::invocation_of(const Call& row, OpId op, BodyState& state) {
  Arguments given;
  const ExprId merged = merged_argument(row);
  for (const Operand& operand : code_.operands_of(row.arguments))
    add_argument(operand, merged, given, state);
  const ValueId callee_value = scope_.with_captures_now(callee_of(row.callee, state), state);
  const Value& called = pool_[callee_value];
  const bool is_function =
      called.kind == ValueKind::Function ||
      (called.kind == ValueKind::Hole && called.origin == Origin::Library);
  if (is_function)
    for (NamedValue& argument : given.values)
      argument.value = values_.overlay_writes(argument.value, state);
  CallInput invocation{.callee = callee_value,
                       .arguments = pool_.record(given.values),
                       .places = pool_.record(given.places),
                       .receiver_place = {},
                       .mode = row.mode,
                       .at = {scope_.me.module, op},
                       .in_init = scope_.in_initialiser()};
  const Expr& callee = code_.exprs[row.callee.index];
  if (callee.kind == ExprKind::Member) {
    invocation.receiver_place = places_.receiver_place(callee, state);
  }
  invocation.from = scope_.me.function;
  lent_.add_own_places(row, given.without, invocation, state);
  return invocation;
}

// A function or class that a member holds is called itself; any other member is a method of its
// base.
ValueId Invocations::callee_of(ExprId callee, BodyState& state) {
  const auto [value, called_on] = values_.evaluate_callee(callee, state);
  const Expr& row = code_.exprs[callee.index];
  if (row.kind != ExprKind::Member) return value;
  if (pool_[value].kind == ValueKind::Function)
    return engine_.members().bound_to_record(value, called_on);
  if (project_object(pool_, value).kind == ProjectObject::Kind::Class) return value;
  const Value& receiver = pool_[called_on];
  if (receiver.kind == ValueKind::Hole && receiver.origin == Origin::Library)
    return value;  // a module's function
  const std::string_view name = code_.string(row.name);
  const LibraryModel* model = find_library_model(code_.language, cat("*.", name));
  const bool is_form =
      model != nullptr && !model->computes.empty() && model->of.starts_with("receiver");
  return method_value(pool_, is_form ? values_.overlay_writes(called_on, state) : called_on,
                      pool_.text_value(name));
}

// `Object.assign(context, more)`: what more is put into; no id: it is another call.
ExprId Invocations::merged_argument(const Call& row) const {
  const Expr& callee = code_.exprs[row.callee.index];
  if (callee.kind != ExprKind::Member || row.arguments.count < 2) return {};
  const Expr& base = code_.exprs[callee.ref];
  if (base.kind != ExprKind::Variable) return {};
  const std::string path =
      cat(code_.string(code_.variables[base.ref].name), '.', code_.string(callee.name));
  const LibraryModel* library = find_library_model(code_.language, path);
  const bool merges =
      library != nullptr && library->store == StoreHow::Merge && library->into == "0";
  return merges ? code_.operands_of(row.arguments)[0].value : ExprId{};
}

void Invocations::add_argument(const Operand& operand, ExprId merged, Arguments& arguments,
                               BodyState& state) {
  const ValueId value = values_.evaluate_unread(operand.value, merged, state);
  if (operand.spread != 0) return add_spread(value, operand.spread, arguments);
  const StringId name = operand.name.exists()
                            ? pool_.string(code_.string(operand.name))
                            : pool_.string(std::to_string(arguments.position++));
  arguments.values.push_back({name, value});
  if (const ValueId place = places_.location_of(operand.value, state); place.exists())
    arguments.places.push_back({name, place});
  else
    arguments.without.emplace_back(name, operand.value);
}

// `f(*list)`: 1; `f(**options)`: 2.
void Invocations::add_spread(ValueId value, std::uint32_t spread, Arguments& arguments) const {
  const Value row = pool_[value];
  if (spread == 1 && row.kind == ValueKind::List && row.ref == 0) {
    const std::vector<ValueId> items(pool_.operands(value).begin(), pool_.operands(value).end());
    for (const ValueId item : items)
      arguments.values.push_back({pool_.string(std::to_string(arguments.position++)), item});
  } else if (spread == 1) {
    arguments.values.push_back({pool_.string("*"), value});
  } else {
    const bool is_record = row.kind == ValueKind::Record, is_open = row.ref == 1;
    const std::vector<NamedValue> entries = entries_of_splat(pool_, value);
    arguments.values.insert(arguments.values.end(), entries.begin(), entries.end());
    if (is_record ? is_open : entries.empty())
      arguments.values.push_back({pool_.string("**"), value});
  }
}

ValueId Invocations::attribute_set(const Call& row, const CallInput& invocation,
                                   const BodyState& state) const {
  const Expr& callee = code_.exprs[row.callee.index];
  const bool may_read = traits(code_.language).sends_messages && callee.kind == ExprKind::Member &&
                        pool_.operands(invocation.arguments).empty() &&
                        is_method(pool_, invocation.callee);
  if (!may_read) return {};
  const ValueId fields = get(state.heap, pool_.operands(invocation.callee)[0]);
  return fields.exists() ? named_entry(pool_, fields, code_.string(callee.name)) : ValueId{};
}

}  // namespace fnlint
