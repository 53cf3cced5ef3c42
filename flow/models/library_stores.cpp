// What a library's call stores, as its row says.

#include "flow/engine/library_call.h"
#include "flow/models/library_select.h"
#include "values/functions.h"
#include "values/places.h"
#include "values/where.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

StoreKind store_kind(StoreHow how) {
  switch (how) {
    case StoreHow::Append: return StoreKind::Append;
    case StoreHow::PutKey: return StoreKind::PutKey;
    case StoreHow::Remove: return StoreKind::Remove;
    case StoreHow::Clear: return StoreKind::Clear;
    case StoreHow::SetIfAbsent: return StoreKind::SetIfAbsent;
    case StoreHow::Assign: return StoreKind::Assign;
    case StoreHow::None:
    case StoreHow::Merge:
    case StoreHow::Update: break;
  }
  return StoreKind::Update;
}

// Puts nothing in, and takes all out from the first on: `rows.splice(0)`, `rows.splice(0,
// rows.length)`.
bool takes_all_out(const LibraryCall& call, const LibraryModel& model) {
  ValuePool& pool = call.engine.pool();
  if (model.store != StoreHow::Update || model.store_value.empty() || !call.receiver.exists() ||
      select(call, model.store_value).exists())
    return false;
  const ValueId from = named_entry(pool, call.invocation.arguments, "0");
  if (!from.exists() || !pool.is(from, ValueKind::Number) || pool.text(from) != "0") return false;
  const ValueId count = named_entry(pool, call.invocation.arguments, "1");
  const std::array<ValueId, 1> whole{call.receiver};
  return !count.exists() || count == compute(pool, Opcode::Length, whole);
}

// What is merged into a collection and known by its entries puts each of these in.
std::vector<Step> entry_stores(ValuePool& pool, const LibraryModel& model, const Step& merged) {
  constexpr std::size_t kMergedEntries = 32;
  const bool is_known = model.store == StoreHow::Merge && !merged.key.exists() &&
                        merged.value.exists() && pool.is(merged.value, ValueKind::Record) &&
                        pool[merged.value].ref == 0 && !pool.constant(merged.value);
  const std::size_t count = is_known ? pool.names(merged.value).size() : 0;
  if (count == 0 || count > kMergedEntries) return {merged};
  std::vector<Step> all(count, merged);
  for (std::size_t i = 0; i < count; ++i) {
    all[i].store = StoreKind::PutKey;
    all[i].key = pool.text_value(pool[pool.names(merged.value)[i]]);
    all[i].value = pool.operands(merged.value)[i];
  }
  return all;
}

bool keeps_content(LibraryClass kind) {
  return kind == LibraryClass::Container || kind == LibraryClass::Cache ||
         kind == LibraryClass::BoundedCache;
}

// What a call of a library's object gave that no row tells of: a service of a container as likely
// as an array. What a collection gives was put into it.
bool is_given_by_library(Engine& engine, ValueId value) {
  const ValuePool& pool = engine.pool();
  bool is_called = false;
  while (pool.is(value, ValueKind::Computed) && !pool.operands(value).empty()) {
    const Opcode opcode = pool.opcode(value);
    is_called = is_called || opcode == Opcode::Get || opcode == Opcode::Call;
    if (!is_called && opcode != Opcode::Member) return false;
    value = pool.operands(value)[0];
  }
  const bool is_library = pool.is(value, ValueKind::Object) &&
                          project_object(pool, value).kind == ProjectObject::Kind::None &&
                          !keeps_content(library_class(engine, value));
  return is_called && (is_library || pool.is(value, ValueKind::Text));  // by its name there
}

}  // namespace

bool is_text_so_far(const ValuePool& pool, ValueId value) {
  const ValueId whole = bare(pool, value);
  const auto parts = pool.operands(whole);
  switch (pool[whole].kind) {
    case ValueKind::Text:
    case ValueKind::Pattern: return true;
    case ValueKind::Computed: return is_textual(pool, whole);
    case ValueKind::OneOf:
      return std::ranges::all_of(parts, [&](ValueId one) { return is_text_so_far(pool, one); });
    default: return false;
  }
}

bool takes_store(const LibraryCall& call, const LibraryModel& model) {
  if (!model.path.starts_with("*.") || !call.receiver.exists()) return true;
  const ValuePool& pool = call.engine.pool();
  if (is_given_by_library(call.engine, call.receiver)) return false;
  // What is given nothing puts nothing in: `Order.__table__.insert()`.
  const ValueId given = call.invocation.arguments;
  if (model.store == StoreHow::Append && !model.store_value.empty() &&
      pool.is(given, ValueKind::Record) && pool[given].ref == 0 && pool.operands(given).empty())
    return false;
  if (pool[call.receiver].kind != ValueKind::Object) return true;
  const bool is_time = has_origin(pool, call.receiver, Origin::Clock);
  return (is_time && model.store == StoreHow::Update) ||
         keeps_content(library_class(call.engine, call.receiver));
}

void store(const LibraryCall& call, const LibraryModel& model, CallResult& out) {
  ValuePool& pool = call.engine.pool();
  Step step;
  step.kind = StepKind::Store;
  step.store = takes_all_out(call, model) ? StoreKind::Clear : store_kind(model.store);
  step.at = call.invocation.at;
  const bool into_receiver = model.into.empty() || model.into == "receiver";
  step.subject = into_receiver                 ? call.invocation.receiver_place
                 : model.into == "environment" ? pool.hole(Origin::Library, "process.env")
                 : call.invocation.places.exists()
                     ? named_entry(pool, call.invocation.places, model.into)
                     : ValueId{};
  if (!model.store_key.empty()) step.key = select(call, model.store_key);
  if (!model.store_value.empty()) step.value = select(call, model.store_value);
  if (model.store == StoreHow::Append && step.key == step.value) step.key = {};
  if (model.store == StoreHow::Append && step.key.exists()) step.store = StoreKind::PutKey;
  const bool is_entry =
      !step.key.exists() && step.subject.exists() && pool.opcode(step.subject) == Opcode::Index;
  if (is_entry) {
    step.key = pool.operands(step.subject)[1];
    step.subject = pool.operands(step.subject)[0];
  }
  if (model.store == StoreHow::Assign && !step.value.exists()) step.value = out.value;
  step.library = static_cast<std::uint32_t>(&model - library_models().data());
  out.changes.push_back({.into_receiver = into_receiver,
                         .argument = std::string(model.into),
                         .how = step.store,
                         .key = step.key,
                         .value = step.value});
  if (!step.subject.exists() || pool[step.subject].kind == ValueKind::Absent) return;
  if (model.store == StoreHow::Merge && !step.key.exists() && is_field(pool, step.subject))
    add_locations(out.sets, {merged_place(pool, step.subject)});
  for (Step& one : entry_stores(pool, model, step)) {
    const ValueId entry =
        one.store == StoreKind::PutKey ? entry_place(pool, one.subject, one.key) : ValueId{};
    if (entry.exists()) add_locations(out.sets, {entry});
    out.steps.push_back(std::move(one));
  }
}

}  // namespace fnlint
